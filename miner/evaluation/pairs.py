"""Drug-gene pairs of predictive findings against sentences in brat standoff, as CIViCmine's annotators left them.

Of each NAME.txt (a sentence) NAME.a1 has the entities and NAME.a2 the relations; a pair is gold where a relation
Predictive has a drug and a gene. Entities are read by this project from the plain text, and a pair of a finding agrees
with a gold pair when a mention of its gene overlaps the gold's gene and a mention of its drug the gold's drug; each
agrees with one at most. A pair that a sentence names twice is one. Gold needs gene, drug and cancer in one sentence,
and entities of CIViCmine's vocabularies, so pairs are counted twice over: all, and only those whose gene and drug are
annotated at all.

The threshold is not fitted on what it is scored on: for each fifth of the sentences it is the lowest confidence whose
precision on the other four reaches the wanted one, and failing that, the one of the best precision there.
"""

import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path, PurePosixPath

from miner.errors import MinerInputError
from miner.evaluation.intervals import Counts, Estimate, Key, estimates
from miner.evaluation.pairing import pair
from miner.evaluation.scores import Annotate, ScoredError
from miner.findings import MinedArticle, Participant

FOLDS = 5
#: precision of CIViCmine's own threshold for predictive relations (Lever et al. 2019)
WANTED_PRECISION = 0.89
SCORINGS = ("all", "both annotated")
_PARTS = ("txt", "a1", "a2")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of a sentence: code points, half-open."""

    type: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class PairSentence:
    """A sentence with its entities and the names of gene and drug of each predictive relation, each pair once."""

    id: str
    text: str
    entities: tuple[GoldEntity, ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A gene and a drug that predictive findings of one sentence join."""

    gene: str
    drug: str
    #: best of the findings
    confidence: float
    #: gene and drug overlap an annotated gene and an annotated drug
    annotated: bool
    #: numbers of the gold pairs that it agrees with
    agrees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PairsReport:
    """Scores with and without a threshold, and every error without one."""

    sentences: int
    estimates: tuple[Estimate, ...]
    #: the threshold of each fold, for each way of counting
    thresholds: Mapping[str, tuple[float, ...]]
    errors: tuple[ScoredError, ...]

    def described(self, name: str) -> str:
        """What was scored, with the thresholds that were chosen."""
        chosen = "; ".join(f"{what} {', '.join(map(str, values))}" for what, values in self.thresholds.items())
        return f"{name}, {self.sentences} sentences; thresholds of the {FOLDS} folds: {chosen}"

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score."""
        return (estimate.row() for estimate in self.estimates)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error; "not annotated" are extra pairs of which gold does not know one side."""
        return ({"id": e.id, "error": e.kind, "pair": e.what, "sentence": e.sentence} for e in self.errors)


def read_pairs(path: Path) -> list[PairSentence]:
    """The sentences of a folder or of a tar archive, by name.

    Raises:
        MinerInputError: there is none, one lacks a part, or a line is no standoff.
    """
    parts = dict(_archive(path) if path.is_file() else _folder(path))
    names = sorted({name for name, part in parts if part == "txt"})
    if not names:
        raise MinerInputError(str(path), "holds no sentence; NAME.txt with NAME.a1 and NAME.a2 beside it is wanted")
    absent = [f"{name}.{part}" for name, part in product(names, _PARTS) if (name, part) not in parts]
    if absent:
        raise MinerInputError(str(path), f"lacks {', '.join(absent[:3])}; each NAME.txt needs NAME.a1 and NAME.a2")
    return [_sentence(name, *(parts[name, part] for part in _PARTS)) for name in names]


def score_pairs(sentences: Sequence[PairSentence], annotate: Annotate) -> PairsReport:
    """Scores over the sentences, each read by itself and without a title."""
    found = [_found(sentence, annotate(sentence.id, "", sentence.text)) for sentence in sentences]
    counts: dict[Key, list[Counts]] = {}
    thresholds = {}
    for scoring in SCORINGS:
        counted = [[p for p in pairs if scoring == "all" or p.annotated] for pairs in found]
        chosen = tuple(_threshold(sentences, counted, fold) for fold in range(FOLDS))
        thresholds[scoring] = chosen
        counts[scoring, "every confidence"] = [_counts(s, p, 0.0) for s, p in zip(sentences, counted, strict=True)]
        counts[scoring, "threshold of the other folds"] = [
            _counts(s, p, chosen[number % FOLDS]) for number, (s, p) in enumerate(zip(sentences, counted, strict=True))
        ]
    errors = tuple(error for s, pairs in zip(sentences, found, strict=True) for error in _errors(s, pairs))
    return PairsReport(len(sentences), estimates(counts), thresholds, errors)


