"""The words by which a text names its own design: rules of titles, and of sentences that tell what was done.

Each rule is a design and the expressions that tell it, each at word boundaries; the first rule that fits decides.
Designs on which readers rely most (randomised trial, meta-analysis, systematic review, guideline) are told only by
words that speak of the study itself: that others' trials or guidelines are mentioned must not be enough.
"""

from miner.wording import Wording

#: (design, its expression)
Rules = tuple[tuple[str, Wording], ...]

#: a trial that is spoken of, and not reported
_OF_OTHERS = r"(?<!non-)(?<!non)(?<!about a )(?<!to the )(?<!to a )(?<!with the )(?<!with a )(?<!on the )(?<!on a )"
#: nor is adherence to a guideline one, or what one says of something
_NOT_OWN = r"(?<!adherence to )(?<!with )(?<!according to )(?<!based on )(?<!of the )(?<!by the )(?<!to )(?<!of )"
_NOT_USED = r"(?! (?:adherence|concord|complian|implement|based|recommended))"
#: data that were parted at random to train and to test are no trial
_NOT_SETS = r"(?![^.]{0,90}\b(?:training|train|validation|derivation|test|testing|development|discovery)\b)"
_SYSTEMATIC = r"systematic(?:ally)? (?:[\w-]+ ){0,2}"
_DONE = r"(?:performed|conducted|undertaken|carried out|did|undertook|made)"
_FEW = r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|[3-9]|1\d|2\d)"


def _rules(*rules: tuple[str, tuple[str, ...]]) -> Rules:
    return tuple((name, Wording(rf"\b(?:{'|'.join(rule)})\b")) for name, rule in rules)


