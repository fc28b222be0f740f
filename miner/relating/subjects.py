"""Whose outcome it is: the therapies an outcome word may belong to, and what forbids it."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from miner.relating.outcomes import MEASURE
from miner.relating.scene import Scene
from miner.roles import COMPARED, Group

Outcome = Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Predicate:
    """An outcome word with its place in the masked text."""

    outcome: Outcome
    start: int
    end: int
    #: the words deny a benefit
    denied: bool


#: a partner that no vocabulary names: the group would be incomplete
_PARTNER_AFTER = re.compile(
    r"^(?:[- ]based)? ?(?:\+|/|plus\b|combined (?:with|to)\b|in (?:combination|conjunction) with\b|together with\b"
    r"|along with\b|followed by\b|added to\b) ?(?![^‹]{0,25}‹[DK])"
    r"|^(?: treatment| therapy)? as an? (?:\w+ ){0,2}(?:adjunct|adjuvant|add-on)\b"
    r"|^ and (?:[\w-]+ ){0,2}(?:(?:[a-z]+centesis|drainage|plasmapheresis|plasma exchange|h(?:a)?emodialysis"
    r"|resection|surgery|transplantation|irradiation)\b|‹D)"
    r"|^ and (?:[\w-]+ ){0,3}‹G\d+› (?:have|has|had|were|was|are|show|exert|sho)"
    r"|^ (?:diet|injections?|supplementation|use) (?:combined|in combination|together|plus)\b"
    r"|^ (?:during|before|after) (?:[\w-]+ ){1,3}and (?:[\w-]+ ){0,2}‹D\d+›"
    r"|^ and (?:an? )?(?-i:[A-Z][\w-]*[A-Z0-9-]|[A-Z]\w+ (?:treatment|therapy))",
    re.IGNORECASE,
)
_PARTNER_BEFORE = re.compile(
    r"(?:‹D\d+› with |‹S\d+› of |\b(?:addition of|adding|added) (?!‹)[\w-]+(?: \w+)? to (?:\w+ )?|\w\+|\bplus "
    r"|\bcombined (?:with|to) |\bin (?:combination|conjunction) with |\badded to |\badjunct to "
    r"|\b(?:synergi[sz]\w*|together|along|alongside) with |\b(?:cells?|MSCs) loaded with "
    r"|[\w›]/|\w-plus-|, (?:[\w-]+ ){1,2}and "
    r"|\b(?:in addition to|on top of|over and above) (?:\w+ )?"
    r"|\w (?<!treated )(?<!given )(?<!managed )(?<!combined )(?<!received )(?:with|plus) (?:concurrent|concomitant"
    r"|simultaneous) "
    r"|\bcombin\w+ (?:use |treatment |therapy |administration )?(?:of|with) (?:(?!‹D)[^,;]){1,60} (?:and"
    r"|with) (?:[\w-]+ ){0,4}"
    r"|\b(?:combined|dual|synergistic) [\w-]+ and "
    r"|\bcombined[ -]modality [\w ]*|\bmultimodal\w* [\w ]*|\b(?-i:[\w-]*[A-Z0-9][\w-]*) and )$",
    re.IGNORECASE,
)
#: the same where the word belongs to the name of the therapy ("60 Gy with concurrent chemotherapy")
_CONCURRENT = re.compile(
    r"\w (?<!treated )(?<!given )(?<!managed )(?<!combined )(?<!received )(?:with|plus) (?:concurrent|concomitant"
    r"|simultaneous) [^‹›]+$",
    re.IGNORECASE,
)
#: one more member of a combination, that no vocabulary names
_ANOTHER = re.compile(
    r"(?: (?:blockade|inhibition|therapy|treatment|inhibitors?))?,? and (?:an? )?(?!‹|was\b|were\b|is\b)\w"
)
#: the name of the therapy only describes another thing, which the outcome belongs to
_OTHER_AFTER = re.compile(
    r"^(?:[- ](?:treatment|therapy|monotherapy|based))?[ -](?:schedules?|routes?|dos(?:e|es|age|ages|ing)|levels?"
    r"|concentrations?|exposure|timing|discontinuation|withdrawal|cessation|resistance|sensitivity|uptake|responses?"
    r"|failure|analogu?es?|derivatives?|system|site|patients|eligib\w*|solution|use in|injected|challenged|modified"
    r"|exposed|na[iï]ve|free|vaccinat\w+|group differences?|tolerance|dependence|addiction|abuse|exosom\w+|derived"
    r"|coated|suppression|castration|clearance|binding|degrading|depleting|producing|synthesis|production|release"
    r"|pathways?|signal\w*"
    r"|receptors?)\b"
    r"|^-(?=[\d(]|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"\b(?:(?:levels?|discontinu\w+|withdrawal|cessation|timing|duration|number|doses?|(?<!\d )courses?"
    r"|(?<!\d )cycles?|failure"
    r"|responses?|resistance|sensitivity|toxicity|exposure|route|initiation|uptake|eligible|candidates?|choice"
    r"|need|risk|rates?|incidence|likelihood|odds|time|frequency|comparison) (?:of|to|for|on|from|in) "
    r"|(?:knock-?down|silencing|overexpression|depletion|deficiency|removal) of "
    r"|(?:agents?|drugs?|compounds?|molecules?) that \w+ (?:\w+ )?|(?<!\w)non-(?=$)"
    r"|(?:analogues?|derivatives?) of |(?:all|the|many|several) approved "
    r"|(?:prior to|before|achieving|achieved|at the time of|until) )"
    r"(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
#: an operation that the patients had anyway ("bleeding after cardiac surgery")
_OCCASION = re.compile(
    r"\b(?:after|following|during|in|undergoing|underwent|before|prior to|for|with|post|major|minor|without)"
    r"(?: (?!patients|cases)[\w‹›-]+){0,3} $",
    re.IGNORECASE,
)
_OPERATION = re.compile(
    r"surgery|surgical\b.*|.*(?:resection|\wectomy|\wplasty|\wotomy|bypass grafting|transplantation|replacement)"
    r"|operation",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"\b(?:treated with|combination with) (?:\w+ )?$", re.IGNORECASE)
#: the operation is what one of two arms had
_ARM = re.compile(
    r"\b(?:patients|those|women|men|cases|group) (?:who )?(?:underwent|undergoing|had) (?:[\w-]+ )?$", re.I
)
#: a sentence part that may stand before an outcome whose therapy comes after it
_FREE = re.compile(
    rf"\b(?:patients?|women|men|children|cases?|subjects|participants|individuals|he|she|tumou?rs?|mice|rats|animals"
    rf"|we|there|it|{MEASURE}|primary end ?point)\b|‹S\d+› (?:(?:to be|was|were|is|are|had|has|showed|appeared"
    rf"|seemed) ?)*$|^\W*(?:\w+ ){{0,2}}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which)(?: \w+)? $", re.IGNORECASE)
#: an outcome word that says what the subject before it does
_ACTS = re.compile(
    r"(?:improv|prolong|extend|enhanc|increas|reduc|decreas|lower|delay|prevent|inhibit|suppress|attenuat|amelior"
    r"|alleviat|slow|show|demonstrat|provid|offer|led|result|associated|not|fail|do|did|is|was|are|were|effectiv)",
    re.IGNORECASE,
)
#: "was not improved in patients receiving D": the words before it are what was measured
_PASSIVE = re.compile(r"(?:was|were|is|are|has been|have been) not ", re.IGNORECASE)
#: "mortality was lower": the measure is the subject
_BEFALLS = re.compile(r"\w (?:was|were|is|are|been) (?:[\w-]+ly )*\w+$")
#: more of another therapy's effect is no effect of the therapy alone
_POTENTIATES = re.compile(
    r"\b(?:improv|enhanc|increas|potentiat|boost|optimi[sz]|maximi[sz]|promot|augment|sensiti[sz])\w*"
    r"[^;.]{0,60}\b(?:efficacy|effects?|response|activity|effectiveness)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b(?:with|by|from|to|of|in|for|on|using|receiving|after|under|via|were|was|among|assigned|treated"
    r"|following|between"
    r"|given|received|upon)\b|\()"
    r"(?:[ ,]+(?!‹[DK])[\w.%()/‹›-]+){0,7}[ ,(]*$"
)
#: a relative clause speaks of what stands right before it
_WHICH = re.compile(r"(?: \([^()]*\))?, which (?:[\w-]+ ){0,4}$")
#: between a therapy and an outcome, these begin something else
_FAR = re.compile(
    r"\b(?:and (?:the|there|these|this|that|it|a|an|improv\w+)|there (?:is|are|was)|that|because|since|suggest\w*"
    r"|cause[sd]?|\w+ed by|"
    r"correlat\w+|whose|used|directed|involves?|in order|in which"
    r"|(?<!able )(?<!tended )(?<!appears )(?<!appear )(?<!appeared )(?<!seems )(?<!seem )(?<!seemed )(?<!shown )"
    r"(?<!found )(?<!known )(?<!proved )(?<!proven )to [a-z]+)\b|;",
    re.IGNORECASE,
)
#: words between a therapy and its outcome beyond which they rarely belong together
_REACH = 16


def incomplete(scene: Scene, group: Group, since: int = 0) -> bool:
    """Whether a partner is missing that no vocabulary names, or the name only describes another thing.

    Args:
        scene: the sentence.
        group: the therapies.
        since: words before this place say nothing of a group behind it.
    """
    after, before = scene.masked[group.end :], scene.masked[since if since <= group.start else 0 : group.start]
    if group.addition and len(group.entities) == 1 and re.match(r"(?: \w+)? to ", after):
        return not re.match(r"(?: \w+)? to (?:\w+ )?(?:the (?:regimen|standard)|this)", after)
    if _OTHER_AFTER.match(after) or _OTHER_BEFORE.search(before) or _STOPPED.match(after):
        return True
    if before.endswith(" to ") and after.startswith("-treated"):
        return True
    if all(_OPERATION.fullmatch(e.first.name or e.first.text) for e in group.entities):
        arm = _ARM.search(before) and COMPARED.search(after)
        if _OCCASION.search(before) and not (arm or _GIVEN.search(before)):
            return True
        if re.match(r" (?:with|outcomes?|combined|followed)\b", after):
            return True
    if re.search(r"\bcombin\w+\b[^;]*$", before) and _ANOTHER.match(after):
        return True
    if re.search(r"[\w›], $", before) and re.match(
        r", and (?:an? )?(?:\w+ )?(?!\w+ed\b|‹)\w{6,} (?:with|in|for|was|were)", after
    ):
        return True
    beside = before + group.entities[0].first.text if group.entities else before
    return bool(_PARTNER_AFTER.match(after) or _PARTNER_BEFORE.search(before) or _CONCURRENT.search(beside))


#: it was stopped: what follows is no doing of it
_STOPPED = re.compile(
    r"^(?: \([^()]*\))?(?: (?:treatment|therapy))? (?:can|could|may|might|was|were|is|are|should"
    r"|to)(?: (?!not\b)[\w-]+){0,3}?"
    r" (?:dis-?continued|stopped|withdrawn|omitted|ceased|interrupted|tapered|de-?escalated|avoided)\b(?! (?:due"
    r"|because|for|in \d))",
    re.IGNORECASE,
)
#: "responsive to E": the answer to something that no vocabulary names
_ANSWERS = re.compile(r"\brespon(?:ded|sive|ds|d)(?: [\w-]+)?$", re.IGNORECASE)
_TO_OTHER = re.compile(
    r" (?:[\w-]+ ){0,2}to (?!it\b|this\b|these\b|(?:the |this |our )?(?:drugs?|treatments?|therap\w+|regimen"
    r"|intervention"
    r"|combination)\b|[^,;.]{1,40}‹D)",
    re.IGNORECASE,
)


#: "in D and placebo groups": what is said of both arms says nothing of the therapy
_BOTH_ARMS = re.compile(r"^(?: \w+)? and (?:the )?‹K\d+›|‹K\d+› and (?:the )?$")


#: "a device for D is effective": the therapy is what something is for
_PURPOSE = re.compile(r"\b(?:for|against) (?:[\w-]+ ){0,4}$", re.IGNORECASE)


#: "patients given D benefit from rest": the benefit is that of what follows
_FROM_OTHER = re.compile(
    r" (?:\w+ ){0,2}from (?!it\b|this\b|these\b|the (?:drug|treatment|therapy|addition)\b|[^,;.]{0,50}‹D"
    r"|[^,;.]{0,50}\b(?:reduction|improvement|decrease|increase|survival|response))"
)


def aside(scene: Scene, group: Group, predicate: Predicate) -> bool:
    """Whether the outcome is one of both arms, or of an event beside the disease that the therapy is named for."""
    between = re.search(r"\bbetween (?:\w+ )?$", scene.masked[: group.start])
    if (_BOTH_ARMS.match(scene.masked[group.end :]) and not between) or _BOTH_ARMS.search(scene.masked[: group.start]):
        return True
    said = scene.masked[predicate.start : predicate.end]
    earlier = scene.masked[: predicate.start].endswith("previously ")
    if (
        _ANSWERS.search(said)
        and not earlier
        and _TO_OTHER.match(scene.masked[predicate.end :])
        and group.end < predicate.start
    ):
        return True
    if said.startswith("benefit") and _FROM_OTHER.match(scene.masked[predicate.end :]) and group.end < predicate.start:
        return True
    if re.match(r"(?:is|was|are|were|effective)\b", said, re.I) and _PURPOSE.search(scene.masked[: group.start]):
        return True
    named_for = re.match(r"(?: \w+){0,2} (?:for|in) (?:[\w-]+ ){0,3}‹S\d+›", scene.masked[group.end : predicate.start])
    return bool(named_for and scene.tokens("S", predicate.start, predicate.end))


def potentiates(scene: Scene, predicate: Predicate) -> bool:
    """Whether the outcome is more of another therapy's effect ("enhanced the efficacy of D")."""
    said, after = scene.masked[predicate.start : predicate.end], scene.masked[predicate.end :]
    if re.search(r"\b(?:the|an?|its|this) (?:\w+ )?$", scene.masked[: predicate.start], re.IGNORECASE):
        return False
    if predicate.denied and re.search(r"(?:efficacy|effectiveness)$", said) and re.match(r" of (?:the )?[\w-]+", after):
        return True
    return bool(_POTENTIATES.search(said) and re.match(r" (?:of|to|for) (?:[\w‹›-]+ ){0,4}‹D", after))