def _found(sentence: PairSentence, mined: MinedArticle) -> list[FoundPair]:
    best: dict[tuple[Participant, Participant], float] = {}
    for finding in mined.findings:
        if finding.kind == "predictive":
            for key in product(finding.genes, finding.drugs):
                best[key] = max(best.get(key, 0.0), finding.confidence)
    found = []
    for (gene, drug), confidence in best.items():
        genes, drugs = (set(_met(sentence, mined, p, type)) for p, type in ((gene, "gene"), (drug, "drug")))
        agrees = tuple(i for i, (g, d) in enumerate(sentence.pairs) if g.lower() in genes and d.lower() in drugs)
        found.append(FoundPair(gene.name, drug.name, confidence, bool(genes and drugs), agrees))
    return found


def _met(sentence: PairSentence, mined: MinedArticle, participant: Participant, type: str) -> Iterator[str]:
    """The lower-cased annotated entities of a type that a mention of the participant overlaps, or that bear its name.

    A gene may be named only inside a class of drugs ("EGFR TKI"), of which no mention of the gene is kept.
    """
    places = [
        (m.start, m.end)
        for m in mined.mentions
        if (m.concept_id == participant.id if participant.id else m.text.lower() == participant.name.lower())
        or (participant.id is not None and participant.id in m.gene_ids)
    ]
    for entity in sentence.entities:
        written = entity.text.lower()
        met = any(start < entity.end and entity.start < end for start, end in places)
        if entity.type == type and (met or written == participant.name.lower()):
            yield written


def _paired(sentence: PairSentence, found: Sequence[FoundPair]) -> list[tuple[int, int]]:
    return pair(found, range(len(sentence.pairs)), lambda one, number: number in one.agrees)


def _counts(sentence: PairSentence, pairs: Iterable[FoundPair], threshold: float) -> Counts:
    kept = [p for p in pairs if p.confidence >= threshold]
    return len(_paired(sentence, kept)), len(kept), len(sentence.pairs)


def _threshold(sentences: Sequence[PairSentence], found: Sequence[Sequence[FoundPair]], fold: int) -> float:
    others = [(s, p) for number, (s, p) in enumerate(zip(sentences, found, strict=True)) if number % FOLDS != fold]
    best = (-1.0, 0.0)
    for threshold in sorted({p.confidence for _, pairs in others for p in pairs}):
        right, extracted, _ = map(sum, zip(*(_counts(s, p, threshold) for s, p in others), strict=True))
        precision = right / extracted
        if precision >= WANTED_PRECISION:
            return threshold
        best = max(best, (precision, threshold))
    return best[1]


def _errors(sentence: PairSentence, found: Sequence[FoundPair]) -> Iterator[ScoredError]:
    paired = _paired(sentence, found)
    for i, p in enumerate(found):
        if i not in {left for left, _ in paired}:
            kind = "extra" if p.annotated else "not annotated"
            yield ScoredError(sentence.id, kind, f"{p.gene} - {p.drug}", sentence.text)
    for j, (gene, drug) in enumerate(sentence.pairs):
        if j not in {right for _, right in paired}:
            yield ScoredError(sentence.id, "missed", f"{gene} - {drug}", sentence.text)


def _folder(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    for file in sorted(path.rglob("*")):
        if file.suffix[1:] in _PARTS:
            yield (file.stem, file.suffix[1:]), _text(str(file), file.read_bytes())


def _archive(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                stream = archive.extractfile(member) if name.suffix[1:] in _PARTS else None
                if stream is not None:
                    yield (name.stem, name.suffix[1:]), _text(f"{path} member {member.name}", stream.read())
    except (tarfile.TarError, EOFError, OSError) as error:
        raise MinerInputError(str(path), "is neither a folder nor a whole tar archive") from error


def _text(where: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MinerInputError(where, "is not UTF-8") from error


def _sentence(name: str, text: str, entities: str, relations: str) -> PairSentence:
    try:
        known = dict(map(_entity, filter(None, entities.split("\n"))))
        pairs = {(gene.lower(), drug.lower()): (gene, drug) for gene, drug in _pairs(relations, known)}
    except (ValueError, KeyError) as error:
        raise MinerInputError(f"{name}.a1, {name}.a2", f"no brat standoff: {error}") from error
    return PairSentence(name, text.rstrip("\n"), tuple(known.values()), tuple(pairs.values()))


def _entity(line: str) -> tuple[str, GoldEntity]:
    """ "T1<tab>gene 16 23<tab>miR-451"; a discontinuous entity ("0 3;8 12") as one stretch."""
    key, place, text = line.rstrip("\r").split("\t")
    type, *numbers = place.replace(";", " ").split()
    return key, GoldEntity(type.lower(), int(numbers[0]), int(numbers[-1]), text)


def _pairs(relations: str, known: Mapping[str, GoldEntity]) -> Iterator[tuple[str, str]]:
    """Gene and drug, as written, of each "R1<tab>Predictive cancer:T4 drug:T3 gene:T2"."""
    for line in filter(None, relations.split("\n")):
        kind, *arguments = line.split("\t")[1].split()
        roles = dict(argument.split(":", 1) for argument in arguments)
        if kind == "Predictive" and {"gene", "drug"} <= roles.keys():
            yield known[roles["gene"]].text, known[roles["drug"]].text
