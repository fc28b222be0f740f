"""Readings whose truth is known, for the confidence of findings: `python -m miner.train.confidence_cases`.

Collected once, when the readings were judged, and kept as features without text: rules are mended on the judgements, so
that later rules no longer read what was found wrong, and what is left would look surer than new readings are.

A tab-separated file, UTF-8, with these columns:

    pmid      PubMed id of the abstract
    set       stated: in a sentence of findings.tsv; judged: by a reader, and to be fitted on; apart: by a reader, to
              check with; check: in a sentence of findings_check.tsv
    kind      kind of the finding
    right     yes or no: direction and main participants are those of the label, or a reader did not call it wrong
    features  as JSON: the features of miner/confidence_features.py that differ from zero
"""

import argparse
import gzip
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, BinaryIO, cast

from platformdirs import user_cache_path

from corpus.records import Article
from miner.confidence_features import Features, features
from miner.document import Document
from miner.errors import MinerInputError
from miner.evaluation.findings import agrees
from miner.findings import Finding
from miner.pipeline import document_of
from miner.recognise import Recogniser
from miner.relate import read_relations
from miner.sentences import split_sentences
from miner.train.labelled import Labelled, read_labelled, teaches, with_text

_log = logging.getLogger(__name__)
_LABELS = Path(__file__).parent / "labels"
CASES = _LABELS / "confidence_cases.tsv"
STATED, JUDGED, APART, CHECK = "stated", "judged", "apart", "check"
#: sets that are fitted on
FITTED = (STATED, JUDGED)
_COLUMNS = ("pmid", "set", "kind", "right", "features")


@dataclass(frozen=True, slots=True)
class Case:
    """A finding of the rules, and whether it is right."""

    pmid: int
    set: str
    kind: str
    right: bool
    found: Features


def main() -> None:
    """Collect the cases anew, with the rules of today."""
    parser = argparse.ArgumentParser(prog="python -m miner.train.confidence_cases", description=main.__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="PubMed XML files, gzipped, with the labelled articles")
    parser.add_argument("--reader", required=True, type=resolve_name, help="corpus.pubmed_xml:read_items")
    parser.add_argument("--cache", type=Path, default=user_cache_path("theragraph"), help="folder of the vocabularies")
    parser.add_argument("--out", type=Path, default=CASES)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")

    from miner.concept_store import open_concepts
    from miner.statistical import StatisticalRecogniser
    from miner.tagger import WEIGHTS as ENTITIES
    from miner.tagger import Tagger

    recogniser = StatisticalRecogniser(open_concepts(options.cache), Tagger(ENTITIES))
    first, second, stated, check = (
        read_labelled(_LABELS / name)
        for name in ("judged_findings.tsv", "judged_findings_second.tsv", "findings.tsv", "findings_check.tsv")
    )
    wanted = {row.pmid for row in (*first, *second, *stated, *check)}
    articles = list(_articles(options.texts, options.reader, wanted))
    cases = [*stated_cases(stated, STATED, articles, recogniser), *stated_cases(check, CHECK, articles, recogniser)]
    cases += judged_cases([row for row in second if teaches(row.pmid)], JUDGED, articles, recogniser)
    cases += judged_cases([*first, *(r for r in second if not teaches(r.pmid))], APART, articles, recogniser)
    cases = apart_from_fitted(cases)
    write_cases(options.out, cases)
    _log.info("%s", dict(Counter((case.set, case.right) for case in cases)))


def apart_from_fitted(cases: Iterable[Case]) -> list[Case]:
    """The cases without those that are to check with and stand in an abstract that is fitted on."""
    kept = list(cases)
    fitted = {case.pmid for case in kept if case.set in FITTED}
    return [case for case in kept if case.set in FITTED or case.pmid not in fitted]


def stated_cases(
    rows: Sequence[Labelled], set_: str, articles: Iterable[Article], recogniser: Recogniser
) -> Iterator[Case]:
    """What the rules read in sentences whose findings are labelled; each label is met once, first by asserted ones."""
    for row, document, findings in _read(rows, articles, recogniser):
        sentence = document.text[row.start : row.end]
        left = list(row.values)
        here = [(finding, found) for finding, found in findings if row.start <= finding.start < row.end]
        for finding, found in sorted(here, key=lambda pair: pair[0].certainty != "asserted"):
            fitting = (
                gold
                for gold in left
                if (finding.certainty != "asserted" or gold["certainty"] == "asserted")
                and agrees(finding, gold, document.mentions, sentence, row.start)
            )
            match = next(fitting, None)
            if match is not None:
                left.remove(match)
            yield Case(row.pmid, set_, finding.kind, match is not None, found)


def judged_cases(
    rows: Sequence[Labelled], set_: str, articles: Iterable[Article], recogniser: Recogniser
) -> Iterator[Case]:
    """Findings that readers judged and that the rules still read; right are those that are not wrong."""
    for row, _, findings in _read(rows, articles, recogniser):
        verdicts = {judged["id"]: judged["verdict"] for judged in row.values}
        for finding, found in findings:
            if finding.id in verdicts:
                yield Case(row.pmid, set_, finding.kind, verdicts[finding.id] != "wrong", found)


def _read(
    rows: Sequence[Labelled], articles: Iterable[Article], recogniser: Recogniser
) -> Iterator[tuple[Labelled, Document, list[tuple[Finding, Features]]]]:
    """Each row with its article, read, and the findings there with their features."""
    for row, article, _ in with_text(rows, articles):
        plain = document_of(article)
        split = replace(plain, sentences=split_sentences(plain.text, plain.passages))
        document = replace(split, mentions=recogniser.recognise(split.text, split.sentences).mentions)
        yield row, document, list(features(document, read_relations(document)[0]))


def write_cases(path: Path, cases: Iterable[Case]) -> None:
    """Write cases in order of set and PMID; values have three decimals."""
    lines = ["\t".join(_COLUMNS)]
    for case in sorted(cases, key=lambda c: (c.set, c.pmid)):
        found = json.dumps({name: round(value, 3) for name, value in sorted(case.found.items())})
        lines.append("\t".join((str(case.pmid), case.set, case.kind, "yes" if case.right else "no", found)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_cases(path: Path = CASES) -> list[Case]:
    """The cases of a file, in its order.

    Raises:
        MinerInputError: the file does not have these columns, or a row cannot be what its column says.
    """
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    if tuple(lines[0].split("\t")) != _COLUMNS:
        raise MinerInputError(str(path), f"its first line must name the columns {', '.join(_COLUMNS)}")
    cases = []
    for number, line in enumerate(lines[1:], 2):
        try:
            pmid, set_, kind, right, found = line.split("\t")
            cases.append(Case(int(pmid), set_, kind, {"yes": True, "no": False}[right], json.loads(found)))
        except (ValueError, KeyError) as error:
            raise MinerInputError(f"{path} line {number}", f"no case of the columns named above ({error})") from error
    return cases


def _articles(paths: Sequence[Path], reader: Callable[[BinaryIO, str], Any], wanted: set[int]) -> Iterator[Article]:
    for path in paths:
        with gzip.open(path) as stream:
            for _, item in reader(cast(BinaryIO, stream), path.name):
                if isinstance(item, Article) and item.pmid in wanted:
                    yield item


if __name__ == "__main__":
    main()
