"""One text on its way through the pipeline: what the finding rules read, and ranges of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

from corpus.records import Passage
from miner.findings import Mention
from miner.sentences import Sentence

__all__ = ["Disjoint", "Document", "Placed", "Ranges", "Sentence"]


@dataclass(frozen=True, slots=True)
class Document:
    """An article text with its sentences and mentions, and the record fields that the rules use."""

    id: str
    title: str
    #: title, one space, abstract: every offset refers to it
    text: str
    #: in text order, without overlap
    sentences: tuple[Sentence, ...] = ()
    #: by start, then end; a variant may overlap its gene ("EML4-ALK"), one word may hold the
    #: variants of several genes ("EGFR and KRAS mutations")
    mentions: tuple[Mention, ...] = ()
    publication_types: tuple[str, ...] = ()
    #: MeSH descriptor names
    mesh: tuple[str, ...] = ()
    registry_ids: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    #: three-letter codes
    languages: tuple[str, ...] = ()
    #: journal title
    journal: str = ""

    def mentions_in(self, sentence: Sentence) -> tuple[Mention, ...]:
        """Mentions that lie in the sentence, in text order."""
        first = bisect_left(self.mentions, sentence.start, key=_start)
        last = bisect_left(self.mentions, sentence.end, lo=first, key=_start)
        return self.mentions[first:last]

    def title_mentions(self) -> tuple[Mention, ...]:
        """Mentions that lie in the title, in text order."""
        last = bisect_left(self.mentions, len(self.title), key=_start)
        return tuple(m for m in self.mentions[:last] if m.end <= len(self.title))

    def sentence_text(self, sentence: Sentence) -> str:
        """The sentence as written."""
        return self.text[sentence.start : sentence.end]


class Ranges:
    """Half-open ranges of a text, which may overlap; a question costs the logarithm of their number."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        #: the furthest end of a range and those before it
        self._reach = list(accumulate((end for _, end in ordered), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether a range begins before the end and ends behind the start."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def hold(self, start: int, end: int) -> bool:
        """Whether the whole of it lies in one of the ranges."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


class Placed(Protocol):
    """Something that stands somewhere in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


class Disjoint(Generic[P]):
    """Things of which none overlaps another, by place; a question costs the logarithm of their number."""

    def __init__(self, things: Iterable[P]) -> None:
        self._things = sorted(things, key=lambda thing: thing.start)
        self._starts = [thing.start for thing in self._things]

    def __iter__(self) -> Iterator[P]:
        return iter(self._things)

    def meeting(self, start: int, end: int) -> list[P]:
        """Those that overlap the range, in order."""
        return self._things[self._bounds(start, end)]

    def put(self, thing: P) -> None:
        """In the place of whatever it meets."""
        place = self._bounds(thing.start, thing.end)
        self._things[place] = [thing]
        self._starts[place] = [thing.start]

    def _bounds(self, start: int, end: int) -> slice:
        first = bisect_right(self._starts, start)
        if first and self._things[first - 1].end > start:
            first -= 1
        return slice(first, bisect_left(self._starts, end, lo=first))


def _start(mention: Mention) -> int:
    return mention.start
