"""Scores against gold that others made for a purpose of their own: knowledge bases, CIViCmine, BioScope, Lahav.

Each set is scored where its files lie in the data folder, and comes with a word on what its gold counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from miner.concepts import ConceptTable
from miner.evaluation.curated import read_curated, score_curated
from miner.evaluation.intervals import Estimate
from miner.evaluation.pairs import read_pairs, score_pairs
from miner.evaluation.problems import score_problems
from miner.evaluation.scope import read_bioscope, score_scope
from miner.evaluation.scores import Annotate

CURATED = ("findings/dev_curated.tsv", "findings/dev_readable.tsv", "findings/dev_abstracts.jsonl")
PAIRS = "relations/civicmine/training.tar.gz"
SCOPE = "sentences/bioscope_abstracts.xml.gz"
PROBLEMS = "sentences/challenges_directions_val.csv"


@dataclass(frozen=True, slots=True)
class PublishedScores:
    """A set with its scores."""

    title: str
    about: str
    #: arguments of `theragraph evaluate` behind the command's name; DATA stands for the data folder
    command: str
    estimates: tuple[Estimate, ...]
    #: precision and F1 say something, not only recall
    judged: bool = True


def measure_published(data: Path, annotate: Annotate, concepts: ConceptTable) -> tuple[PublishedScores, ...]:
    """Scores of every set whose files are in the data folder.

    Raises:
        MinerInputError: a file is broken.
    """
    return tuple(_measured(data, annotate, concepts))


def _measured(data: Path, annotate: Annotate, concepts: ConceptTable) -> Iterator[PublishedScores]:
    rows, readable, texts = (data / file for file in CURATED)
    if all(file.is_file() for file in (rows, readable, texts)):
        found = score_curated(read_curated(rows, readable), texts, annotate, concepts)
        about = _CURATED.format(documents=found.documents)
        command = "curated DATA/{} --readable DATA/{} --texts DATA/{}".format(*CURATED)
        yield PublishedScores("Curated evidence", about, command, found.estimates, judged=False)
    if (data / PAIRS).exists():
        pairs = score_pairs(read_pairs(data / PAIRS), annotate)
        about = _PAIRS.format(sentences=pairs.sentences)
        yield PublishedScores("CIViCmine: drugs and genes", about, f"pairs DATA/{PAIRS}", pairs.estimates)
    if (data / SCOPE).is_file():
        scope = score_scope(read_bioscope(data / SCOPE))
        about = _SCOPE.format(sentences=scope.sentences, documents=scope.documents)
        yield PublishedScores("BioScope: negation and speculation", about, f"scope DATA/{SCOPE}", scope.estimates)
    if (data / PROBLEMS).is_file():
        problems = score_problems(data / PROBLEMS, annotate)
        about = _PROBLEMS.format(sentences=problems.sentences)
        yield PublishedScores("Problems of Lahav et al.", about, f"challenges DATA/{PROBLEMS}", problems.estimates)


_CURATED = """\
Rows of CIViC, CGI and MOAlmanac on {documents} abstracts (development), of which a reader found gene,
drug and relation in the abstract. "as listed" counts distinct (abstract, gene, drug as the source writes it,
direction), one for each drug of a combination; "as concepts" takes off what a source adds in brackets and counts a
combination once. Only recall can be read off such rows: the abstracts say more than was curated."""
_PAIRS = """\
{sentences} sentences of CIViCmine's training split (Lever et al. 2019), development; entities are read by this
project. Gold knows a pair only where a cancer is named as well and where both are entities of its vocabularies; "both
annotated" leaves out the pairs found of which gold does not annotate one side; a pair that a sentence names twice is
one. The threshold of each fifth is chosen on the other four for a precision of 0.89, which is CIViCmine's own at a
recall of 0.14; where no confidence reaches it there, it is the one of the best precision."""
_SCOPE = """\
{sentences:,} sentences of {documents:,} abstracts (Vincze et al. 2008), development. BioScope takes "suggest",
"indicate that" and "appear to" for doubts, this project for reported results. Doubts have no scope here: a finding is
doubted with its sentence or clause."""
_PROBLEMS = """\
{sentences} sentences on COVID-19 (Lahav et al. 2022, validation), report only: a problem there is any
difficulty or gap in knowledge, a challenge here hinders a therapy or a test."""
