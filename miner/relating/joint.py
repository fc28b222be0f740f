"""Two therapies of which one makes the other work better: the benefit is that of both given together (rule 3)."""

import re
from collections.abc import Iterator

from miner.relating.draft import Draft
from miner.relating.scene import Scene, participants
from miner.relating.subjects import incomplete
from miner.relating.treated import Arms, outcome_drafts, selected
from miner.roles import Group
from miner.wording import Wording

_CELLS = r"(?:[\w/+()-]+ |‹[SMG]\d+›[ -]?){0,7}?"
_WORK = (
    r"(?:(?:anti-?tumou?r|anti-?cancer|anti-‹S\d+›|therapeutic|clinical|antiproliferative|cytotoxic|antiviral|analgesic"
    r"|inhibitory|treatment|antibacterial|anti\w+) )*(?:efficacy|effects?|effectiveness|activity|response|‹S\d+›)"
)
_RAISES = r"(?:enhanc|increas|potentiat|augment|boost|improv|promot|synergi[sz])"
#: "D sensitised S cells to E", "D enhanced the efficacy of E"
_HELPS = Wording(
    rf"(?<![\w-])(?:(?:re-?)?sensiti[sz](?:es|ed|e) {_CELLS}to (?:the )?(?:{_WORK} (?:of|to) )?"
    rf"|{_RAISES}(?:es|ed|s|e)? (?:the )?(?:\w+ )?{_WORK}(?: of| to)(?: the)? (?:[\w-]+ ){{0,2}}?"
    rf"|(?:increas|enhanc|improv|restor)(?:es|ed|e) (?:the )?(?:chemo-?)?sensitivity of {_CELLS}to "
    rf"|synergi[sz](?:es|ed) with |(?:acts|acted|works|worked|is|was) synergistic(?:ally)? with "
    rf"|(?:overcomes?|overcame|revers(?:es|ed)) (?:the )?(?:acquired )?resistance (?:of {_CELLS})?to )"
    r"(?P<other>‹D\d+›)"
)
#: "sensitised S cells to killing": what it was made sensitive to is no therapy that has a name
_SENSITISED = Wording(r"(?<![\w-])(?:re-?)?sensiti[sz](?:es|ed) (?:[\w/+()-]+ ){0,3}?‹S\d+› cells to (?!‹[DG])")
_SYNERGY = re.compile(r"\bsynerg(?:y|istic(?:ally)?|ism)\b", re.IGNORECASE)
_NO = re.compile(r"\b(?:no|not|without|lack of|whether|if|fail\w*)\b[^,;]*$", re.IGNORECASE)
#: between a therapy and what it does to the other one stand no more words than these
_NEAR = re.compile(r"(?:[- ](?!that\b|which\b|but\b|by\b|to\b)[\w‹›()/,-]+){0,8}? ?", re.IGNORECASE)


def relate_joint(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A benefit for the therapies together."""
    candidates = [g for g in groups if g.role == "candidate"]
    for match in _HELPS.finditer(scene.masked):
        helper = _before(scene, candidates, match.start())
        other = next((g for g in groups if g.start <= match.start("other") < g.end), None)
        if helper is None or other is None or other.role == "comparator" or helper.keys & other.keys:
            continue
        yield from _together(scene, [helper, other])
    for match in _SENSITISED.finditer(scene.masked):
        helper = _before(scene, candidates, match.start())
        if helper is not None:
            yield from _together(scene, [helper])
    for group in candidates:
        if len(group.entities) < 2:
            continue
        found = _SYNERGY.search(scene.masked)
        if found is not None and not _NO.search(scene.masked[: found.start()]) and scene.tokens("SM"):
            yield from _together(scene, [group])


def _before(scene: Scene, candidates: list[Group], place: int) -> Group | None:
    left = [g for g in candidates if g.end <= place]
    if not left or _NO.search(scene.masked[left[-1].end : place]) or left[-1].ambiguous:
        return None
    return left[-1] if _NEAR.fullmatch(scene.masked[left[-1].end : place]) else None


def _together(scene: Scene, groups: list[Group]) -> Iterator[Draft]:
    if any(incomplete(scene, g) for g in groups):
        return
    drugs = participants([e for g in groups for e in g.entities if e.letter == "D"])
    if len(drugs) <= 5:
        yield from outcome_drafts(scene, "benefit", Arms(drugs), selected(scene), None, "joint")
