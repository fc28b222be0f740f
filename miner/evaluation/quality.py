"""Measures every set of a data folder, for the page docs/quality.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from miner.concepts import ConceptTable
from miner.confidence import confidence_model
from miner.evaluation.challenges import score_challenges
from miner.evaluation.complaints import PACK, score_complaints
from miner.evaluation.findings import read_findings, score_findings
from miner.evaluation.linking import LinksReport, score_links
from miner.evaluation.mentions import Judged, MentionsReport, Read, score_mentions
from miner.evaluation.published import PublishedScores, measure_published
from miner.evaluation.scores import Annotate, Score
from miner.evaluation.sets import CHALLENGES, FINDINGS, SETS, LoadedSet, load_set, training
from miner.train.confidence_cases import APART, CHECK, read_cases


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """A set with its two reports."""

    loaded: LoadedSet
    mentions: MentionsReport
    links: LinksReport


@dataclass(frozen=True, slots=True)
class MeasuredSentences:
    """A file of labelled sentences with its scores, and the confidence and truth of all that was found in them."""

    file: str
    sentences: int
    scores: tuple[Score, ...]
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that docs/quality.md says."""

    recogniser: str
    #: documents that the recipe may train on
    trained: int
    sets: tuple[MeasuredSet, ...]
    #: names of sets whose file is missing
    missing: tuple[str, ...]
    #: labelled sentences of findings and of challenges
    sentences: tuple[MeasuredSentences, ...]
    #: cases of the complaint pack that pass, and all
    complaints: tuple[int, int]
    published: tuple[PublishedScores, ...]
    #: readings that the confidence of findings was not fitted on: drawn by chance, and in sentences for checking
    apart: tuple[Judged, ...]
    check: tuple[Judged, ...]


def measure(data: Path, recogniser: str, annotate: Annotate, read: Read, concepts: ConceptTable) -> Quality:
    """Scores of every set in the data folder; each text is read once for mentions and links.

    Raises:
        MinerInputError: a file is broken.
    """
    trained = training(data)
    measured, missing = [], []
    for about in SETS:
        loaded = load_set(data, about, trained)
        if loaded is None:
            missing.append(about.name)
            continue
        once = cache(read)
        links = score_links(loaded.documents, once, concepts)
        measured.append(MeasuredSet(loaded, score_mentions(loaded.documents, once), links))
    pack = score_complaints(PACK, annotate)
    return Quality(
        recogniser,
        len(trained),
        tuple(measured),
        tuple(missing),
        tuple(_sentences(data, annotate)),
        (pack.cases - len(pack.failures), pack.cases),
        measure_published(data, annotate, concepts),
        _confident(APART),
        _confident(CHECK),
    )


def _confident(set_: str) -> tuple[Judged, ...]:
    """Confidence and truth of the kept readings of a set."""
    judge = confidence_model()
    return tuple(Judged(c.kind, judge.probability(c.found), c.right) for c in read_cases() if c.set == set_)


def _sentences(data: Path, annotate: Annotate) -> Iterator[MeasuredSentences]:
    for file in FINDINGS:
        if (data / file).is_file():
            findings = score_findings(read_findings(data / file), annotate)
            yield MeasuredSentences(file, findings.sentences, findings.scores, findings.judged)
    for file in CHALLENGES:
        if (data / file).is_file():
            found = score_challenges(data / file, annotate)
            stance = Score("stance", found.stance_right, found.stance_judged, found.stance_judged)
            yield MeasuredSentences(file, found.sentences, (*found.scores, stance), found.judged)
