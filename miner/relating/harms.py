"""Where a clause says that a therapy brought about an adverse event, or that it did not.

An event is a disease of the sentence or one that is worded without a name ("side effects", "grade 3 toxicity").
"""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from miner.wording import Wording

_WORDED = Wording(
    r"‹S(?P<named>\d+)›|"
    r"(?:(?:any|significant|appreciable|obvious|relevant|clinically|noticeable|further|new|other|apparent|additional"
    r"|related|major) )*"
    r"(?P<said>(?:(?:serious|severe|grade (?:\d(?:(?:-| to | or |/)\d)?|III|IV|III[-/]IV)(?: or (?:higher|worse))?"
    r"|(?:treatment|drug|immune|infusion|therapy|‹D\d+›)-(?:related|emergent|associated|mediated)"
    r"|life-threatening|fatal"
    r"|unexpected|ha?ematologic(?:al)?|non-?ha?ematologic(?:al)?|gastrointestinal|dose-limiting|systemic|acute|late"
    r"|radiation|hepatic|renal|cardiac|pulmonary|skin|bone|ocular|neurological|cutaneous) )*"
    r"(?:adverse (?:drug )?(?:events?|effects?|reactions?)|side[- ]effects?|(?:TR|TE|ir)?S?AEs?\b|toxicit(?:y|ies)"
    r"|toxic effects?|[a-z]{4,}toxicit(?:y|ies)|toxic and side effects|myelosuppression))\b",
    0,
)
_EVENT = (
    r"(?:(?:the|an?|its|his|her|more|acute|mild|moderate|severe|serious|transient|fatal|late|chronic|dose-limiting"
    r"|grade (?:[\d/-]+|\d to \d|III|IV)(?: or (?:higher|worse))?|clinically significant|symptomatic"
    r"|excessive|reversible"
    r"|cumulative|significant|increased?) )*‹[SA]\d+›(?: ?(?:\([^()]*\)|\[[^\[\]]*\]))*"
)
_EVENTS = rf"(?P<events>{_EVENT}(?:(?:,? (?:and/or|and|or|as well as) |, |/){_EVENT})*)"
_GIVEN = (
    r"(?: (?:the|a|an|patients?|those|group|arm|cohort|subjects|participants|mice|rats|animals|women|men"
    r"|children|people"
    r"|individuals|users|recipients|receiving|received|treated|who|were|given|taking|on|of|with|in|to|treatment|therapy"
    r"|use|using|administration|initiation|initiating|starting|exposure|both|either|oral|intravenous|high-dose|low-dose"
    r"|long-term|concurrent|adjuvant|concomitant|maintenance|course|being|assigned|undergoing|standard|combination"
    r"|\d+(?:\.\d+)?%?))*"
)
_DRUG = (
    r"‹D(?P<drug>\d+)›(?![- ](?:resist|refract|naiv|withdraw|discontin|defici|inhibitor|free\b|sparing|positiv"
    r"|negativ|verified"
    r"|levels?\b|concentration))"
)
_OTHER = (
    rf"(?: [^;‹]{{0,40}}?)?,? (?:than|compared (?:with|to)|as compared (?:with|to)|versus|vs\.?){_GIVEN}"
    rf" ‹(?P<than>[DK]\d+)›"
)
_AMOUNT = (
    r"(?:rates?|incidences?|risks?|frequenc(?:y|ies)|numbers?|proportions?|odds|occurrences?|likelihood|prevalence)"
)
_MORE = (
    r"(?:more (?:frequent|common|severe|prevalent|often|frequently|commonly)|worse|higher|greater|increased|elevated)"
)
_LESS = r"(?:less (?:frequent|common|severe|prevalent|often|frequently|commonly)|lower|fewer|reduced|decreased|milder)"
_IN = r"(?:with|in|among|for|on|during|after|following|under)"
_SAID = r"(?:observed|reported|seen|noted|recorded|found|detected|identified|documented|experienced|encountered)"
_IS = r"(?:was|were|is|are|has been|have been)"


