"""What a sentence commits to: certainty, and whom or what it was observed in.

Precedence of certainty is aim, speculative, background, asserted (the labelling guide of the findings). Cue words are
matched on the sentence with its entities masked, so that "cell" inside a disease name never counts.
"""

import re
from collections.abc import Iterator

from miner.findings import Certainty, Subject
from miner.negation import Cue

_AIM = re.compile(
    r"\b(?:aim(?:s|ed)?\b(?! at)|objectives?\b"
    r"(?! (?:[\w-]+ )?(?:respon|remission|rate|tumou?r|measure|outcome|assess|improve|sleep))|purpose\b|goal\b"
    r"|rationale\b|we (?:sought|set out|wished|wanted"
    r"|plan|hypothesi[sz]|"
    r"(?:here )?(?:evaluat|assess|examin|investigat|compar|studi|analy[sz]|explor|test)ed (?!and found))"
    r"|(?:was|were|is|are|been) (?:undertaken|designed|conducted|performed|initiated|planned|carried out) (?:to"
    r"|in order to)\b"
    r"|whether\b|will be (?:evaluat|assess|random|compar|stud)|to (?:further )?(?:evaluate|assess|investigate"
    r"|determine|"
    r"examine|compare|explore|clarify|elucidate|test|study|identify|validate)\b|(?:is|are|remains?) (?:still )?"
    r"(?:unclear|unknown|uncertain|to be|controversial|debated|under investigation)|(?:is|are) needed|"
    r"(?:examin|investigat|evaluat|assess|compar|test|study)ing\b|is not (?:yet )?(?:known|clear)"
    r"|ongoing(?= (?:[\w-]+ ){0,2}(?:trials?|stud|investigation|research|work))|(?:is|are|currently) ongoing)",
    re.IGNORECASE,
)
#: what is open beside what the clause says as known ("..., but the mechanism is unclear")
_OPEN_QUESTION = re.compile(
    r"(?:unclear|unknown|uncertain|controversial|debated|investigation|known|clear)$", re.IGNORECASE
)
#: what follows one of these is a result even in a sentence that opens with an aim
_RESULT = re.compile(
    r"\b(?:found|shows|showed|shown|demonstrate[ds]?|reveal(?:ed|s)|observed|indicate[ds]?|confirm(?:ed|s)"
    r"|conclude[ds]?|"
    r"suggest(?:ed|s)?|results? in|resulted|identified|reported|proved)\b(?: that)?",
    re.IGNORECASE,
)
_SPECULATIVE = re.compile(
    r"\b(?:may|might|could(?! (?:significantly|effectively|markedly|remarkably|dramatically))|"
    r"(?<!metastatic )(?<!membrane )(?<!invasive )(?<!migratory )(?<!proliferative )(?<!malignant )(?<!tumorigenic )"
    r"(?<!evoked )(?<!transition )(?<!differentiation )(?<!osteogenic )(?<!angiogenic )(?<!action )potential(?:ly)?"
    r"|possibl[ey]|possibility|would|(?<!more )(?<!less )likely|perhaps|presumably|hypothes\w+|"
    r"(?:is|are|was|were) expected|speculat\w+|putative|should|doubts?|"
    r"candidates? for|if (?:confirmed|validated)|theoretically|thought to|believed to)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:(?:has|have) (?:been |previously |recently |already |also |clearly |consistently )*"
    r"(?:demonstrated|proven|proved|established|reported|documented|known|described|implicated|confirmed|shown"
    r"|linked|revolutioni[sz]ed)"
    r"|(?:is|are) (?:well[- ])?(?:known|established|recogni[sz]ed|considered)|well[- ]known|previous(?:ly)? "
    r"(?:stud|report|work|shown|"
    r"described|demonstrated|found|associated|linked|implicated|identified)\w*|prior studies|earlier studies"
    r"|usually|it is known|commonly used|"
    r"often (?:achieve|result|develop|lead)|historically|traditionally|inevitably"
    r"|(?:is|are) limited by"
    r"|in (?:randomi[sz]ed|clinical|previous|several|many|most) (?:\w+ )?(?:trials|studies) (?:has|have)|has robust"
    r"|standard (?:of care|treatment) for)\b",
    re.IGNORECASE,
)
OWN = re.compile(
    r"\b(?:we|our|this (?:study|trial|report|work|case|patient)|here(?:in)?|these (?:results|data|findings))\b", re.I
)

