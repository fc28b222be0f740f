"""Two arms with their numbers, where no word says which is better."""

import re
from collections.abc import Iterator

from miner.relating.draft import Draft
from miner.relating.effects import BAD, GAIN
from miner.relating.outcomes import BETTER, MEASURE, WORSE
from miner.relating.scene import Scene, participants
from miner.relating.subjects import incomplete
from miner.relating.treated import Arms, outcome_drafts, selected
from miner.roles import Group
from miner.wording import Wording

_UNIT = r" ?(?:%|months?\b|weeks?\b|years?\b|days?\b)"
_NUMBER = r"(?<![\w.·-])(?P<{0}>\d+(?:[.·]\d+)?)"
_TWO = re.compile(
    _NUMBER.format("first")
    + _UNIT
    + r"(?P<gap>[^;]{0,160}?\b(?:compared (?:with|to)|versus|vs\.?|than|and|as opposed to|against|while|whereas)"
    + r"[^;\d]{0,60}?)"
    + _NUMBER.format("second")
    + rf"(?:{_UNIT})?",
    re.IGNORECASE,
)
_MEASURED = Wording(
    rf"\b(?:(?P<good>{MEASURE})|(?P<bad>{BAD}|died|required (?:ICU|intubation|ventilation|intensive"
    rf"|hospital)))(?![\w-])"
)
#: the other arm where no name stands for it
_UNTREATED = re.compile(
    r"\b(?:non-?treated|untreated|not treated|controls?|control (?:group|arm)|non-?users?|non-?recipients?"
    r"|did not receive)\b",
    re.IGNORECASE,
)
#: P below .05, the conventional threshold, as the sentence prints it
_SIGNIFICANT = Wording(r"\b[Pp](?:[- ]value)? ?(?:<|=|≤|＜) ?0?[.·]0(?:[0-4]\d*|5\b(?=0*\b))", 0)
_P = re.compile(r"\b[Pp](?:[- ]?values?)? ?(?:is |was |of )?(?P<sign>[<=>≤≥＜]) ?(?P<value>0?[.·]\d+)")
#: the conventional threshold
_ALPHA = 0.05


def chance(said: str) -> bool:
    """Whether every P value that the words print is above the threshold."""
    values = [(m["sign"], _value(m["value"])) for m in _P.finditer(said)]
    return bool(values) and all(value > _ALPHA or (sign in ">≥" and value == _ALPHA) for sign, value in values)


#: code points behind a measure that its two numbers stand in
_REACH = 120
_EVENT = Wording(r"\b(?:adverse|toxicit\w+|side effects?|grade [3-5]|discontinu\w+|safety)\b")


def relate_rates(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A benefit where the first arm's number is better than the second's by a significant P."""
    text = scene.masked
    if not _SIGNIFICANT.search(text) or _EVENT.search(text):
        return
    arms = [g for g in groups if g.role in ("candidate", "comparator")]
    roles = [g.role for g in arms]
    if roles != ["candidate", "comparator"] and not (roles == ["candidate"] and _UNTREATED.search(text, arms[0].end)):
        return
    arm, others = arms[0], arms[1:]
    if arm.ambiguous or incomplete(scene, arm):
        return
    measured = _MEASURED.search(text)
    numbers = measured and (_TWO.search(text, measured.end(), measured.end() + _REACH) or _TWO.search(text))
    if measured is None or numbers is None:
        return
    said = text[: numbers.end()]
    if any(True for words in (BETTER, WORSE, *GAIN) for _ in words.finditer(said)):
        return
    higher = _value(numbers["first"]) - _value(numbers["second"])
    if higher == 0 or (higher > 0) != (measured["good"] is not None):
        return
    found = Arms(participants(list(arm.entities)), participants([e for g in others for e in g.entities]))
    yield from outcome_drafts(scene, "benefit", found, selected(scene), None)


def _value(number: str) -> float:
    return float(number.replace("·", "."))


#: at least every second patient responded: a rate that stands alone says so of no fewer (half of them)
_HALF = 50.0
_ALONE = Wording(
    r"\b(?:(?:overall |objective |complete |partial |clinical |major |hematologic\w* |molecular |pathologic\w* "
    r"|disease |tumou?r "
    r"|local )*(?:responses?|remissions?|control|cure|eradication)(?: rates?)?|ORR|DCR|CRR?|pCR|SVR\d*)(?: \([^()]*\))?"
    r"(?: (?:to|with|after|for|in) ‹D\d+›)? (?:(?:was|were|rate|rates|of|is|are|in|achieved|observed|seen"
    r"|reached) ){1,3}"
    r"(?P<rate>\d+(?:[.·]\d+)?)(?: ?%| and \d+(?:[.·]\d+)? ?%)"
)


def relate_high_rates(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A benefit where at least half of those who were given the one therapy responded, and nothing is compared."""
    if _EVENT.search(scene.masked) or any(g.role == "comparator" for g in groups):
        return
    candidates = [g for g in groups if g.role == "candidate"]
    for match in _ALONE.finditer(scene.masked):
        if _value(match["rate"]) < _HALF:
            continue
        inside = [g for g in candidates if match.start() <= g.start < match.end()]
        after = [g for g in candidates if _GIVEN.fullmatch(scene.masked[match.end() : g.start])]
        before = [g for g in candidates if len(candidates) == 1 and g.end <= match.start()]
        for group in (inside or after or before)[:1]:
            if not incomplete(scene, group) and not group.ambiguous:
                arms = Arms(participants(list(group.entities)))
                yield from outcome_drafts(scene, "benefit", arms, selected(scene), None)


_GIVEN = re.compile(
    r"(?: \([^()]*\))? (?:for|with|in|after|of|on|under|to|among)(?: (?:the|all|patients?|those|treated|with"
    r"|receiving|who|received"
    r"|given|group|cases|arm|on|\d+)){0,6} "
)