#: an outcome that a therapy has: the therapy follows "of", with no more words than this between
_OWNED = re.compile(r"(?:effects?|benefits?|efficacy|effectiveness|superiority)$", re.IGNORECASE)
_ADJECTIVES = 4


def find_subjects(scene: Scene, start: int, predicate: Predicate, here: list[Group]) -> list[Group]:
    """The therapies the outcome belongs to: the chain right before it, else the one linked right after it.

    Args:
        scene: the sentence.
        start: where the clause begins.
        predicate: the outcome.
        here: the groups of the clause.
    """
    candidates = [g for g in here if g.role == "candidate"]
    inside = [g for g in candidates if predicate.start <= g.start < predicate.end]
    if inside:
        return inside
    left = [g for g in candidates if g.end <= predicate.start]
    if left and _WHICH.match(scene.masked[left[-1].end : predicate.start]):
        return [g for g in left if g.chain == left[-1].chain]
    left = [g for g in left if not _FAR.search(scene.masked[g.end : predicate.start]) or g.chain != left[-1].chain]
    if left and _distant(scene, left[-1], predicate):
        left = []
    if left:
        chains = {g.chain for g in left}
        if len(chains) > 1 and not _listed(scene, left):
            return []
        return left
    if predicate.denied and [g for g in here if g.end <= predicate.start]:
        return []
    right = [g for g in candidates if g.start >= predicate.end - 1]
    return (
        [g for g in right if g.chain == right[0].chain] if right and _after(scene, start, predicate, right[0]) else []
    )


