"""Therapies among the factors that a model finds for a better course ("factors for longer survival were D")."""

import re
from collections.abc import Iterator

from miner.relating.draft import Draft
from miner.relating.outcomes import MEASURE
from miner.relating.scene import Scene, participants
from miner.relating.subjects import incomplete
from miner.relating.treated import Arms, outcome_drafts, selected
from miner.roles import Group
from miner.wording import Wording

_FACTOR = (
    r"(?:(?:prognostic|predictive|protective|independent|significant|favou?rable) )*(?:factors?|predictors?|variables?"
    r"|determinants?|characteristics|covariates?|indicators?)"
)
_OF = (
    r"(?:for|of|predicting|predictive of|(?:(?:\w+ly|that were|which were) )?(?:associated|correlated|related"
    r"|linked) (?:with|to))"
)
_GOOD = (
    r"(?:an? |the )?(?:(?:significantly|both) )?(?:improved|improvements? in|better|longer|prolonged|favou?rable"
    rf"|superior|increased|higher) (?:[\w-]+ ){{0,2}}?{MEASURE}(?![\w-])"
)
#: "factors associated with improved survival included D"
_LISTED = Wording(
    rf"\b{_FACTOR} {_OF} {_GOOD}(?:[^,;:‹]|‹S\d+›){{0,60}}?(?: were| was| are| is| included?|,? including| include"
    rf"|:| in \w+ \w+"
    rf" were)(?= |:)"
)
#: "D was an independent factor for better survival"
_STATED = Wording(rf"\b(?:was|were|is|are|remained|as|be)(?: (?!not\b|no\b)[\w-]+){{0,4}}? {_FACTOR} {_OF} {_GOOD}")
_MEMBER = re.compile(
    r"(?:[ ,:]|(?:(?!no\b|not\b|without\b|absence\b|lack\b|than\b|versus\b)[\w%/.-]+|\([^()]*\)|‹[A-Z]\d+›))*"
)
_DENIED = re.compile(r"\b(?:no|not|without|absence of|lack of|non|never)[ -](?:[\w-]+ ){0,3}$", re.IGNORECASE)


def relate_factors(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A benefit for each therapy in the list."""
    candidates = [g for g in groups if g.role == "candidate" and not g.ambiguous]
    for match in _LISTED.finditer(scene.masked):
        yield from _drafts(scene, [g for g in candidates if _behind(scene, match.end(), g)])
    for match in _STATED.finditer(scene.masked):
        left = [g for g in candidates if g.end <= match.start()]
        if left and re.fullmatch(r"(?:[- ]\w+){0,2}(?: \([^()]*\))? ", scene.masked[left[-1].end : match.start()]):
            yield from _drafts(scene, left[-1:])


def _behind(scene: Scene, place: int, group: Group) -> bool:
    return group.start >= place and bool(_MEMBER.fullmatch(scene.masked[place : group.start]))


def _drafts(scene: Scene, groups: list[Group]) -> Iterator[Draft]:
    for group in groups:
        if not incomplete(scene, group) and not _DENIED.search(scene.masked[: group.start]):
            arms = Arms(participants(list(group.entities)))
            yield from outcome_drafts(scene, "benefit", arms, selected(scene), None)
