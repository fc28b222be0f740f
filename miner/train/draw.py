"""Draw sentences to be labelled: `python -m miner.train.draw PUBMED_FILE DATA_FOLDER --reader MODULE:FUNCTION ...`.

Writes challenges_drawn.jsonl and findings_drawn.jsonl with the sentences and their neighbours, both again in part
files, and drawn_counts.json. The order is shuffled; the same file, folder, vocabulary and seed give the same bytes.
Nothing comes from a PMID that is held out or in a development set.

The reader is named and not imported, since this package knows articles but not their formats; the project's own is
corpus.pubmed_xml:read_items. It is called with a binary stream and a name and yields (position, item).
"""

import argparse
import gzip
import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import IO, Any, cast

from corpus.records import Article
from miner.document import Document
from miner.pipeline import document_of
from miner.recognise import DictionaryRecogniser, Recogniser
from miner.sentences import split_sentences
from miner.train.draw_challenges import Caught, catch, draw_challenges
from miner.train.draw_findings import FindingDrawing, find_cues
from miner.train.drawn import closed_pmids, shuffled, write_drawn
from miner.train.nets import read_nets

_log = logging.getLogger(__name__)

Reader = Callable[[Any, str], Iterable[tuple[int, object]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, write, and log the counts."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.draw", description=__doc__)
    parser.add_argument("file", type=Path, help="PubMed XML file, gzipped or not")
    parser.add_argument("data", type=Path, help="folder with held_out_pmids.txt, challenges/ and findings/")
    parser.add_argument("--reader", required=True, type=resolve_name, help="corpus.pubmed_xml:read_items")
    parser.add_argument("--cache", type=Path, required=True, help="cache folder of the vocabularies")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for the drawn sentences; holds publishers' text"
    )
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    from miner.concept_store import open_concepts

    documents = list(read_open(options.file, options.reader, closed_pmids(options.data)))
    _log.info("%d abstracts are open", len(documents))
    options.out.mkdir(parents=True, exist_ok=True)
    draw(documents, DictionaryRecogniser(open_concepts(options.cache)), options.seed, options.out)
    return 0


def read_open(path: Path, reader: Reader, closed: Collection[str]) -> Iterator[Document]:
    """The file's records with an abstract whose PMID is not closed, split into sentences; the last version of each."""
    newest: dict[int, Article] = {}
    with path.open("rb") as raw:
        stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if path.suffix == ".gz" else raw
        for _, item in reader(stream, path.name):
            if isinstance(item, Article) and item.abstract and str(item.pmid) not in closed:
                newest[item.pmid] = item
    for article in newest.values():
        document = document_of(article)
        yield replace(document, sentences=split_sentences(document.text, document.passages))


def draw(documents: Sequence[Document], recogniser: Recogniser, seed: int, out: Path) -> None:
    """Draw for both tasks and write everything."""
    nets = read_nets()
    caught = catch(documents, nets)
    challenges = shuffled(draw_challenges(caught, nets, seed), seed, "c")
    write_drawn(out, "challenges", challenges)
    _log.info("%d sentences drawn for challenges", len(challenges))
    cued = find_cues(documents, nets)
    drawing = FindingDrawing(recogniser, seed)
    findings = shuffled(drawing.draw(cued, nets), seed, "f")
    write_drawn(out, "findings", findings)
    _log.info("%d sentences drawn for findings", len(findings))
    counts = {
        "abstracts": len(documents),
        "challenges": _challenge_counts(caught),
        "findings": {
            name: {
                "cued": len(cued[name, True]) + len(cued[name, False]),
                "looked at": looked,
                "drawn": drawing.fitting[name],
            }
            for name, looked in drawing.looked.items()
        },
    }
    (out / "drawn_counts.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


def _challenge_counts(caught: Caught) -> dict[str, dict[str, list[int]]]:
    """Class -> stratum -> sentences caught and drawn."""
    counts: dict[str, dict[str, list[int]]] = {}
    for name, stratum in sorted({*caught.found, *caught.drawn}):
        place = (name, stratum)
        counts.setdefault(name, {})[stratum] = [caught.found[place], caught.drawn[place]]
    counts["random"]["random"][0] = len(caught.in_scope)
    return counts


if __name__ == "__main__":
    raise SystemExit(main())
