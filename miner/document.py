"""A text on its way through mining: title, sentences and mentions, with what the record says of itself."""

from dataclasses import dataclass

from miner.findings import Mention


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, code points into Document.text, half-open; the passage's label and NlmCategory."""

    start: int
    end: int
    #: "TITLE" for the title's own sentences, "" in an unlabelled abstract
    label: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What the finding rules read. Sentences and mentions are sorted by start."""

    id: str
    title: str
    #: title, one space, abstract: the offsets of sentences and mentions refer to it
    text: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    #: names of the record's publication types and MeSH descriptors, in record order
    publication_types: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    registry_ids: tuple[str, ...] = ()

    def mentions_in(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The mentions that lie wholly inside the sentence."""
        return tuple(m for m in self.mentions if m.start >= sentence.start and m.end <= sentence.end)