SYNTHESIS_TITLES = _rules(
    (
        "notice",
        (
            r"(?<!.)(?:retraction|withdrawn|erratum|corrigendum|correction)(?: to|(?= ?[:.])|(?= notice))",
            r"(?<!.)withdrawn",
            r"(?<!.)(?:editorial )?expression of concern",
        ),
    ),
    (
        "protocol",
        (
            r"(?:study|trial|review) protocol",
            r"protocol (?:for|of) (?:an?|the)",
            r"an? (?:[\w-]+ )?protocol (?:for|of)",
            r"(?<=: )protocol",
            r"design and rationale|rationale and design|rationale, design",
        ),
    ),
    ("meta-analysis", (r"meta-?analys[ie]s(?! of genome)",)),
    ("systematic review", (rf"{_SYSTEMATIC}review(?! (?:of|and) guidelines)",)),
    (
        "guideline",
        (
            rf"{_NOT_OWN}(?:practice|evidence[- ]based|treatment|management|consensus) guidelines?{_NOT_USED}",
            rf"(?<!.)(?:[\w-]+ ){{0,6}}?{_NOT_OWN}guidelines? (?:for|on)",
            r"(?<!.)recommendations (?:for|on|of) the",
            rf"{_NOT_OWN}consensus (?:statement|recommendations?|conference|report)",
            r"recommendation statement",
            rf"{_NOT_OWN}position (?:paper|statement)",
            r"(?:society|societies|group|panel|expert|international|european) (?:[\w-]+ ){0,4}consensus on",
            r"appropriateness criteria",
            r"(?:revised|updated) (?:[\w-]+ ){0,3}guidelines?(?! (?:adherence|concord|on the))",
        ),
    ),
    ("editorial", (r"obituary", r"in memoriam")),
)
OWN_TITLES = _rules(
    (
        "case series",
        (
            r"case series",
            rf"(?:report|series) of {_FEW} cases",
            r"(?:three|four|five|six|seven|eight|nine|ten|[3-9]) (?:(?!(?:in|of|for|with|and|or)\b)[\w-]+ ){0,3}"
            r"(?:cases|patients|siblings|brothers|sisters)",
        ),
    ),
    (
        "case report",
        (
            r"case reports?",
            r"a (?:\w+ ){0,2}case of",
            r"report of (?:a|two|2) cases?",
            r"in an? (?:[\w-]+ ){0,3}(?:patient|child|boy|girl|infant|woman|man) with",
            r"an? (?:rare|unusual) case",
        ),
    ),
    (
        "review",
        (r"(?:a|an|scoping|narrative|literature|mini|integrative|state-of-the-art)[- ]?review", r"review of"),
    ),
    (
        "randomised trial",
        (
            rf"{_OF_OTHERS}randomi[sz]ed[, ]+(?:[\w-]+[, ]+){{0,5}}(?:trial|study|comparison|evaluation|crossover)",
            rf"{_OF_OTHERS}random(?:i[sz]ed)? control(?:led)? (?:[\w-]+ ){{0,2}}(?:trial|study)",
        ),
    ),
    (
        "single-arm trial",
        (
            r"single-arm",
            r"phase[- ](?:IV|III|II|I|[1-4])[abc]?(?:[/-]\w+)?,? (?:[\w-]+,? ){0,5}(?:trial|study)",
            r"phase[- ](?:III|3)",
            r"open-label",
        ),
    ),
    ("case-control", (r"case[- ]control",)),
    ("cross-sectional", (r"cross[- ]sectional", r"(?:a|an|online|national|nationwide|questionnaire) survey")),
    (
        "cohort",
        (
            r"cohort",
            r"retrospective",
            r"prospective",
            r"registry",
            r"real-world",
            r"matched-pair",
            r"longitudinal study",
        ),
    ),
)
SYNTHESIS_TEXTS = _rules(
    (
        "meta-analysis",
        (
            r"(?:we|to) (?:performed?|conduct(?:ed)?|did|undertook|carried out|present) an? (?:[\w,-]+ ){0,6}"
            r"meta-?analysis",
            r"this (?:[\w-]+ ){0,5}meta-?analysis",
            rf"meta-?analys[ie]s (?:was|were) {_DONE}",
        ),
    ),
    (
        "systematic review",
        (
            rf"this (?:[\w-]+ )?{_SYSTEMATIC}review",
            rf"(?:we|was|were) {_DONE} an? (?:[\w-]+ )?{_SYSTEMATIC}(?:review|search)",
            r"we systematically (?:reviewed|searched)",
            r"(?:search (?:methods|strategy)|selection criteria)(?=: [A-Z])[^.]{0,200}\b(?:trials|studies|searched)",
            rf"systematic (?:[\w-]+ ){{0,3}}(?:review|search|mapping) (?:[\w,.-]+ ){{0,6}}(?:was|were) {_DONE}",
        ),
    ),
    (
        "protocol",
        (
            r"(?:participants|patients|volunteers|adults|women|children|dyads|schools|practices|hospitals) "
            r"(?:[^.]{0,60} )?will be (?:randomly |subsequently )?"
            r"(?:randomi[sz]ed|recruited|enrolled|allocated|assigned|included)",
        ),
    ),
    (
        "guideline",
        (
            r"this (?:[\w-]+ ){0,2}(?:guideline|consensus statement|position statement|guidance)",
            r"(?:these|our|present|updated) (?:[\w-]+ ){0,3}(?:guidelines|consensus recommendations)",
            r"(?:panel|working group|committee|society|task force|college|association|authors) (?:strongly )?"
            r"recommends?",
        ),
    ),
    (
        "other",  # a chapter or article that teaches a method
        (
            r"(?:in )?(?:this|the present) chapter",
            r"this (?:[\w-]+ )?protocol (?:describes?|details?|outlines?|provides?|presents?|is)",
            r"here,? we (?:describe|present|provide) (?:how to|an? (?:[\w-]+ ){0,3}protocol)",
            r"step-by-step (?:[\w-]+ ){0,2}(?:protocol|guide|method)s?",
            r"this article presents a protocol",
        ),
    ),
    (
        "editorial",
        (
            r"(?:this|the present) (?:[\w-]+ )?(?:commentary|viewpoint|editorial|opinion piece|essay|letter)",
            r"in (?:this|the current|a recent) issue(?: of)?\b[^.]{0,80}\bet al",
            r"et al\.? (?:now |here )?(?:show|report|demonstrate|reveal|identify|describe|find|uncover)",
        ),
    ),
)
_BASES = r"(?:PubMed|MEDLINE|Embase|Scopus|Web of Science|Cochrane|databases?)"
_OF_LITERATURE = Wording(r"\b(?:PubMed|MEDLINE|Embase|Scopus|Web of Science|Cochrane)\b")
#: a search of the literature
_SEARCHED = Wording(rf"\bsearch(?:ed|es|ing)?\b[^.]{{0,120}}\b{_BASES}\b|\b{_BASES}\b[^.]{{0,120}}\bsearch(?:ed|es)?\b")
#: that counts what it kept
_KEPT = Wording(
    r"\b(?:\d+|\w+teen|\w+ty(?:-\w+)?|ten|eleven|twelve|nine|eight|seven) (?:[\w-]+ ){0,4}"
    r"(?:studies|articles|papers|publications|trials|records)\b|\binclusion criteria\b"
    r"|\b(?:studies|reports|articles|manuscripts|papers)\b[^.]{0,60}\bexcluded\b"
)
#: what was done with people, in the order in which it decides
PEOPLE_TEXTS = _rules(
    (
        "case series",
        (
            r"(?:this|our|an?|design:?|retrospective|prospective|consecutive|multicent(?:er|re)|interventional"
            r"|observational|descriptive|comparative) (?:[\w-]+,? ){0,3}case series(?! (?:have|has|suggest))",
            r"(?:we|here|this)\b[^.]{0,40}\b(?:report|describe|present|studied|review)(?:ed|s)? (?:on |a |the |an )?"
            r"(?:(?!in\b)[\w-]+ )?"
            rf"(?:of )?{_FEW} (?:[\w-]+ ){{0,4}}(?:cases|patients|carriers|individuals|children|probands|siblings)",
            r"in a series of (?:[\w-]+ )?(?:patients|cases)",
        ),
    ),
    (
        "case report",
        (
            r"(?:we|this (?:paper|article|report|study)|here)[^.]{0,30}\b(?:report|describe|present|discuss)(?:s|ed)? "
            r"(?:on )?(?:a|an|the|our) (?:(?!review|series|cohort|study|analysis|method|model|data"
            r"|(?:of|in|for|on|that|which|about|from)\b)[\w,-]+ ){0,6}"
            r"(?:case(?! series| stud)|patient)",
            r"(?:report|describe|present|discuss)(?:s|ed)? (?:on )?two (?:[\w,-]+ ){0,4}(?:cases|patients)",
            r"(?:\d+|[a-z]+)[- ](?:years?|months?|weeks?)[- ]old (?:[\w-]+ ){0,3}"
            r"(?:man|woman|male|female|boy|girl|patient|child|infant|gentleman|lady)",
            r"(?:a|one|two) (?:[\w-]+ ){0,3}cases? of [^.]{0,100}\b(?:is|are|was|were) "
            r"(?:presented|reported|described)",
            r"this case (?:report|highlights|illustrates|describes)",
            r"the case (?:presented|reported|described) here(?:in)?",
            r"case report",
        ),
    ),
    (
        "randomised trial",
        (
            rf"(?:were|was) (?:[\w-]+ )?randomi[sz]ed{_NOT_SETS}",
            rf"randomly (?:assigned|allocated|allotted|divided|separated){_NOT_SETS}",
            r"(?:this|in an?|is an?|was an?|conducted an?|performed an?|present|design|study) (?:[\w-]+[, ]+){0,6}?"
            r"(?:randomi[sz]ed|double-blind(?:ed)?|double-masked)[, ]+(?:[\w-]+[, ]+){0,8}?(?:trial|study)",
            r"(?:sham|placebo)-controlled",
            r"receive(?:d|s)? (?:[\w-]+ ){1,8}or (?:matching )?placebo",
        ),
    ),
    (
        "single-arm trial",
        (
            r"(?:single|one)-arm",
            r"(?:this|a|an|in the|our) (?:(?!recent|previous|prior|another|subsequent)[\w-]+,? ){0,5}"
            r"phase (?:I|II|Ib|IIa|1|2|1b|2a|1/2|I/II) (?:[\w-]+ ){0,3}(?:trial|study)",
            r"quasi-experimental",
            r"(?:non-?randomi[sz]ed|open-label|before-and-after|pre-post|feasibility|pilot) (?:[\w-]+ ){0,3}"
            r"(?:trial|intervention study)",
            r"dose-escalation",
            r"(?:before|pre) and (?:after|post) (?:the )?(?:intervention|training|program(?:me)?)",
        ),
    ),
    (
        "case-control",
        (
            r"case[- ]control(?:led)?",
            r"cases and (?:[\d, ]+ )?(?:[\w-]+ ){0,2}controls",
            r"(?:patients|cases|children|women|individuals)\b[^.;]{0,90}\b(?:healthy|matched|normal) "
            r"(?:[\w-]+ ){0,3}controls",
            r"\d (?:[\w-]+ ){0,3}(?:patients|cases|women|children|individuals)[^.;\d]{0,60} and "
            r"\d+[\d, ]* (?:[\w-]+ ){0,4}controls",
        ),
    ),
    (
        "cross-sectional",
        (
            r"(?:this|a|an|was|were|present) (?:[\w,-]+ ){0,5}cross[- ]sectional(?:ly)?",
            r"cross[- ]sectional (?:[\w-]+ ){0,3}(?:study|survey|design|analysis|data) "
            r"(?:was|were|among|of|in|from|using|with|conducted)",
        ),
    ),
    (
        "cohort",
        (
            r"(?:this|a|an|our|the|in) (?:[\w,-]+ ){0,5}(?:retrospective|prospective|longitudinal|cohort|registry)[- ]"
            r"(?:[\w-]+ ){0,3}(?:study|analysis|review|cohort|series|trial)",
            r"(?:were|was|we) (?:[\w-]+ )?(?:retrospectively|prospectively)",
            r"retrospective(?:ly)? (?:reviewed|analy[sz]ed|study|analysis|review)",
            r"(?:medical|health|patient|hospital) (?:records|charts)|chart review",
            r"consecutive patients",
        ),
    ),
)
QUALITATIVE = Wording(
    r"\b(?:(?:semi-?structured|in-?depth|qualitative|individual|face-to-face|open-ended) interviews|focus groups?"
    r"|thematic(?:ally)? analy\w+|grounded theory|ethnograph\w+|phenomenolog\w+"
    r"|qualitative (?:study|research|design|approach|analysis|methods?))\b"
)


def rules_of(*designs: str) -> Rules:
    """The rules of what was done with people that tell these designs."""
    return tuple(rule for rule in PEOPLE_TEXTS if rule[0] in designs)


def first_rule(text: str, rules: Rules) -> tuple[str, str] | None:
    """The design of the first rule that fits, and the words that did."""
    for name, rule in rules:
        match = rule.search(text)
        if match:
            return name, " ".join(match[0].lower().split())
    return None


def searched_literature(text: str, named: bool = False) -> str:
    """The words that tell of a literature search which counts what it kept; empty where there is none.

    named: a base of literature must be among them, where nothing else says that the article is a review.
    """
    match = _SEARCHED.search(text)
    if match is None or not _KEPT.search(text) or (named and not _OF_LITERATURE.search(match[0])):
        return ""
    return " ".join(match[0].lower().split())