_SUBJECTS: tuple[tuple[Subject, re.Pattern[str]], ...] = (
    (
        "animal",
        re.compile(
            r"\b(?:mice|mouse|murine|xenografts?|xenografted|rats?|zebrafish|PDXs?|animals?|rabbits?|dogs?"
            r"|monkeys?|chickens?|hens?|broilers?|hamsters?|guinea pigs?|piglets?|sheep|goats?|calves|cows|in[- ]vivo|"
            r"tumou?r[- ]bearing|syngeneic|orthotopic|allografts?|drosophila|c\. ?elegans)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "patients",
        re.compile(
            r"\b(?:patients?|women|men|children|participants?|volunteers?|individuals|trials?|phase (?:I{1,3}|IV"
            r"|[1-4])\w?|"
            r"overall survival|progression[- ]free|disease[- ]free|survival|OS|PFS|DFS|ORR|cohorts?|clinical(?:ly)?|"
            r"prognos\w+|hazard ratio|HR|meta-analys[ie]s|carriers?|genotyp\w+|population|adults?|polymorphisms?|"
            r"infants?|elderly|cases?|diagnostic|approved|(?:increased|decreased|reduced|higher|lower) risk|"
            r"radiographic|symptom\w*|grade [1-5]|he|she|placebo|randomi[sz]ed|DCR|(?:first|second|third|front)[- ]line"
            r"|guidelines?|arms?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "cell_line",
        re.compile(
            r"\b(?:cells?|cell[- ]lines?|in[- ]vitro|organoids?|co-?cultured?|IC_?50|spheroids?|transfect\w+"
            r"|knock(?:ed)?[- ]?down|"
            r"siRNA|shRNA|apoptosis|autophagy|Western blot\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "in_silico",
        re.compile(
            r"\b(?:in[- ]silico|docking|molecular dynamics|bioinformatic\w*|computational\w*|simulations?"
            r"|database mining)\b",
            re.I,
        ),
    ),
)


def certainty(masked: str, *, scope: str = "", category: str = "", opening: bool = False) -> Certainty:
    """How the sentence holds what it says.

    Args:
        masked: the sentence with its entities masked.
        scope: the clause in question where doubt in another clause does not count; default the sentence.
        category: NlmCategory of its passage, "" if none.
        opening: it stands among the first sentences of a longer unlabelled abstract.
    """
    found = _AIM.search(masked)
    if found is not None and scope and _OPEN_QUESTION.search(found[0]) and found[0] not in scope:
        return "background"
    if found is not None and not _RESULT.search(masked, found.end()) and not _RESULT.search(masked, 0, found.start()):
        return "aim"
    if category == "OBJECTIVE" and not _RESULT.search(masked):
        return "aim" if OWN.search(masked) or masked.startswith("To ") else "background"
    if _SPECULATIVE.search(scope or masked):
        return "speculative"
    if category == "BACKGROUND" and not OWN.search(masked):
        return "background"
    if _BACKGROUND.search(masked) and not OWN.search(masked):
        return "background"
    if opening and not OWN.search(masked):
        return "background"
    return "asserted"


#: cells in the name of a disease or a therapy are no experiment on cells
_NAMED_FOR_CELLS = re.compile(
    r"\b(?:small|large|squamous|renal|clear|germ|basal|mantle|giant|plasma|sickle|mast|hairy|granulosa|stem|T|B|NK)"
    r"[- ]cells?(?=[ -](?:(?:cell|lung|carcinoma|cancer|tumou?r|lymphoma|leuk|myeloma|arteritis|disease|transplant"
    r"|neoplasm|malignan|sarcoma|engag|therap|ALL\b|immunotherap)))",
    re.IGNORECASE,
)


def subject(masked: str, surroundings: str = "") -> Subject:
    """Whom or what it was observed in: the sentence's own words, else those of the surroundings (title)."""
    for text in (masked, surroundings):
        text = _NAMED_FOR_CELLS.sub("", text)
        for name, pattern in _SUBJECTS:
            if pattern.search(text):
                return name
    return "unknown"


def negated(before: str) -> bool:
    """Whether the words before a predicate deny it ("did not", "failed to", "no significant")."""
    return NEGATION.search(before) is not None


_DENIAL = (
    r"\b(?:not|no|without|fail(?:s|ed)? to|lack(?:s|ed|ing)?(?: of)?|neither|nor|never|unable to|cannot|absence of|"
    r"little|failure to|did(?: not|n't)|nonsignificant|non-significant)\b"
)
_REACH = r"(?:\W+[\w/‹›%-]+){0,5}"
#: a denial whose scope reaches the words right after it (NegEx-like window of at most five words, Chapman et al. 2001)
NEGATION = re.compile(rf"{_DENIAL}{_REACH}\W*$", re.IGNORECASE)
_DENIED = re.compile(f"(?P<cue>{_DENIAL})(?=(?P<reach>{_REACH}))", re.IGNORECASE)


def denials(masked: str) -> Iterator[Cue]:
    """Every denial of a sentence, with the words that it reaches."""
    return (Cue(*found.span("cue"), found.end("reach")) for found in _DENIED.finditer(masked))


def doubts(masked: str) -> Iterator[Cue]:
    """Every word of speculation in a sentence; a doubt is taken to cover its sentence, or its clause from it on."""
    return (Cue(*found.span(), len(masked)) for found in _SPECULATIVE.finditer(masked))
