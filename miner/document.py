"""One text on its way through the pipeline: what the finding rules read."""

from bisect import bisect_left
from dataclasses import dataclass

from corpus.records import Passage
from miner.findings import Mention
from miner.sentences import Sentence

__all__ = ["Document", "Sentence"]


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

    def sentence_text(self, sentence: Sentence) -> str:
        """The sentence as written."""
        return self.text[sentence.start : sentence.end]


def _start(mention: Mention) -> int:
    return mention.start
