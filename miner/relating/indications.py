"""What a therapy is approved, recommended or standard for."""

import re
from collections.abc import Iterator
from dataclasses import replace

from miner.relating.draft import Draft
from miner.relating.scene import Scene, participants
from miner.relating.subjects import incomplete
from miner.relating.treated import Arms, outcome_drafts, selected
from miner.roles import Group
from miner.wording import Wording

_AGENCY = r"(?:FDA|EMA|NMPA|NICE|Administration|Agency|Commission)"
_FIELD = r"(?:[\w/,+()-]+ ){0,9}?(?:‹S\d+›|‹M\d+›[- ])"
_FOR = rf"(?: (?!not\b|no\b|by \w+ing\b)[\w/.,›‹()-]+){{0,9}}? (?:for|in|as) (?:(?:the|a|an) )?{_FIELD}"
#: the therapy stands before: "D is an oral drug approved for S", "D has become the standard of care for S"
_SAID_OF = Wording(
    rf"(?:\b(?<!not )(?<!yet )(?:(?:FDA|EMA)-)?(?:approved|licensed|authori[sz]ed|registered"
    rf"|indicated)\b(?=(?: by [^;.]{{0,60}})?{_FOR})"
    rf"|\b(?:is|are|was|were|been) (?!not\b)(?:\w+ )?recommended\b(?={_FOR})"
    rf"|\b(?:is|are|was|were|been) (?:\w+ly )?used as (?:the |an? )?(?:standard|first[- ]line|second[- ]line)"
    rf"(?: (?:standard|therapy|treatment|option))*\b(?= (?:for|in|of) (?:the )?{_FIELD})"
    rf"|\b(?:is|are|remains?|became|become|considered) (?:(?:still|currently|now|generally|considered) )*(?:the |an? )?"
    rf"(?:current |established |accepted |new |mainstay |gold |preferred |main |international )*"
    rf"(?:standard(?:[- ]of[- ]care)?(?: (?:first-line|second-line|therapy|treatment|option|regimen|chemotherapy"
    rf"|adjuvant))*"
    rf"|first[- ]line (?:therapy|treatment|option|drug|agent)s?|(?:treatment|therapy|drug|agent) of choice"
    rf"|(?:mainstay|cornerstone))\b"
    rf"(?= (?:for|in|of) (?:the )?{_FIELD}))"
)
#: the therapy comes after: "the FDA approved D for S", "only D for S has been approved"
_AFTER = Wording(rf"\b{_AGENCY}\)? (?:has |have )?(?:[\w-]+ )?approved (?:the use of )?$")
_LATER = re.compile(
    rf"^(?: \w+){{0,2}} (?:for|in) (?:the )?{_FIELD[:-1]})(?: \w+){{0,3}} (?:has|have) been (?:FDA-)?approved\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|yet to be|neither|awaiting|without)\b[^,;.]*$|\b(?:may|might|could|should|will|would"
    r"|until|before|if)\b[^;.]*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?: \([^()]*\))?,? ?(?:and|or|,)? ?(?:[\w-]+ ){0,3}")
_QUALIFIED = re.compile(r"[^,;.()]{0,60}")
#: between a therapy and what it is approved for stands no other subject
_BETWEEN = re.compile(
    r"[ ,]*(?:\([^()]*\)[ ,]*)?(?:(?:is|was|are|were|,) an? [^;.]{0,90}? (?:that|which) )?(?:(?:is|are|was|were"
    r"|has|have|had|been|became|become|remains?|an?|the|that|which"
    r"|now|also|currently"
    r"|recently|first|only|new|newer|oral|novel|already|(?:drug|agent|therapy|medication|treatment|antibody"
    r"|inhibitor|conjugate|combination"
    r"|chemotherapy|regimen|vaccine|product)s?|[\w-]+ly|‹[DG]\d+›|FDA|[\w-]+-(?:line|based|targeted))[ ,-]*)*",
    re.IGNORECASE,
)


def relate_indications(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """A benefit for each therapy of the list that the statement is made of."""
    candidates = [g for g in groups if g.role in ("candidate", "label")]
    for match in _SAID_OF.finditer(scene.masked):
        if _DENIED.search(scene.masked[: match.start()]):
            continue
        before = [g for g in candidates if g.end <= match.start() and g.role == "candidate"]
        near = [g for g in before if _BETWEEN.fullmatch(scene.masked[g.end : match.start()])]
        if near:
            yield from _drafts(scene, [g for g in before if g.chain == near[0].chain], match.end())
    for group in candidates:
        before_it, after = scene.masked[: group.start], scene.masked[group.end :]
        if (_AFTER.search(before_it) or _LATER.match(after)) and not _DENIED.search(before_it):
            yield from _drafts(scene, [group], group.end)


def _field_end(scene: Scene, since: int) -> int:
    """Where the list of diseases behind the statement ends, with what qualifies the last of them."""
    end = since
    for token in scene.tokens("S", since):
        if end > since and not _LISTED.fullmatch(scene.masked[end : token.start()]):
            break
        end = token.end()
    rest = _QUALIFIED.match(scene.masked[end:])
    return end + (rest.end() if rest else 0)


def _drafts(scene: Scene, groups: list[Group], since: int) -> Iterator[Draft]:
    for group in groups:
        drugs = participants([e for e in group.entities if e.letter == "D"])
        gate = "therapy not sure" if group is groups[-1] and incomplete(scene, group) else ""
        until = _field_end(scene, since)
        for draft in outcome_drafts(scene, "benefit", Arms(drugs), selected(scene, until), until, "indication"):
            yield replace(draft, certainty="asserted", subject="patients", since=since, gate=gate)
