"""The recipe of the statistical recogniser: teachers on annotated corpora, silver labels of theirs, one student.

Every corpus annotates some of the types. Where gold is silent a teacher learns from its own opinion; the student learns
from the mean of all teachers, there and on abstracts that nobody annotated. That mean is better than any one network
(development: +1 micro F1), and a network of one teacher's size takes most of it over.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from miner.concepts import ConceptTable
from miner.features import COLUMNS
from miner.findings import EntityType
from miner.labels import LABELS
from miner.network import Network, Scores, Shape, build_network, get_arrays, predict, set_arrays
from miner.recognise import DictionaryRecogniser
from miner.tokens import tokenise
from miner.train.calibrate import fit_calibration
from miner.train.corpora import BIORED, DRUGPROT, Sample, calibrates, closed_ids, training_samples
from miner.train.prepare import Example, gold_example, silver_example
from miner.train.teach import train_network
from miner.train.texts import drawn, read_texts
from miner.train.vectors import learn_vectors

_log = logging.getLogger(__name__)
#: unlabelled abstracts that the teachers label, and their lengths in code points
_SILVER = 6_000
_LENGTHS = (400, 3_000)
#: (seed, width, whether DrugProt trains too): teachers that differ err differently
_TEACHERS = ((0, 96, True), (1, 96, False), (2, 128, True), (3, 128, False))
_TEACHER_EPOCHS = 4
_STUDENT_EPOCHS = 5


@dataclass(frozen=True, slots=True)
class Trained:
    """What the recipe leaves: weights, the words of the vectors, and how much it read."""

    shape: Shape
    arrays: dict[str, Scores]
    words: tuple[str, ...]
    calibration: dict[EntityType, list[float]]
    documents: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Lesson:
    """What one teacher is made of; picklable."""

    examples: list[Example]
    shape: Shape
    vectors: Scores
    seed: int

    def teach(self) -> dict[str, Scores]:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        name = f"teacher {self.seed}"
        return get_arrays(
            train_network(self.examples, self.shape, self.vectors, epochs=_TEACHER_EPOCHS, seed=self.seed, name=name)
        )


def train_recogniser(
    folder: Path, texts: Sequence[Path], held_out: frozenset[str], concepts: ConceptTable, *, seed: int, workers: int
) -> Trained:
    """Run the recipe on a data folder and on PubMed files of unlabelled abstracts."""
    every = list(training_samples(folder, held_out))
    samples = [s for s in every if not calibrates(s.document.id)]
    closed = closed_ids(folder, held_out) | {s.document.id for s in every}
    unlabelled = list(read_texts(texts, closed))
    _log.info("%d annotated documents, %d abstracts without labels", len(samples), len(unlabelled))
    read = [document.text for document in unlabelled] + [sample.document.text for sample in samples]
    words, vectors = learn_vectors([_words(text) for text in read], seed)
    numbers = {word: row for row, word in enumerate(words, 1)}
    recogniser = DictionaryRecogniser(concepts)
    gold = [(sample, gold_example(recogniser, sample, numbers)) for sample in samples]
    silver = [silver_example(recogniser, d, numbers) for d in drawn(unlabelled, _SILVER, _LENGTHS)]
    _log.info("hints read; teachers begin")
    teachers = _teachers(gold, vectors, seed, workers)
    examples = _taught([example for _, example in gold] + silver, teachers)
    shape = Shape(tuple(COLUMNS.values()), LABELS)
    student = train_network(examples, shape, vectors, epochs=_STUDENT_EPOCHS, seed=seed, name="student")
    apart = [s for s in every if calibrates(s.document.id) and s.corpus != DRUGPROT]
    calibration = fit_calibration(apart, student, recogniser, numbers)
    counts = {"annotated": len(samples), "silver": len(silver), "for vectors": len(read), "calibration": len(apart)}
    return Trained(shape, {"vectors": vectors, **get_arrays(student)}, tuple(words), calibration, counts)


def _teachers(gold: Sequence[tuple[Sample, Example]], vectors: Scores, seed: int, workers: int) -> list[Network]:
    """Networks that saw different corpora from different beginnings; BioRED, which has all types, is read twice."""
    lessons = []
    for number, width, with_drugprot in _TEACHERS:
        chosen = [e for s, e in gold for _ in range(1 + (s.corpus == BIORED)) if with_drugprot or s.corpus != DRUGPROT]
        shape = Shape(tuple(COLUMNS.values()), LABELS, width=width)
        lessons.append(_Lesson(chosen, shape, vectors, 100 * seed + number))
    with ProcessPoolExecutor(max_workers=workers) as pool:
        learnt = list(pool.map(_Lesson.teach, lessons))
    networks = []
    for lesson, arrays in zip(lessons, learnt, strict=True):
        network = build_network(lesson.shape, vectors)
        set_arrays(network, arrays)
        networks.append(network)
    return networks


def _taught(examples: Sequence[Example], teachers: Sequence[Network]) -> list[Example]:
    """Each example with the teachers' mean opinion, kept in 16 bits."""
    taught = []
    for example in examples:
        if not example.open.any():
            taught.append(example)
            continue
        opinions = [predict(teacher, example.features) for teacher in teachers]
        mean = np.mean(opinions, axis=0).astype(np.float16)
        taught.append(example.taught(mean))
    return taught


def _words(text: str) -> list[str]:
    return [text[start:end].lower() for start, end in tokenise(text)]
