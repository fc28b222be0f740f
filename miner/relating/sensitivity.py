"""What a sentence says of a response to a therapy: the words, the therapies in them, and whether it is a bad one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from miner.relating.clauses import Clause
from miner.relating.scene import Scene
from miner.wording import Wording

_D = r"‹D\d+›"
_FILL = (
    r"(?:(?!(?:and|or|by|in|with|from|of|than|when|if|after|before)\b)[\w'-]+,? "
    r"|(?:doses|treatment|therapy) (?:of|with) |such as |\(|‹[MG]\d+›[- ]){0,5}?"
)
_DRUGS = rf"(?P<drugs%s>{_D}(?:(?: ?, ?(?:and |or )?| and | or | plus | ?\+ ?|[-/]|: | )(?:(?:the|other|an?) )?{_D})*)"
_OF = (
    r"(?: (?:of|in|on) (?:[\w-]+ ){0,3}?(?:‹S\d+›|cells?|patients?|lines?|tumou?rs?)(?: (?:cells?|cell lines?|patients"
    r"|tumou?rs?))?)?"
)
_GOOD = (
    r"sensitivity|sensitivities|responsiveness|responses?|response rates?|susceptibility|chemo-?sensitivity"
    r"|radio-?sensitivity|(?:clinical |survival )?benefits?|vulnerability"
)
_BAD = (
    r"(?:chemo-?|radio-?|multi-?drug )?resistance|refractoriness|insensitivity|non-?response|nonresponsiveness"
    r"|(?:treatment|therapy) failure"
)
_COURSE = (
    r"(?:survival|OS|PFS|DFS|RFS|outcomes?|time to progression|prognosis|relapses?|recurrences?|survival rates?"
    r"|(?:complete )?remissions?)\b"
)
_THING = Wording(
    rf"\b(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))(?: mechanisms? of|{_OF} (?:to|from|against|towards?|following|after|with"
    rf"|on)) {_FILL}{_DRUGS % 1}"
    rf"|\b(?:efficacy|effectiveness|efficiency|activity|cytotoxicity) (?:of|for|to) {_FILL}{_DRUGS % 2}"
    rf"|{_DRUGS % 3}(?: (?:treatment|therapy))?[- ](?:induced )?(?:(?P<good3>(?:chemo-?)?sensitivity|response"
    rf"|responsiveness|efficacy"
    rf"|susceptibility|sensiti[sz]ation)|(?P<bad3>(?:chemo-?)?resistance|refractoriness))\b"
    rf"|\b(?:(?P<good4>sensitive|responsive|susceptible|vulnerable)|(?P<bad4>resistant|refractory|insensitive"
    rf"|unresponsive)) to {_FILL}{_DRUGS % 4}"
    rf"|\b(?P<verb>(?:re-?|chemo-?|radio-?)?sensiti[sz](?:es?|ed"
    rf"|ing)(?: [^,;‹]{{0,40}}(?:‹[SMG]\d+›[^,;‹]{{0,30}}){{0,2}})? to"
    rf"|respond(?:s|ed|ing)?(?: \w+)? to|benefit(?:s|t?ed)? (?:\w+ )?from) {_FILL}{_DRUGS % 5}"
    rf"|\b(?P<course>{_COURSE})(?: and ‹S\d+›)?(?:,? (?:[\w-]+,? ){{0,7}}?(?:‹S\d+›(?: of ‹S\d+›)?(?: patients)?"
    rf"|patients|women|men))?"
    rf"(?:,? (?:who (?:were |had |have )?|were ))?(?: ?(?:treated with|receiv(?:ed|ing)|undergo(?:ne|ing)|given"
    rf"|taking|following|after|under|during|with|on))"
    rf" {_FILL}{_DRUGS % 6}"
    rf"|\b(?P<good7>{_GOOD})(?: [\w-]+){{0,7}} when {_DRUGS % 7} (?:is|are|was|were) (?:used|given|administered)"
)
SPEAKS_OF_RESPONSE = re.compile(
    rf"{_COURSE}|resist|sensi|respon|benefit|refractor|efficac|efficien|effectiv|activity|suscept|vulnerab|failure"
    rf"|cytotox",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Response:
    """A response to a therapy in a clause; form: noun, adjective, verb, course of the disease, bare resistance."""

    start: int
    end: int
    drugs: tuple[int, int]
    bad: bool
    form: str
    said: str


def responses(scene: Scene, clause: Clause, text: str) -> Iterator[Response]:
    """The responses of a clause; those to a therapy that is named elsewhere come last."""
    for match in _THING.finditer(text):
        names = match.groupdict()
        place = next(f"drugs{n}" for n in range(1, 8) if names[f"drugs{n}"])
        bad = any(names[k] for k in ("bad", "bad3", "bad4"))
        bad |= re.search(r"(?:relapse|recurrence)s?$", names["course"] or "", re.IGNORECASE) is not None
        bad |= _PROGRESSED.search(text[: match.start()]) is not None
        form = "adjective" if names["good4"] or names["bad4"] else "verb" if names["verb"] else "noun"
        form = "course" if names["course"] else form
        if form == "course" and _operated(scene, match[place]):
            continue
        yield Response(match.start(), match.end(), match.span(place), bad, form, match[0])
    yield from _unnamed(scene, clause, text)


#: a response that is none ("progressive disease as the best response to D")
_PROGRESSED = re.compile(
    r"\b(?:progressive|progression of) disease(?: \(\w+\))? (?:as|was|being)(?: (?:the|an?|their|his|her|its|best"
    r"|overall"
    r"|initial|only|confirmed|objective|radiological))* $",
    re.IGNORECASE,
)
#: the therapy of a bare "resistance" is the only one that the sentence names
_BARE = Wording(
    r"\b(?:(?:acquired|secondary|primary|intrinsic|drug|therapeutic|treatment) )?(?:chemo-?|multi-?drug )?resistance\b"
    r"(?! (?:to|against|genes?|proteins?|mechanisms?|mutations?|phenotype|index)\b|-)"
)


#: "among those given D, M predicted responsiveness to the drug"
_ANAPHOR = re.compile(
    rf"\b(?:(?P<good>{_GOOD})|(?P<bad>{_BAD})) (?:to|from) (?:the|this|that|these) "
    r"(?:agents?|drugs?|inhibitors?|compounds?|antibod(?:y|ies)|therap(?:y|ies)|treatments?)\b",
    re.IGNORECASE,
)


def _unnamed(scene: Scene, clause: Clause, text: str) -> Iterator[Response]:
    tokens = scene.tokens("D")
    if len({scene.entity(t[0]).key for t in tokens}) != 1:
        return
    place = (tokens[0].start() - clause.start, tokens[0].end() - clause.start)
    for match in _BARE.finditer(text):
        if not re.search(r"‹D\d+›(?: (?:treatment|therapy))?[- ]$", text[: match.start()]):
            yield Response(match.start(), match.end(), place, True, "bare", match[0])
    for match in _ANAPHOR.finditer(text):
        if tokens[0].start() < clause.start + match.start():
            yield Response(match.start(), match.end(), place, bool(match["bad"]), "noun", match[0])


def _operated(scene: Scene, drugs: str) -> bool:
    """An operation: the course after it is prognosis."""
    first = scene.entity(drugs[: drugs.index("›") + 1]).first
    return re.search(r"surg|resect|ectomy|transplant|operat", first.name or first.text, re.IGNORECASE) is not None