_COMPARED = (
    Wording(
        rf"{_EVENTS}(?: (?!‹)[\w-]+){{0,3}}? (?:{_IS}|occurred|appeared)(?: [\w-]+ly)*"
        rf" (?:(?P<more>{_MORE})|(?P<less>{_LESS}))(?: [^;‹]{{0,30}}?)? {_IN}{_GIVEN} {_DRUG}(?:{_OTHER})?"
    ),
    Wording(
        rf"(?:(?P<more>{_MORE}|more)|(?P<less>{_LESS}|less))(?: {_AMOUNT}(?: of| for)?)? {_EVENTS}"
        rf"(?: (?:{_IS} )?(?:{_SAID}|occurred))? {_IN}{_GIVEN} {_DRUG}(?:{_OTHER})?"
    ),
    Wording(
        rf"{_DRUG}(?: [\w-]+){{0,3}}? (?:{_IS} (?:[\w-]+ly )?associated with|showed|had|led to|resulted in|caused)"
        rf"(?: an?| [\w-]+ly)* (?:(?P<more>{_MORE}|more)|(?P<less>{_LESS}|less))(?: {_AMOUNT}(?: of| for)?)?"
        rf" {_EVENTS}(?:{_OTHER})?"
    ),
    Wording(
        rf"(?:(?P<more>more)|(?P<less>fewer)) (?:patients|participants|people|subjects) (?:in|on|receiving"
        rf"|treated with|given)"
        rf"{_GIVEN} {_DRUG}[^;‹]{{0,40}}?(?:‹D\d+›[^;‹]{{0,20}}?)* (?:had|experienced|developed|reported"
        rf"|suffered)(?: from)?"
        rf" {_EVENTS}(?:{_OTHER})?"
    ),
    Wording(
        rf"(?:(?P<more>more)|(?P<less>fewer)) (?:patients|participants|people|subjects|individuals) (?:had|experienced"
        rf"|developed|reported|suffered)(?: from)? {_EVENTS} {_IN}{_GIVEN} {_DRUG}(?:{_OTHER})?"
    ),
    Wording(rf"\bdespite (?:(?P<more>{_MORE}|more)|(?P<less>{_LESS})) {_EVENTS}, (?:the )?{_DRUG}(?:{_OTHER})?"),
)
_LINK = (
    r"(?: (?:an?|the|its|in|of|for|to|more|higher|greater|increased|significant(?:ly)?|severe|serious|development"
    r"|occurrence|high|substantial|various|some|many|known|such as|including|major|marked|mild|transient|dose-dependent"
    r"|risks?|rates?|incidences?|frequency|likelihood|elevated|rare|common|several))*"
)
_CAUSED = (
    Wording(
        rf"{_DRUG}(?: ?\([^()]*\))?(?: (?:after|following|followed by|in addition to)"
        rf" [\w/-]*(?:‹[DS]\d+›)?)?,?(?: (?:treatment|therapy|administration|exposure|use|alone|can|may|could"
        rf"|that|which|has"
        rf"|have|been|to|also|[\w-]+ly|known|shown|are|is|was|reported|often|sometimes"
        rf"|always))*"
        rf" (?:caus(?:es|ed|e)|induc(?:es|ed|e)|lead(?:s)? to|led to|result(?:s|ed)? in|produc(?:es|ed)|trigger(?:s|ed)"
        rf"|provok(?:es|ed)|associated with|increas(?:es|ed)(?: the)? {_AMOUNT} of|carries|added?){_LINK} {_EVENTS}"
    ),
    Wording(
        rf"\buse of {_DRUG}[^;,]{{0,50}}? (?:{_IS}|remains) (?:[\w-]+ly )?(?:limited|restricted|hampered|hindered)"
        rf" (?:by|due to|because of|owing to)(?: [\w-]+){{0,2}}? {_EVENTS}"
    ),
    Wording(
        rf"{_DRUG}[^;‹]{{0,50}}? (?:discontinued|stopped|withdrawn|interrupted|suspended)(?: [^;‹]{{0,40}}?)?"
        rf" (?:due to|because of|owing to|as a result of|for){_LINK} {_EVENTS}"
    ),
    Wording(
        rf"(?:discontinued|stopped|withdrew from|discontinuation of){_GIVEN} {_DRUG}(?: [^;‹]{{0,40}}?)?"
        rf" (?:due to|because of|owing to|as a result of){_LINK} {_EVENTS}"
    ),
    Wording(
        rf"(?:experienced|developed|had|suffered|reported|caused)(?: [\w-]+){{0,4}}? (?P<events>‹A\d+›)"
        rf" (?:of|from|to|with|after|due to|during){_GIVEN} {_DRUG}"
    ),
    Wording(
        rf"(?:^|, )(?:during|with|after|in){_GIVEN} {_DRUG}[^;‹]{{0,60}}? (?:experienced|developed|suffered)"
        rf"(?: [\w-]+){{0,4}}? {_EVENTS}"
    ),
    Wording(
        rf"{_EVENTS} (?:was|were|are|is)(?: the)?(?: most)? (?:common|commonest|frequent|important|main|major)"
        rf"(?: [\w-]+){{0,2}}? (?:‹A\d+›|events?|reactions?)(?: {_SAID})? (?:with|in|of|during|after){_GIVEN} {_DRUG}"
    ),
    Wording(
        rf"{_EVENTS} as (?:an? |the )?‹A\d+› (?:of|after|from|following|with|to|during)(?: [\w-]+ cycles of)?"
        rf"(?: an?)?(?: ‹[GD]\d+›(?: inhibitors?)? \(?)?{_GIVEN} ?{_DRUG}"
    ),
    Wording(
        rf"{_EVENTS} (?:led|leading) to (?:[\w-]+ )?(?:discontinuation|withdrawal|cessation|interruption)"
        rf" (?:of|from){_GIVEN} {_DRUG}"
    ),
    Wording(
        rf"(?:develop(?:ed|ing)|experienced|suffered(?: from)?|case of|cases of|died of|presented"
        rf" with)(?: [\w-]+){{0,2}}?"
        rf" {_EVENTS} (?:after|during|following|while (?:on|receiving)|related to|due to|secondary to|caused"
        rf" by|induced by"
        rf"|attributed to)"
        rf"(?: an? ‹[GD]\d+›(?: inhibitor)? \(?)?{_GIVEN} ?{_DRUG}"
    ),
    Wording(
        rf"{_EVENTS}(?: [^;‹]{{0,20}}?)? (?:{_IS} {_SAID}|occurred|developed) (?:in|with|during|after|following|among)"
        rf"(?: [^;‹]{{0,40}}?)?{_GIVEN} {_DRUG}"
    ),
    Wording(rf"{_AMOUNT} of {_EVENTS} (?:{_IN}|associated with){_GIVEN} {_DRUG}[^;‹]{{0,30}}? (?:was|were|is|are) \d"),
    Wording(
        rf"‹A\d+› (?:of|with|associated with"
        rf"|related to|caused by|in){_GIVEN} {_DRUG}(?: (?:treatment|therapy|group|arm))?"
        rf" (?:{_IS}|included?|includes|consist(?:ed)? of)(?: mainly| mostly)? {_EVENTS}"
    ),
)
_JOINED = re.compile(r"‹D\d+›(?: plus |\+| and )‹D")
#: the commonest events of a list; whose they are follows each of them, or is the one therapy of the sentence
_LISTED = Wording(
    r"(?:most|commonest|main|grade \d(?:[- ](?:to |or )?\d)?|common|frequent)[^;:‹]{0,50}? (?:events?|‹A\d+›|effects?"
    r"|reactions?|toxicit(?:y|ies))(?P<whose>[^;:]{0,60}?)(?: (?:was|were|included?|are|is|being)|:)(?: [\w-]+){0,1}?"
    rf" {_EVENTS}"
)
_NONE = (
    Wording(
        rf"\b(?:no|without|neither|absence of)(?: (?:evidence of|signs of|cases? of|increased? (?:in |risk of )?))?"
        rf" {_EVENTS}(?: [\w-]+){{0,2}}?(?: (?:{_IS} )?(?:{_SAID}|occurred))?"
        rf" (?:with|in|during|after|on|under|following|related to|attributed to|attributable to|associated with|due to)"
        rf"{_GIVEN} {_DRUG}"
    ),
    Wording(
        rf"{_DRUG}(?: [^;‹]{{0,60}}?)? (?:well[- ]tolerated|safe|tolerable)[^;‹]{{0,40}}?"
        rf" (?:without|with no|and no|no|had no|caused no)(?: {_AMOUNT} of| evidence of)? {_EVENTS}"
    ),
    Wording(
        rf"{_DRUG}(?: (?:treatment|therapy|administration|use|alone|plus ‹D\d+›|and ‹D\d+›))*"
        rf"(?: (?:[\w-]+ly|did|does|do|was|were|is|are|has|have|been))*"
        rf"(?: [^;‹,]{{0,30}}? and (?:is|was|were|are|did|does))?"
        rf" not (?:[\w-]+ly )?(?:caus\w+|induc\w+|increas\w+|lead to|result in|produce|associated with"
        rf"|exacerbate|worsen"
        rf"|related to|show|have)(?: any)?(?: [\w-]+){{0,4}}? {_EVENTS}"
    ),
    Wording(
        rf"{_DRUG}(?: (?:treatment|therapy|administration|use|alone))*(?: [^;‹]{{0,30}}?)? (?:caused|showed"
        rf"|had|produced"
        rf"|with|was associated with|exhibited|demonstrated|led to) (?:no|without)"
        rf"(?: (?:increase in|increased (?:risk|rate|incidence) of|evidence of|signs of|detectable|observed))?"
        rf" {_EVENTS}"
    ),
    Wording(
        rf"{_DRUG}(?:(?!‹D|;).){{0,200}}? without (?:inducing|causing|increasing|producing"
        rf"|adding)(?: [\w-]+){{0,3}}? {_EVENTS}"
    ),
)
#: what stands between cause and event and makes it no harm
_NO_HARM = Wording(
    r"\b(?:regression|remission|recovery|apoptosis|death of|cells|cures?|inhibit\w*|improv\w+|respon\w+|low|models?"
    r"|resist\w+|withdrawal|cessation|deficiency|prophylaxis|protect\w*|prevent\w*|attenuat\w*|alleviat\w*|ameliorat\w*"
    r"|treat(?:ed|s|ment) (?:for|of) ‹S|survival|difference|similar|comparable|versus placebo|score|scores)\b"
)
_NOT = Wording(r"\b(?:no|not|without|neither|nor|free of|resolv\w+|absence|whether|never|none)\b")
_NOT_GIVEN = Wording(
    r"\b(?:under-?dos\w+|dis-?continu\w+|withdraw\w*|interrupt\w*|stopping|stopped|cessation|lack|absence|without"
    r"|omi\w+|refus\w+|non-?|avoid\w*|switch\w* from)(?: \w+){0,2} ?\(?$"
)
#: "prevention of D induced S" is no statement
_MODIFIER = Wording(r"\b(?:of|in|against|from|on|to|for|by|counteract\w*|prevent\w*|treat\w*|reduc\w+)(?: the)? $")
#: a clause that speaks of harm; without it a disease beside a therapy may be what it treats
_HARM = Wording(
    r"‹A\d+›|\b(?:adverse|toxic\w*|side[- ]effects?|grade (?:[1-5]|III|IV)|discontinu\w+|treatment-related|drug-related"
    r"|complications?|severe|incidence of|risk of|rates? of|caus\w+|worse|more (?:frequent|common|patients)|withdrawn"
    r"|limited by|safety)\b"
)
#: brought about by an experiment, or to be expected of the disease itself
_MODEL = Wording(
    r"\b(?:models?|mice|mouse|rats?|in vitro|cells|cultures?|zebrafish|murine|rodents?|neurons?|streptozotocin|diet)\b"
)
_RATE = re.compile(r"(?P<rate>\d+(?:[.·]\d+)?) ?%")
#: the time of a therapy is no cause ("S at the time of D increased the rate of")
_OCCASION = re.compile(
    r"\b(?:time of|during|after|before|prior to|under|undergoing|receiving|without|despite)(?: \w+)? $", re.IGNORECASE
)
_FEWER = re.compile(r"\bfewer (?:patients|participants|people|subjects|individuals) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Harm:
    """A therapy and events, by their tokens; worded events as written."""

    relation: str
    drug: str
    #: numbers of diseases, or words
    events: tuple[int | str, ...]
    #: therapy or control that had more or less of it; "" where none
    than: str = ""


def find_harms(clause: str, harmful: Container[int] = ()) -> Iterator[Harm]:
    """What a masked clause says about therapies and adverse events.

    Args:
        clause: the masked text.
        harmful: diseases whose own name says that they are an adverse event ("cardiotoxicity").
    """
    words: list[int | str] = []

    def mask(match: re.Match[str]) -> str:
        if match["named"] and int(match["named"]) not in harmful:
            return match[0]
        words.append(int(match["named"]) if match["named"] else match["said"])
        return f"‹A{len(words) - 1}›"

    text = _WORDED.sub(mask, clause)
    if "‹A" not in text and "‹S" not in text:
        return
    seen: set[tuple[str, int | str]] = set()
    for harm in (*_denied(text, words), *_compared(text, words), *_caused(text, words), *_listed(text, words)):
        fresh = tuple(e for e in harm.events if (harm.drug, e) not in seen)
        seen |= {(harm.drug, e) for e in fresh}
        if fresh:
            yield Harm(harm.relation, harm.drug, fresh, harm.than)


def _denied(text: str, words: list[int | str]) -> Iterator[Harm]:
    for pattern in _NONE:
        for match in pattern.finditer(text):
            if pattern is _NONE[0] and not _HARM.search(match["events"]):
                continue
            if not re.search(r"\b(?:difference|only|until|unless)\b", match[0]):
                yield Harm("does_not_cause", f"‹D{match['drug']}›", _events(match, words))


def _compared(text: str, words: list[int | str]) -> Iterator[Harm]:
    for pattern in _COMPARED:
        for match in pattern.finditer(text):
            if _NOT.search(match[0]) or _NOT.search(text[max(0, match.start() - 25) : match.start()]):
                continue
            given = text[: match.start("drug") - 2]
            if "‹M" in given or _NOT_GIVEN.search(given):
                continue
            drug, than = f"‹D{match['drug']}›", f"‹{match['than']}›" if match["than"] else ""
            if match["more"] and not _NO_HARM.search(match[0].replace(match["events"], "")):
                yield Harm("causes", drug, _events(match, words), than)
            elif match["less"] and than.startswith("‹D"):
                yield Harm("causes", than, _events(match, words), drug)


def _caused(text: str, words: list[int | str]) -> Iterator[Harm]:
    for pattern in _CAUSED:
        for match in pattern.finditer(text):
            around = match[0].replace(match["events"], "")
            before = text[: match.start()]
            if _OCCASION.search(text[: match.start("drug") - 2]) and pattern is _CAUSED[0]:
                continue
            if _FEWER.search(before) or _no_more(text, match):
                continue
            if _NOT.search(around) or _NOT.search(before[-25:]) or _NO_HARM.search(around):
                continue
            if re.search(_LESS, around, re.IGNORECASE) or re.search(_LESS, match["events"], re.IGNORECASE):
                continue
            given = text[: match.start("drug") - 2]
            if "‹M" in given or (_NOT_GIVEN.search(given) and "discontin" not in around[:30].lower()):
                continue
            if re.search(r"\b(?:patients|those) with $|\b(?:treat\w*|therapy|management) (?:of|for) $", before):
                continue
            if re.match(r"‹D\d+› induced", around) and _MODIFIER.search(before):
                continue
            if not _HARM.search(text) or (_MODEL.search(text) and "‹A" not in match["events"]):
                continue
            yield Harm("causes", f"‹D{match['drug']}›", _events(match, words))


def _no_more(text: str, match: re.Match[str]) -> bool:
    """Whether a control arm of the clause had as many: one rate of the therapy at least is no higher than its own."""
    control = re.search(r"‹K\d+›", text)
    rates = [(m.start(), float(m["rate"].replace("·", "."))) for m in _RATE.finditer(text, match.start())]
    own = [rate for at, rate in rates if control and at < control.start()]
    theirs = [rate for at, rate in rates if control and at > control.start()]
    if control is None or not rates:
        return False
    if not theirs:
        own, theirs = own[:-1], own[-1:]
    return bool(own) and min(own) <= max(theirs)


def _listed(text: str, words: list[int | str]) -> Iterator[Harm]:
    for match in _LISTED.finditer(text):
        if _NOT.search(match[0]):
            continue
        named = re.findall(r"‹D\d+›", match["whose"])
        for part in re.finditer(_EVENT, match["events"], re.IGNORECASE):
            own = re.findall(r"‹D\d+›", part[0])
            versus = len(own) == 2 and re.search(r" (?:versus|vs\.?) [^‹]*‹D", part[0]) is not None
            if versus:
                named = own[:1]
            own = own[:1] if versus or _JOINED.search(part[0]) else own or named
            own = own or list(dict.fromkeys(re.findall(r"‹D\d+›", text)))
            if len(own) == 1 or _JOINED.search(match["whose"]):
                yield Harm("causes", own[0], _numbers(part[0], words))


def _events(match: re.Match[str], words: list[int | str]) -> tuple[int | str, ...]:
    return _numbers(match["events"], words)


def _numbers(text: str, words: list[int | str]) -> tuple[int | str, ...]:
    outside = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text)
    return tuple(int(n) if kind == "S" else words[int(n)] for kind, n in re.findall(r"‹([SA])(\d+)›", outside))
