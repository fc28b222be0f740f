"""What a name means in its place, where the words beside it say that it is not what the name alone would mean.

"Shock" is no circulatory shock in "shock wave", "platinum" a class of drugs in "platinum-resistant", and "ASC" no gene
in "ASC-US". The rules stand in senses.toml.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from miner.abbreviations import Abbreviation
from miner.concepts import Concept, ConceptTable
from miner.findings import Drop, Mention
from miner.folding import look_up_key

_FILE = Path(__file__).with_name("senses.toml")
#: how far to look beside a name, in code points
_REACH = 32
_GATE = "means something else here"


@dataclass(frozen=True, slots=True)
class _Sense:
    """One rule; without patterns it holds everywhere."""

    #: the names as they must be written, empty where any letter case will do
    written: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    #: what the name means there, "" for nothing of its type
    concept_id: str

    def holds(self, mention: Mention, text: str) -> bool:
        if self.written and mention.text not in self.written:
            return False
        if self.before is None and self.after is None:
            return True
        start, end = mention.start, mention.end
        if self.before is not None and self.before.search(text, max(0, start - _REACH), start):
            return True
        return self.after is not None and self.after.match(text, end, min(len(text), end + _REACH)) is not None


@cache
def _senses() -> Mapping[tuple[str, str], tuple[_Sense, ...]]:
    """Rules by type and look-up key of the name."""
    found: dict[tuple[str, str], list[_Sense]] = defaultdict(list)
    for rule in tomllib.loads(_FILE.read_text(encoding="utf-8"))["sense"]:
        written = frozenset(rule["names"]) if rule.get("cased") else frozenset()
        before, after = (re.compile(rule[side]) if side in rule else None for side in ("before", "after"))
        sense = _Sense(written, before, after, rule["concept"])
        for key in {look_up_key(name) for name in rule["names"]}:
            found[rule["type"], key].append(sense)
    return {place: tuple(senses) for place, senses in found.items()}


def in_place(
    text: str, mentions: Sequence[Mention], abbreviations: Sequence[Abbreviation], concepts: ConceptTable
) -> tuple[list[Mention], list[Drop]]:
    """The mentions with what they mean where they stand; those that mean nothing of their type become drops.

    A short form goes the way of its long form.
    """
    meant = {id(m): s for m in mentions if (s := _sense(m, text)) is not None}
    ends = {m.end: (m, meant[id(m)]) for m in mentions if id(m) in meant}
    shorts = {
        (a.short, ends[a.long_end][0].concept_id): ends[a.long_end][1] for a in abbreviations if a.long_end in ends
    }
    kept: list[Mention] = []
    drops: list[Drop] = []
    for mention in mentions:
        sense = meant.get(id(mention)) or shorts.get((mention.text, mention.concept_id))
        concept = concepts.get(sense.concept_id) if sense is not None and sense.concept_id else None
        if sense is None or concept is not None:
            kept.append(mention if concept is None else _meaning(mention, concept))
        else:
            detail = f"{mention.type} {mention.concept_id or mention.text}"
            drops.append(Drop("mention", _GATE, mention.start, mention.end, detail))
    return kept, drops


def _sense(mention: Mention, text: str) -> _Sense | None:
    """The first rule that holds for the mention."""
    senses = _senses().get((mention.type, look_up_key(mention.text)), ())
    return next((sense for sense in senses if sense.holds(mention, text)), None)


def _meaning(mention: Mention, concept: Concept) -> Mention:
    return replace(mention, kind=concept.kind, concept_id=concept.id, name=concept.symbol or concept.name)