def _after(scene: Scene, start: int, predicate: Predicate, group: Group) -> bool:
    link, said = scene.masked[predicate.end : group.start], scene.masked[predicate.start : predicate.end]
    if link == " " and said.endswith(("approved", "in favor of", "in favour of")):
        return True
    if link.startswith(" of ") and _OWNED.search(said) and len(link.split()) <= _ADJECTIVES:
        return True
    if re.search(r"[;:]", link) or COMPARED.search(link) or not _LINK.search(link):
        return False
    if said.startswith(("associated", "correlated")) and link.startswith((" of ", " to ", " from ", " with ")):
        return False
    if re.search(rf"\band (?!(?:\w+ ){{0,2}}{MEASURE})", link):
        return False
    if predicate.denied and re.search(r"\b(?:effect|impact)s?\b", said) and not link.startswith((" of ", " with ")):
        return False
    before = re.split(r", ", scene.masked[start : predicate.start])[-1]
    acts = _ACTS.match(said) and not _PASSIVE.match(said)
    acts = (
        acts or re.search(r"\b(?:with|to|in|by|of|had|has|have|show\w*|demonstrat\w+)(?: \w+)? $", before) is not None
    )
    acts = acts and not _BEFALLS.search(said)
    return bool(not acts or _FREE.search(before)) and not _RELATIVE.search(before)


def _distant(scene: Scene, group: Group, predicate: Predicate) -> bool:
    between = re.sub(r"\([^()]*\)", "", scene.masked[group.end : predicate.start])
    return bool(_FAR.search(between)) or len(between.split()) > _REACH


def _listed(scene: Scene, groups: list[Group]) -> bool:
    gaps = [scene.masked[a.end : b.start] for a, b in pairwise(groups)]
    return all(re.fullmatch(r"(?:[- ]\w+){0,3},? ?(?:and|or) ?(?:[\w-]+ ){0,3}", gap) for gap in gaps)
