"""Where a clause says how a therapy did: better, worse or the same, and whether that is denied."""

import re
from collections.abc import Iterator, Sequence

from miner.assertion import negated
from miner.relating.clauses import Clause
from miner.relating.effects import ASIDE, GAIN, HARM, NO_GAIN
from miner.relating.outcomes import ANSWER, BETTER, NO_BETTER, NOT_OUTCOME, RATE, SAME, TOPIC, WORSE
from miner.relating.scene import Scene
from miner.relating.subjects import Outcome, Predicate
from miner.wording import Wording

#: a response as a thing, not as what was done to it
_NOUN = re.compile(r"(?:complete|partial|objective|patholog\w+|durable|responses?)\b", re.IGNORECASE)
#: one arm of two is excepted before the outcome: which one is meant is not read surely
_BUT_NOT = re.compile(r"\bbut not\b[^,;]*$")
#: only a trend is no benefit (guide rule 2)
_TREND = re.compile(r"\b(?:tended to|trends? (?:toward|to|for)s?)\b[^,;.]{0,40}$", re.IGNORECASE)
#: "expression of G was responsive to D": the gene responds, not an illness
_RESPONDS = re.compile(r"respon(?:ded|sive)", re.IGNORECASE)
_MARKER_BEFORE = re.compile(r"‹[MG]\d+›(?: (?:levels?|expression|mRNA|protein))*(?: (?:was|were|is|are|also))* $")
#: a title with a verb, or of a case
_SAYS = re.compile(
    r"\b(?:improves?|prolongs?|extends?|enhances?|increases?|reduces?|delays?|prevents?|inhibits?|suppresses|attenuates"
    r"|ameliorates|alleviates|is|are|does|shows?|demonstrates?|exhibits?|exerts?|responds?|induces?|provides?"
    r"|case|in a patient)\b",
    re.IGNORECASE,
)
#: the claim as such is denied, or only weighed
_DENIED_CLAIM = Wording(
    r"\b(?:(?:do|does|did|could) not (?:\w+ )?(?:support|confirm|corroborate|favou?r)|(?:no|little|insufficient"
    r"|not enough)"
    r" support for|refut\w+|argu\w+ against|contradict\w*|challeng\w+|question(?:s|ed|ing)?) (?:the |an? |this |our )?"
    r"(?:\w+ )?(?:concept|hypothes[ie]s|notion|idea|view|claim|assumption|belief|assertion|theory|contention)\b"
)
#: one measure improved surely; that another did so only by chance takes nothing from it
_BESIDE_GAIN = re.compile(
    r"(?<!non)(?<!non-)(?<!not )\bsignificant(?:ly)? (?:improv|prolong|increas|better|longer|reduc"
    r"|extend)\w*[^.;]{0,80}"
    r"\bnon-?(?:statistically )?significant",
    re.IGNORECASE,
)
#: a benefit that the sentence holds against what was hoped for
_SMALL = re.compile(r"\b(?:modest|limited|marginal|minimal|unsatisfactory|insufficient|suboptimal)\b", re.IGNORECASE)
_HELD_AGAINST = re.compile(r"^\W*(?:however|unfortunately|nevertheless|nonetheless|yet|but)\b|\bonly\b", re.IGNORECASE)
#: an outcome that something else leaves as it is
_UNMOVED = re.compile(
    r"\b(?:not|un)[ -]?(?:\w+ly )?(?:affected|influenced|altered|changed|modified) by\b", re.IGNORECASE
)
#: a word for equality says it of an outcome when no more than this, and no comma, lies between
_NEAR = 40
#: so far before and behind an outcome a word turns it into something else (sentences for mending: none gained by more)
_BEFORE, _BEHIND = 100, 20


def find_predicates(scene: Scene, clause: Clause) -> list[Predicate]:
    """The outcomes of a clause in order, at most one that is stated and one that is denied."""
    text = scene.masked[clause.start : clause.end]
    if scene.sentence.label == "TITLE" and _topic(scene):
        return []
    found: list[Predicate] = []
    _read(text, clause.start, NO_BETTER, [("worse", WORSE), ("better", BETTER)], found)
    found = [p for p in found if not _turned(text, p.start - clause.start, p.end - clause.start)]
    denied_claim = _DENIED_CLAIM.search(text)
    if denied_claim is None and not ASIDE.search(text):
        _read(text, clause.start, NO_GAIN, [("worse", HARM), *(("better", said) for said in GAIN)], found)
    found = [p for p in found if not _UNMOVED.search(scene.masked, p.start, min(p.end + len(" by"), clause.end))]
    if denied_claim is not None:
        found = [p for p in found if p.start < denied_claim.start()]
    found = [p for p in found if p.denied or not _held_against(scene, p)]
    found = [p for p in found if not (p.denied and _BESIDE_GAIN.search(text[: p.end - clause.start]))]
    positive = [p for p in found if not p.denied][:1]
    denied = [p for p in found if p.denied][:1]
    return sorted(positive + denied, key=lambda p: p.start)


def _held_against(scene: Scene, predicate: Predicate) -> bool:
    """Whether the benefit is told as a small one only."""
    said = scene.masked[predicate.start : predicate.end]
    return predicate.outcome == "better" and bool(_SMALL.search(said) and _HELD_AGAINST.search(scene.masked))


def _read(
    text: str,
    offset: int,
    denials: Wording,
    statements: Sequence[tuple[Outcome, Wording]],
    found: list[Predicate],
) -> None:
    """Adds what the patterns find to what was found, where it overlaps nothing."""
    for start, end in _free(text, offset, denials, found):
        said: Outcome = "same" if _same(text, start, end) else "better"
        found.append(Predicate(said, offset + start, offset + end, True))
    for outcome, pattern in statements:
        for start, end in _free(text, offset, pattern, found):
            if re.search(r"\bno\b|\bnot\b", text[start:end]) or _BUT_NOT.search(text[:start]):
                continue
            if RATE.match(text[end:]) and _NOUN.match(text, start):
                continue
            if _RESPONDS.match(text, start) and _MARKER_BEFORE.search(text[:start]):
                continue
            same = _same(text, start, end)
            if outcome == "better" and (_TREND.search(text[:start]) or "trend" in text[start:end]):
                found.append(Predicate("better", offset + start, offset + end, True))
            elif negated(text[:start].replace("not only", "")):
                said = "same" if outcome == "worse" else "better"
                found.append(Predicate(said, offset + start, offset + end, True))
            else:
                found.append(Predicate("same" if same else outcome, offset + start, offset + end, False))


def _turned(text: str, start: int, end: int) -> bool:
    """Whether words about the place make something else of it than the outcome of a therapy."""
    turned = NOT_OUTCOME.search(text, max(0, start - _BEFORE), end + _BEHIND)
    return turned is not None or _UNMOVED.search(text, end, end + _BEFORE) is not None


def _free(text: str, offset: int, pattern: Wording, found: list[Predicate]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if not any(p.start < offset + end and offset + start < p.end for p in found):
            yield start, end


def _same(text: str, start: int, end: int) -> bool:
    """Whether a word for equality speaks of the outcome at this place."""
    for match in SAME.finditer(text):
        if match.start() < end and start < match.end():
            return True
        gap = text[end : match.start()] if match.start() >= end else text[match.end() : start]
        if len(gap) <= _NEAR and not re.search(r"[,;:]", gap):
            return True
    return False


def _topic(scene: Scene) -> bool:
    """Whether a title names what was looked at, without a verb that says it was found, or answers another report."""
    return bool(ANSWER.match(scene.masked) or (TOPIC.search(scene.masked) and not _SAYS.search(scene.masked)))
