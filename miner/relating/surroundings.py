"""What a sentence is read against: facts of its whole document, each found once however many sentences ask."""

from functools import cached_property

from miner.document import Document
from miner.findings import Mention
from miner.sentences import Sentence
from miner.wording import Wording


class Surroundings:
    """A document with what its sentences ask about it; the work stays linear in the length of the text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._held: dict[Wording, bool] = {}
        self._counted: dict[Wording, int] = {}

    def holds(self, pattern: Wording) -> bool:
        """Whether the pattern stands anywhere in the text."""
        if pattern not in self._held:
            self._held[pattern] = pattern.search(self.document.text) is not None
        return self._held[pattern]

    def count(self, pattern: Wording) -> int:
        """How often the pattern stands in the text."""
        if pattern not in self._counted:
            self._counted[pattern] = sum(1 for _ in pattern.finditer(self.document.text))
        return self._counted[pattern]

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences behind the title."""
        return tuple(s for s in self.document.sentences if s.start > len(self.document.title))

    @cached_property
    def titles(self) -> int:
        """The number of sentences that lie in the title."""
        return sum(1 for s in self.document.sentences if s.end <= len(self.document.title))

    @cached_property
    def titled_disease(self) -> bool:
        """Whether the title names a disease."""
        return any(m.type == "disease" for m in self.document.title_mentions())

    @cached_property
    def gene_names(self) -> dict[str, str]:
        """Names of the genes by their id."""
        return {m.concept_id: m.name for m in self.document.mentions if m.type == "gene" and m.concept_id}

    @cached_property
    def drug_words(self) -> frozenset[str]:
        """The words that therapies are mentioned in."""
        return frozenset(m.text for m in self.document.mentions if m.type == "drug")

    @cached_property
    def genes_by_text(self) -> dict[str, Mention]:
        """Genes by the lower-cased words they are mentioned in."""
        return {m.text.lower(): m for m in self.document.mentions if m.type == "gene"}
