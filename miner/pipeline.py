"""The ordered steps from a text to what was mined from it, and the digests that say when to run them again.

Two groups of steps: reading (sentences, mentions) depends on text, vocabularies and the recogniser's rules; concluding
(design, findings, challenges) depends on those, the finding rules and the record. A change of the finding rules alone
therefore never runs the recogniser again.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Protocol

from corpus.records import Article
from miner.challenge_model import challenge_model
from miner.challenges import find_challenges
from miner.concepts import ConceptTable
from miner.confidence import confidence_model
from miner.design import read_design
from miner.document import Document
from miner.findings import Challenge, Design, Drop, Finding, Mention, MinedArticle, digest
from miner.recognise import DictionaryRecogniser, Recogniser
from miner.relate import relate
from miner.sentences import split_sentences
from miner.unrelated import unrelated_pairs

#: files whose change makes a text be read again
_READING_FILES = (
    "abbreviations.py", "calibration.py", "concepts.py", "conjunctions.py", "document.py", "features.py", "findings.py",
    "folding.py", "gates.py", "gene_states.py", "gene_states.toml", "hashing.py", "hints.py", "labels.py", "lexicon.py",
    "lexicon.toml", "link.py", "matcher.py", "negation.py", "network.py", "notation.py", "reader.py", "recognise.py",
    "reconcile.py", "senses.py", "senses.toml", "sentences.py", "span_link.py", "span_names.py", "spans.py",
    "species.py", "species.toml", "statistical.py", "tagger.py", "tokens.py", "variants.py",
)  # fmt: skip
#: files that change no result: stores, running, formats, the vocabularies (their digest is the concept table's)
_APART = frozenset(
    ("annotate.py", "annotate_input.py", "annotate_output.py", "codec.py", "concept_cache.py", "concept_match.py",
     "concept_store.py", "decisions.py", "drop_reasons.py", "errors.py", "executors.py", "gold.py", "pipeline.py",
     "plugged.py", "run.py", "spacy_model.py", "store.py", "surfaces.py", "vocabulary_files.py", "weights.py"),
)  # fmt: skip


class PipelineError(RuntimeError):
    """A step needs what no earlier step provides; carries step and missing."""

    def __init__(self, step: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"the step {step!r} requires {', '.join(missing)}, which no earlier step provides; reorder the steps"
        )
        self.step = step
        self.missing = tuple(missing)


@dataclass(slots=True)
class Draft:
    """A document while the steps fill it; a step's requires and provides are names of these attributes."""

    document: Document
    drops: list[Drop] = field(default_factory=list)
    design: Design = field(default_factory=Design)
    findings: tuple[Finding, ...] = ()
    challenges: tuple[Challenge, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step; the text, title and record fields are there from the start."""

    name: str
    requires: tuple[str, ...]
    provides: tuple[str, ...]
    run: Callable[[Draft], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading steps found; kept in the store, so that findings can be drawn from it again."""

    mentions: tuple[Mention, ...]
    drops: tuple[Drop, ...]


class PipelineSource(Protocol):
    """Makes the same pipeline in any process; picklable and hashable."""

    def build(self) -> "Pipeline":
        """A new pipeline."""

    def __hash__(self) -> int: ...


class Pipeline:
    """Ordered steps, checked when built."""

    def __init__(self, recogniser: Recogniser) -> None:
        self.recogniser = recogniser
        self._reading = (_split_step(), _recognise_step(recogniser))
        self._concluding = (_DESIGN, _RELATE, _CHALLENGES)
        check_steps((*self._reading, *self._concluding))
        self.entity_digest = digest("entities", recogniser.digest, source_digest(_READING_FILES))
        rules = source_digest(_concluding_files())
        self.finding_digest = digest(
            "findings", self.entity_digest, rules, challenge_model().sha256, confidence_model().sha256
        )

    def read(self, document: Document) -> tuple[Document, Reading]:
        """The document with sentences and mentions, and the same as the store keeps it."""
        draft = Draft(document)
        for step in self._reading:
            step.run(draft)
        return draft.document, Reading(draft.document.mentions, tuple(draft.drops))

    def resume(self, document: Document, reading: Reading) -> Document:
        """The document as read() left it, from what was kept; splitting sentences again costs next to nothing."""
        draft = Draft(document)
        self._reading[0].run(draft)
        return replace(draft.document, mentions=reading.mentions)

    def conclude(self, document: Document, reading: Reading, text_digest: str) -> MinedArticle:
        """What follows from a document that has been read."""
        draft = Draft(document, drops=list(reading.drops))
        for step in self._concluding:
            step.run(draft)
        return MinedArticle(
            document.id,
            text_digest,
            document.mentions,
            draft.findings,
            draft.challenges,
            draft.design,
            tuple(draft.drops),
        )

    def mine(self, document: Document, text_digest: str = "") -> MinedArticle:
        """Everything that one document says."""
        read, reading = self.read(document)
        return self.conclude(read, reading, text_digest or digest("text", document.text))


@dataclass(frozen=True, slots=True)
class DictionaryPipeline:
    """The default pipeline: the vocabularies' names, the rules of this package."""

    cache_dir: Path
    #: vocabulary files of the user
    extra: tuple[Path, ...] = ()

    def build(self) -> Pipeline:
        """A new pipeline; the vocabulary cache is built first where it is missing."""
        from miner.concept_store import open_concepts

        return dictionary_pipeline(open_concepts(self.cache_dir, self.extra))


def dictionary_pipeline(concepts: ConceptTable) -> Pipeline:
    """The pipeline over an open concept table."""
    return Pipeline(DictionaryRecogniser(concepts))


def document_of(article: Article) -> Document:
    """What the pipeline needs of an article."""
    return Document(
        id=str(article.pmid),
        title=article.title,
        text=article.text,
        publication_types=tuple(t.name for t in article.publication_types),
        mesh=tuple(h.name for h in article.mesh),
        registry_ids=article.registry_ids,
        passages=article.passages,
        languages=article.languages,
        journal=article.journal.title,
    )


def check_steps(steps: Sequence[Step], given: Sequence[str] = ("text",)) -> None:
    """Raises PipelineError where a step requires what neither the input nor an earlier step provides."""
    known = set(given)
    for step in steps:
        missing = [name for name in step.requires if name not in known]
        if missing:
            raise PipelineError(step.name, missing)
        known.update(step.provides)


@cache
def source_digest(names: tuple[str, ...]) -> str:
    """Digest of rule files of this package, folders with all they hold; names are relative to it."""
    root = Path(__file__).parent
    total = hashlib.sha256()
    for name in names:
        path = root / name
        files = sorted(p for p in path.rglob("*") if p.suffix in (".py", ".toml", ".tsv")) if path.is_dir() else [path]
        for file in files:
            total.update(f"{file.relative_to(root).as_posix()}\n".encode())
            total.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()[:32]


def _concluding_files() -> tuple[str, ...]:
    """Files and folders whose change makes findings be drawn again: every rule file that is not for reading."""
    root = Path(__file__).parent
    names = {p.name for p in root.iterdir() if p.suffix in (".py", ".toml")} | {"relating"}
    return tuple(sorted(names - set(_READING_FILES) - _APART))


def _split_step() -> Step:
    def run(draft: Draft) -> None:
        document = draft.document
        draft.document = replace(document, sentences=split_sentences(document.text, document.passages))

    return Step("sentences", ("text",), ("sentences",), run)


def _recognise_step(recogniser: Recogniser) -> Step:
    def run(draft: Draft) -> None:
        found = recogniser.recognise(draft.document.text, draft.document.sentences)
        draft.document = replace(draft.document, mentions=found.mentions)
        draft.drops.extend(found.drops)

    return Step("mentions", ("text", "sentences"), ("mentions",), run)


def _read_design(draft: Draft) -> None:
    draft.design = read_design(draft.document)


def _relate(draft: Draft) -> None:
    draft.findings, drops = relate(draft.document, draft.design)
    draft.drops.extend((*drops, *unrelated_pairs(draft.document, draft.findings, drops)))


def _find_challenges(draft: Draft) -> None:
    draft.challenges, drops = find_challenges(draft.document, draft.findings)
    draft.drops.extend(drops)


_DESIGN = Step("design", ("text", "sentences"), ("design",), _read_design)
_RELATE = Step("findings", ("text", "sentences", "mentions", "design"), ("findings",), _relate)
_CHALLENGES = Step("challenges", ("text", "sentences", "mentions", "findings"), ("challenges",), _find_challenges)
