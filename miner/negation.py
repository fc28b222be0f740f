"""Which mentions their sentence denies: a cue before ("no EGFR mutation") or behind ("was not detected").

Window rules after NegEx (Chapman et al. 2001): a cue reaches at most six words, never past a contrast or a clause.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from miner.document import Ranges
from miner.findings import Mention
from miner.sentences import Sentence

#: "no significant difference", "no prior therapy": what is denied is not the entity behind it
_NOT_THE_ENTITY = (
    r"(?:significant|difference|effect|benefit|improvement|increase|association|correlation|impact|longer|response|change|"
    r"more|less|better|prior|previous|further|additional|other|standard|effective|clear|single|approved|known|current|"
    r"available|specific)\b"
)
_BEFORE = re.compile(
    rf"\b(?:no(?! {_NOT_THE_ENTITY})|without(?! (?:prior|previous))|absence of|negative for|"
    r"lack(?:ed|ing|s)?(?: of)?|free (?:of|from)|neither|nor|"
    r"(?:did|do|does) not (?:have|harbou?r|carry|show|express|contain|exhibit)|"
    r"not (?:harbou?r|carry|express)ing|"
    r"ruled out|no evidence of|exclud(?:ed|ing)|never had|"
    r"failed to (?:detect|identify|find))\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:(?:was|were|is|are|could|has been|have been)(?: (?:both|all|also))? "
    r"(?:not (?:be )?(?:detected|found|identified|observed|seen|present|expressed|confirmed)|absent|negative|"
    r"undetectable|ruled out|excluded)|(?:was|were) (?:never|rarely) (?:found|seen|detected))\b",
    re.IGNORECASE,
)
_NEGATIVE_STATE = re.compile(r"(?:[\s\u2010-\u2015-]?negative\b|\u2212(?![\w\d])|-(?=[/\s,;)](?!\w*\d))(?<=[A-Z0-9]-))")
_STOP = re.compile(
    r"[;:()]|\b(?:but|however|although|though|except|whereas|while|which|who|than|because|despite|after|followed|"
    r"and (?:was|were|had)|in (?:patients|those|the)|among|between|was|were|is|are|had|showed)\b"
)
_REACH_WORDS = re.compile(r"(?:\S+\s+){0,6}\S*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that denies or doubts, and the end of what it reaches behind it (code points)."""

    start: int
    end: int
    reach: int


def mark_negated(text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, negated ones marked; therapies are never marked ("no benefit of X" denies the benefit, not X)."""
    scopes = Ranges((cue.end, cue.reach) for sentence in sentences for cue in absences(text, sentence))
    return tuple(replace(m, negated=True) if _denied(text, m, scopes) else m for m in mentions)


def absences(text: str, sentence: Sentence) -> Iterator[Cue]:
    """The cues of a sentence that deny what is named behind them."""
    for cue in _BEFORE.finditer(text, sentence.start, sentence.end):
        stop = _STOP.search(text, cue.end(), sentence.end)
        limit = stop.start() if stop else sentence.end
        reach = _REACH_WORDS.match(text, cue.end(), limit)
        yield Cue(cue.start(), cue.start() + len(cue[0].rstrip()), reach.end() if reach else limit)


def _denied(text: str, mention: Mention, scopes: Ranges) -> bool:
    if mention.type == "drug":
        return False
    if scopes.meet(mention.start, mention.start + 1):
        return True
    if mention.type == "gene" and _NEGATIVE_STATE.match(text, mention.end):
        return True
    return _BEHIND.match(text, mention.end) is not None
