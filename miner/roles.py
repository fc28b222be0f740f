"""Roles of therapies in a masked sentence, settled before any relation is read.

A group holds what is given together; a chain holds alternatives. A group is a candidate (may become the therapy of a
finding), a comparator, prior therapy, or a label (the class a named drug belongs to). Rules 1-6 and 13 of the labelling
guide; every cue is a list below.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from miner.relating.scene import TOKEN, Entity, Scene
from miner.wording import Wording

Role = Literal["candidate", "comparator", "prior", "label", "excluded"]

_FILL = (
    r"(?:the|a|an|standard|standard-dose|concurrent|concomitant|weekly|daily|single-agent|low-dose|high-dose"
    r"|first-line|"
    r"second-line|topical|inhaled|intravitreal|subcutaneous|long-term|short-term|maintenance|adjuvant"
    r"|neoadjuvant|induction|consolidation|systemic|oral|intravenous|either|both"
    r"|combined|"
    r"additional|up-front|platinum-based|subsequent|sequential|monotherapy|therapy|treatment|chemotherapy|alone|based|"
    r"regimens?|agents?|drugs?|inhibitors?|as well as)"
)
_COMBO = re.compile(
    rf"^(?:-based)?(?: (?:therapy|treatment|chemotherapy))? ?(?:\+|/|plus|combined (?:with|to)"
    rf"|in (?:combination|conjunction) with|together with|"
    rf"as an? (?:adjunct|add-on)(?: (?:therapy|treatment))? to|as (?:adjunctive|add-on)(?: (?:therapy|treatment))? to|"
    rf"coupled with|with concurrent|and concurrent|concurrently with|in addition to|added to|along with"
    rf"|-plus-)(?: {_FILL})* ?$"
    r"|^[-–/]$",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"^(?:-based)? ?(?:{_FILL} )?(?:,? ?(?:and/or|and|or|as well as|nor)|,|/)(?: {_FILL})* ?$", re.IGNORECASE
)
#: opens a sentence with another arm or an earlier therapy: the comma after it ends the phrase
_OPENER = re.compile(
    r"(?:^|[,;] )(?:as )?(?:compared (?:with|to)|in comparison (?:with|to)|relative to|unlike|in contrast to"
    r"|versus|after|following|prior to|before|despite)(?: [\w-]+){0,3} ?$"
    r"|^(?:In|Among|For|Of) (?:(?:the|all|\d+) )?(?:\w+ ){0,2}(?:patients?|those|women|men|subjects|cells|mice"
    r"|tumou?rs)"
    r" (?:[\w‹›/-]+ ){0,6}(?:to|with|on|by|received|receiving) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_TOGETHER_BEFORE = Wording(
    r"\b(?:combination|combinations|combined|combining|co-?treatment|co-?administration|regimens?|doublet"
    r"|concomitant|concurrent)"
    rf"(?: (?:therapy|treatment|use|administration|inhibition))?(?: (?:of|with))?(?: {_FILL})* ?$"
)
_TOGETHER_AFTER = re.compile(
    r"^(?:[- ]based)? ?(?:combination|combined|in combination|co-?treatment|doublet|regimen)\b", re.I
)
_ADDITION = Wording(rf"\b(?:addition of|adding|added)(?: {_FILL})* ?$")
_ADDED_TO = re.compile(rf"^(?:[- ]\w+)? ?to(?: {_FILL})* ?$", re.IGNORECASE)
_PLATINUM = re.compile(r"(?:cis|carbo|oxali|nedap)platin", re.IGNORECASE)

_WHO = (
    r"(?:the|those|that|patients?|women|men|subjects|cases|cells|mice|group|arm|treated|receiving|received|given"
    r"|assigned|who|had|"
    r"with|in|of|on|to|for|either|both|standard|conventional|alone|single-agent|monotherapy|treatment|therapy|use"
    r"|any|open|laparoscopic|robotic|robot-assisted|other|all|"
    r"single|agent|prior|control|commercial|using|undergoing|underwent|observed|seen|under|during|from|first-line|"
    r"physician's choice|among|were|a|an|was|continuation|continued|administration|historical|controls?|regimens?"
    r"|conventional|commercial|free|clinically used|mg|μg|g|mg/kg|daily|twice|once|weekly|oral|intravenous|topical)"
)
_COMPARED = (
    r"(?:versus|vs\.?|v\.?|compared (?:to|with)|in comparison (?:to|with)|comparison (?:to|with)|than|over"
    r"|relative to|instead of|"
    r"rather than|unlike|as opposed to|superior to|inferior to|noninferior to|non-inferior to|comparable (?:to|with)"
    r"|similar to|"
    r"equivalent to|compare with|as compared (?:to|with)|superiority (?:to|over)|worse than|better than|against "
    r"standard)"
)
COMPARED = re.compile(rf"\b{_COMPARED}(?=\W)|‹[DK]\d+›-controlled", re.IGNORECASE)
_COMPARATOR_BEFORE = Wording(
    rf"\b{_COMPARED}(?:[ ,]+(?:{_WHO}|\d[\d.,%]*|\([^()‹]*\)|\[[^\[\]‹]*\]|one|two|three|four|five|six|seven|eight"
    rf"|nine|ten|months?|weeks?|days?|years?))*[ (]*$"
)
_COMPARATOR_AFTER = re.compile(r"^ ?(?:-controlled|controls?\b|control (?:group|arm))", re.IGNORECASE)

_PRIOR_BEFORE = Wording(
    rf"\b(?:after(?: the)?(?: (?:failure|progression|treatment|completion|discontinuation)(?: (?:of|on|with|to))?)?"
    rf"|following|"
    rf"progress(?:ed|ion|ing)(?: (?:on|after|during|following|or|despite|while on|under))+|(?:refractory"
    rf"|intolerant)(?: or \w+)? to|"
    rf"(?:pre-?treated|previously treated|treated previously) with|previous(?:ly)?(?: (?:treatment|received"
    rf"|treatments|therapy|"
    rf"exposure))?(?: with| to| of)?|prior(?: (?:treatment|exposure|therapy|use))?(?: with| to| of)?|failure (?:of"
    rf"|on|with)|"
    rf"failed|failing|discontinu(?:ed|ation of)|relaps(?:ed|e|ing) (?:on|after|following)|post-?|experienced|"
    rf"history of|resistance to prior|no prior|naive to|ineligible for|unsuitable for|once treated with)"
    rf"(?:[ ,-]+(?:{_WHO}|{_FILL}|one|two|at least|\d+|more|lines?|cycles?|of|or|and|and/or|other|‹G\d+›"
    r"|\w+-line))*[ (-]*$"
)
_RESISTANT_POPULATION = Wording(
    r"\b(?:patients?|disease|tumou?rs?|cells?|lines?|cancers?|those|that (?:is|was|are|were)|who (?:are|were)|mice"
    r"|xenografts?|"
    rf"‹S\d+›)(?: \w+)? (?:that (?:is|are|was|were) )?resistant to(?: {_FILL})* ?$"
)
_PRIOR_AFTER = re.compile(
    r"^(?:[- ](?:based )?)?(?:and \S+ ?)?(?:[- ](?:therapy|treatment|chemotherapy))?[- ]?"
    r"(?:-(?:resistant|refractory|pre-?treated|naive|naïve|experienced|failed|failure|ineligible|eligible|intolerant"
    r"|tolerant)|"
    r"(?:resistant|refractory|pretreated|naive|naïve|experienced)\b|(?:treatment |therapy )?(?:failure"
    r"|pre-?treatment(?! (?:\w+ly )?(?:\w{3,}ed|\w{3,}s|can|could|may|led|did|does|was|were)\b))\b"
    r"|resistance(?=[- ](?:patients|cells|cell lines|‹S)))",
    re.IGNORECASE,
)
_LABEL_BEFORE = Wording(
    r"‹D\d+› ?(?:\([^()]*\) ?)?,? ?(?:\(|,) ?(?:a|an|the|another|both|one of|two)(?: [\w-]+){0,5} $"
)
_EXCLUDED_AFTER = re.compile(
    r"^-(?:induced|injected|challenged|related|associated|sparing|free|eluting)\b|^ (?:injected|challenged|sparing|free"
    r"|related|associated|eluting|induced(?! [\w-]*(?:\W+[\w-]+){0,3}? (?:remission|response|regression"
    r"|apoptosis|reduction|improvement)))\b",
    re.IGNORECASE,
)
_EXCLUDED_BEFORE = Wording(
    r"\b(?:without|no|not receiving|absence of|except|excluding|irrespective of|regardless of|lack of|avoid(?:ing"
    r"|ance of)?|"
    r"in lieu of|despite|before|sensitivity of|resistance of|(?:caused|induced|mediated) by|due to|(?:toxicity"
    r"|injury|damage) of"
    r"|exposure to|type of|(?:levels?|concentrations?|deficiency|secretion) of(?: \w+){0,3})"
    rf"(?: {_FILL})* ?$"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Therapies given together, with the role they play and where they stand in the masked text."""

    entities: tuple[Entity, ...]
    start: int
    end: int
    #: groups of one chain are alternatives of each other
    chain: int
    role: Role = "candidate"
    #: "A and B" with nothing to say whether together or apart
    ambiguous: bool = False
    #: "the addition of A to B": A was added to the rest
    addition: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The ids (or texts) of the therapies."""
        return frozenset(e.key for e in self.entities)

    @property
    def control(self) -> bool:
        """Whether it holds a placebo, observation or no-treatment arm."""
        return any(e.letter == "K" for e in self.entities)


def assign_roles(scene: Scene) -> tuple[Group, ...]:
    """The therapy groups of a sentence in order, each with its role."""
    groups: list[Group] = []
    for number, chain in enumerate(_chains(scene)):
        for group in _split(scene, chain, number):
            groups.append(replace(group, role=_role(scene, group, groups)))
    return tuple(groups)


def _chains(scene: Scene) -> list[list[re.Match[str]]]:
    """Tokens of therapies that follow each other with nothing but a connector between."""
    chains: list[list[re.Match[str]]] = []
    for token in scene.tokens("DK"):
        if _names_field(scene, token):
            continue
        if chains:
            between = _between(scene, chains[-1][-1], token)
            if between.strip() == "," and _OPENER.search(scene.masked[: chains[-1][0].start()]):
                chains.append([token])
                continue
            if (
                _COMBO.match(between)
                or _with(scene, chains[-1][-1], token, between)
                or _LIST.match(between)
                or _added(scene, chains[-1], between)
            ):
                chains[-1].append(token)
                continue
        chains.append([token])
    return chains


def _names_field(scene: Scene, token: re.Match[str]) -> bool:
    """Whether the token is a class that only says what kind the therapy before it is ("D chemotherapy")."""
    before = re.search(r"(‹D\d+›)[ -]$", scene.masked[: token.start()])
    return bool(before) and scene.entity(token[0]).first.kind == "class"


def _end(scene: Scene, token: re.Match[str]) -> int:
    """Where a therapy ends, with the word for its kind behind it."""
    follows = re.compile(r"[ -](‹D\d+›)").match(scene.masked, token.end())
    return follows.end() if follows and scene.entity(follows[1]).first.kind == "class" else token.end()


def _between(scene: Scene, left: re.Match[str], right: re.Match[str]) -> str:
    text = re.sub(r"\([^()]*\)", "", scene.masked[_end(scene, left) : right.start()])
    return " ".join(text.split()) if text.strip() else text


def _with(scene: Scene, left: re.Match[str], right: re.Match[str], between: str) -> bool:
    """Whether two named drugs are joined by "with" ("D with E"); a class in their place names what D is part of."""
    return between.strip() == "with" and all(scene.entity(t[0]).first.kind == "substance" for t in (left, right))


def _added(scene: Scene, chain: list[re.Match[str]], between: str) -> bool:
    return bool(_ADDITION.search(scene.masked[: chain[0].start()]) and _ADDED_TO.match(between))


def _split(scene: Scene, chain: list[re.Match[str]], number: int) -> list[Group]:
    before, after = scene.masked[: chain[0].start()], scene.masked[_end(scene, chain[-1]) :]
    raw = [_between(scene, a, b) for a, b in pairwise(chain)]
    links = [link.strip() for link in raw]
    listed = [not _COMBO.match(link) and link.strip() != "with" and not _ADDED_TO.match(link) for link in raw]
    addition = bool(_ADDITION.search(before))
    has_combo = not all(listed) if links else False
    alternatives = any(re.search(r"\b(?:or|nor|and/or)\b", link, re.I) for link in links)
    together = bool(_TOGETHER_BEFORE.search(before) or _TOGETHER_AFTER.match(after)) and not alternatives
    platinum = any(_PLATINUM.search(scene.entity(t[0]).first.name) for t in chain)
    ands = links.count("and")
    if (
        (addition and not alternatives)
        or (has_combo and not alternatives and ands and not {"+", "/", ","} & {link.strip() for link in links})
        or (platinum and links == ["and"] and not re.search(r"\b(?:both|each|two|respectively)\b", scene.masked))
    ):
        together = True
    groups, start = [], 0
    for index in range(len(links) + 1):
        if index < len(links) and (together or not listed[index]):
            continue
        part = chain[start : index + 1]
        control = any(scene.entity(t[0]).letter == "K" for t in chain)
        ambiguous = not together and links == ["and"] and not control
        groups.append(
            Group(
                tuple(scene.entity(t[0]) for t in part),
                part[0].start(),
                _end(scene, part[-1]),
                number,
                ambiguous=ambiguous,
                addition=addition,
            )
        )
        start = index + 1
    return groups


def _role(scene: Scene, group: Group, earlier: list[Group]) -> Role:
    before, after = scene.masked[: group.start], scene.masked[group.end :]
    if _COMPARATOR_BEFORE.search(before) or _COMPARATOR_AFTER.match(after):
        return "comparator"
    if group.control:
        return "comparator"
    if re.match(r" (?:trials?|studies|reports?|data)\b", after) and re.search(
        r"\b(?:previous|prior|earlier) $", before
    ):
        return "excluded"
    if _PRIOR_BEFORE.search(before) or _PRIOR_AFTER.match(after) or _RESISTANT_POPULATION.search(before):
        return "prior"
    if _LABEL_BEFORE.search(before) or _names_member(scene, group):
        return "label"
    if before.count("(") > before.count(")") or _EXCLUDED_BEFORE.search(before) or _EXCLUDED_AFTER.match(after):
        return "excluded"
    previous = earlier[-1] if earlier else None
    if previous is not None and previous.chain == group.chain and previous.role in ("comparator", "prior"):
        return previous.role
    return "candidate"


def _names_member(scene: Scene, group: Group) -> bool:
    """Whether the group is a class right before its named member ("the PARP inhibitor, olaparib,")."""
    if any(e.first.kind != "class" for e in group.entities):
        return False
    follows = re.match(r"(?:s|es)?(?:,|:| \()? ?(?:such as |including |e\.g\.,? )?(‹D\d+›)", scene.masked[group.end :])
    return bool(
        follows and TOKEN.match(follows[1]) and scene.entity(follows[1]).first.kind != "class" and not group.chain < 0
    )
