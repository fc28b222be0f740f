"""Scores of mentions against a gold corpus: strict (same stretch, same type) and relaxed (overlap, same type).

Relaxed pairs each mention with at most one other, so that one long mention does not find three. Gold mentions may
overlap each other; each counts by itself. Types that the corpus never annotates are left out on both sides.

This project's drugs also hold classes and procedures ("radiotherapy"), and its variants states of genes and markers
("EGFR mutation", "MSI-H"); corpora annotate chemicals, and changes of a sequence. Rows "without" leave these out of
what was found, and so does calibration; the plain rows stay the score.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from typing import get_args

from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.evaluation.pairing import pair
from miner.findings import EntityType, Mention
from miner.gold import GoldDocument

#: (document id, title, text that follows the title) -> its mentions
Read = Callable[[str, str, str], Sequence[Mention]]
#: characters shown on either side of an error
_CONTEXT = 40
_SCORINGS = ("strict", "relaxed")
#: what a type has that corpora do not annotate
_BEYOND = {"drug": "classes", "variant": "states"}
_WITHOUT = " without "


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A typed stretch of text, found or gold."""

    start: int
    end: int
    type: str

    def overlaps(self, other: "Place") -> bool:
        """Whether the two share a character, whatever their types."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class MentionError:
    """What is wrong at one place: extra, missed, wrong type or wrong boundary."""

    id: str
    kind: str
    gold: Place | None
    found: Place | None
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """What both sides cover together."""
        places = [place for place in (self.gold, self.found) if place]
        return min(p.start for p in places), max(p.end for p in places)

    def row(self) -> dict[str, object]:
        """The row that is printed; the context marks the stretch with brackets."""
        start, end = self.span
        before, after = self.text[max(0, start - _CONTEXT) : start], self.text[end : end + _CONTEXT]
        return {
            "id": self.id,
            "error": self.kind,
            "gold": self._written(self.gold),
            "gold_type": self.gold.type if self.gold else None,
            "found": self._written(self.found),
            "found_type": self.found.type if self.found else None,
            "start": start,
            "end": end,
            "context": " ".join(f"{before}[{self.text[start:end]}]{after}".split()),
        }

    def _written(self, place: Place | None) -> str | None:
        return self.text[place.start : place.end] if place else None


@dataclass(frozen=True, slots=True)
class Judged:
    """One mention that was found, the score it came with, and whether it is right."""

    type: str
    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class MentionsReport:
    """Scores of mentions: strict before relaxed, plain rows before those without, all types before each."""

    documents: int
    #: gold mentions that do not stand where the file says, and are left out
    passed_over: int
    estimates: tuple[Estimate, ...]
    errors: tuple[MentionError, ...]
    judged: tuple[Judged, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """One row a score."""
        return (estimate.row() for estimate in self.estimates)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row an error of the strict scoring."""
        return (error.row() for error in self.errors)


def score_mentions(documents: Sequence[GoldDocument], read: Read) -> MentionsReport:
    """Scores over the types that the documents annotate anywhere."""
    annotated = {m.type for document in documents for m in document.mentions}
    types = [t for t in get_args(EntityType) if t in annotated]
    counts: dict[Key, list[Counts]] = {key: [] for key in _keys(types)}
    errors: list[MentionError] = []
    judged: list[Judged] = []
    for document in documents:
        gold = {Place(m.start, m.end, m.type) for m in document.mentions}
        mentions = [m for m in read(document.id, document.title, document.body) if m.type in annotated]
        found = {Place(m.start, m.end, m.type): m for m in mentions}
        within = {place for place, mention in found.items() if not _beyond(mention)}
        for (scoring, name), rows in counts.items():
            what, without, _ = name.partition(_WITHOUT)
            rows.append(_count(scoring, types if what == "all" else [what], gold, within if without else found.keys()))
        errors += _errors(document, gold - found.keys(), found.keys() - gold)
        judged += [Judged(place.type, found[place].score, place in gold) for place in sorted(within)]
    return MentionsReport(
        len(documents), sum(d.passed_over for d in documents), estimates(counts), tuple(errors), tuple(judged)
    )


def _keys(types: Sequence[str]) -> list[Key]:
    beyond = {type_: kind for type_, kind in _BEYOND.items() if type_ in types}
    names = [f"{type_}{_WITHOUT}{kind}" for type_, kind in beyond.items()]
    everything = [f"all{_WITHOUT}{' and '.join(beyond.values())}"] if beyond else []
    return [*product(_SCORINGS, ["all", *types] if types else []), *product(_SCORINGS, everything + names)]


def _beyond(mention: Mention) -> bool:
    """A class, or a variant without a place in a sequence: its id, or the text of an unlinked one, has no digit."""
    if mention.type == "variant":
        return not any(sign.isdigit() for sign in (mention.concept_id or mention.text).rpartition(":")[2])
    return mention.kind == "class"


def _count(scoring: str, types: Sequence[str], gold: AbstractSet[Place], found: AbstractSet[Place]) -> Counts:
    """Right, extracted and gold of one document, added up over the types."""
    right = extracted = wanted = 0
    for type_ in types:
        own_gold = sorted(place for place in gold if place.type == type_)
        own_found = sorted(place for place in found if place.type == type_)
        strict = len(set(own_gold).intersection(own_found))
        right += strict if scoring == "strict" else len(pair(own_found, own_gold, Place.overlaps))
        extracted += len(own_found)
        wanted += len(own_gold)
    return right, extracted, wanted


def _errors(document: GoldDocument, missed: AbstractSet[Place], extra: AbstractSet[Place]) -> list[MentionError]:
    """What strict scoring counts against us, by place: pairs of the same type first, then of any type, then single."""
    left, right = sorted(extra), sorted(missed)
    found = []
    for kind, agree in (("wrong boundary", _same_type), ("wrong type", Place.overlaps)):
        pairs = [(left[i], right[j]) for i, j in pair(left, right, agree)]
        found += [MentionError(document.id, kind, g, f, document.text) for f, g in pairs]
        left = [place for place in left if all(place is not f for f, _ in pairs)]
        right = [place for place in right if all(place is not g for _, g in pairs)]
    found += [MentionError(document.id, "extra", None, place, document.text) for place in left]
    found += [MentionError(document.id, "missed", place, None, document.text) for place in right]
    return sorted(found, key=lambda error: (error.span, error.kind))


def _same_type(one: Place, other: Place) -> bool:
    return one.type == other.type and one.overlaps(other)
