"""Names of drugs and diseases that annotators link consistently: `python -m miner.train.names DATA_FOLDER`.

Writes miner/vocabularies/learned_names.tsv from the documents that may train (see corpora.py): strings whose
annotations mean one concept, and which the vocabulary links to another or to none. Never genes: a string means the gene
of the species at hand (measured: 62 instead of 89 of 100 human genes right).
"""

import argparse
import logging
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from miner.abbreviations import find_abbreviations
from miner.concept_match import ConceptMatch
from miner.concept_store import ConceptStore, open_concepts
from miner.folding import look_up_key
from miner.gold import GoldDocument
from miner.sentences import split_sentences
from miner.span_link import SpanLinker
from miner.train.corpora import Sample, training_samples
from miner.vocabulary_files import FOLDER, LEARNED_IDS, LEARNED_NAMES

ID_COLUMNS = ("old", "current")
COLUMNS = ("name", "type", "concept", "count", "share")
TYPES = ("drug", "disease")
#: annotations of a string in at least so many documents, or so many in one document for a name of several letters
_MIN_DOCUMENTS = 2
_MIN_COUNT = 2
#: a short form is local to its text: it must mean the same in so many documents
_SHORT = 4
_MIN_DOCUMENTS_SHORT = 4
#: least share of a string's annotations that mean the concept
_MIN_SHARE = 0.9
#: least score of a link that says what a given-up id meant
_SURE_ID = 0.8
_log = logging.getLogger(__name__)

#: (look-up key, type) -> gold id -> documents, with repeats
_Seen = dict[tuple[str, str], dict[str, list[str]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table and log how many names it holds."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.names", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ner/ and held_out_pmids.txt")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    held_out = (options.data / "held_out_pmids.txt").read_text(encoding="utf-8").split()
    # the tables must not teach themselves: names are judged by a vocabulary without them
    _write(LEARNED_NAMES, COLUMNS, ())
    _write(LEARNED_IDS, ID_COLUMNS, ())
    samples = list(training_samples(options.data, held_out))
    with tempfile.TemporaryDirectory() as scratch:
        concepts = open_concepts(Path(scratch))
        names, ids = learn(samples, concepts), learn_ids(samples, concepts)
    _write(LEARNED_NAMES, COLUMNS, names)
    _write(LEARNED_IDS, ID_COLUMNS, ids)
    _log.info("wrote %d names and %d ids", len(names), len(ids))
    return 0


def _write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    lines = ["\t".join(columns), *("\t".join(row) for row in sorted(rows))]
    (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def learn_ids(samples: Iterable[Sample], concepts: ConceptStore) -> list[tuple[str, ...]]:
    """Ids that MeSH has given up since a corpus was annotated: unknown ones whose names all mean one concept."""
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sample in samples:
        for name, type_, id_ in _single(sample.document):
            if type_ in TYPES and type_ in sample.types and id_.startswith("MESH:"):
                names[id_, type_].add(name)
    match, linker = ConceptMatch(concepts), SpanLinker(concepts)
    rows: list[tuple[str, ...]] = []
    for (id_, type_), written in sorted(names.items()):
        if concepts.get(id_) or match.concept_of(id_, type_, ""):
            continue
        long = [name for name in sorted(written) if len(name) > _SHORT]
        links = [linker.link_span(name, 0, len(name), type_) for name in long]  # type: ignore[arg-type]
        found = {link.concept_id for link in links if link.score >= _SURE_ID}
        if len(found) == 1 and (concept := found.pop()):
            rows.append((id_, concept))
    return rows


def learn(samples: Iterable[Sample], concepts: ConceptStore) -> list[tuple[str, ...]]:
    """The rows of the table."""
    seen, written = _annotations(samples)
    match, linker = ConceptMatch(concepts), SpanLinker(concepts)
    rows: list[tuple[str, ...]] = []
    for (key, type_), ids in sorted(seen.items()):
        name = written[key, type_]
        total = sum(len(documents) for documents in ids.values())
        best = max(ids, key=lambda i: (len(ids[i]), i))
        share = len(ids[best]) / total
        if share < _MIN_SHARE or not _often(name, ids[best]):
            continue
        link = linker.link_span(name, 0, len(name), type_)  # type: ignore[arg-type]
        if link.concept_id and match.agrees(link.concept_id, (best,)):
            continue
        concept = match.concept_of(best, type_, name)
        if concept is not None:
            rows.append((name, type_, concept, str(len(ids[best])), f"{share:.2f}"))
    return rows


def _often(name: str, documents: Sequence[str]) -> bool:
    distinct = len(set(documents))
    if len(name) <= _SHORT:
        return distinct >= _MIN_DOCUMENTS_SHORT
    return distinct >= _MIN_DOCUMENTS or (len(documents) >= _MIN_COUNT and not name.isupper())


def _annotations(samples: Iterable[Sample]) -> tuple[_Seen, dict[tuple[str, str], str]]:
    """Every annotated string with a single id, and how it was written first; defined short forms are left out."""
    seen: _Seen = defaultdict(lambda: defaultdict(list))
    written: dict[tuple[str, str], str] = {}
    for sample in samples:
        document = sample.document
        for name, type_, id_ in _single(document):
            if type_ in sample.types and type_ in TYPES and (key := look_up_key(name)):
                seen[key, type_][id_].append(document.id)
                written.setdefault((key, type_), name)
    return seen, written


def _single(document: GoldDocument) -> Iterator[tuple[str, str, str]]:
    defined = {a.short for a in find_abbreviations(document.text, split_sentences(document.text, ()))}
    for mention in document.mentions:
        name = document.text[mention.start : mention.end]
        if len(mention.ids) == 1 and name not in defined:
            yield name, mention.type, mention.ids[0]


if __name__ == "__main__":
    raise SystemExit(main())
