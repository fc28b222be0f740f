"""Gold files scored by the pipeline of the settings, texts as annotate gives them."""

import gzip
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from miner.annotate_input import make_document
from theragraph.chain import pipeline
from theragraph.exits import UsageFailure
from theragraph.session import Session

if TYPE_CHECKING:
    from corpus.records import Article
    from miner.document import Document
    from miner.evaluation.challenges import ChallengesReport
    from miner.evaluation.complaints import ComplaintsReport
    from miner.evaluation.curated import CuratedReport
    from miner.evaluation.design import DesignReport
    from miner.evaluation.findings import FindingsReport
    from miner.evaluation.linking import LinksReport
    from miner.evaluation.mentions import MentionsReport
    from miner.evaluation.pairs import PairsReport
    from miner.evaluation.problems import ProblemsReport
    from miner.evaluation.scores import Annotate
    from miner.findings import Mention
    from miner.gold import GoldDocument
    from miner.pipeline import Pipeline

_GZIP = b"\x1f\x8b"


def score_mentions_file(session: Session, file: Path, *, kept: bool = False) -> "MentionsReport":
    """Score the mentions of a gold file, or of its documents that never train."""
    from miner.evaluation.mentions import score_mentions

    documents = _documents(file, kept=kept)
    if not any(document.mentions for document in documents):
        raise UsageFailure(f"{file} has no gold mention of a type known here{' among the documents kept' * kept}")
    return score_mentions(documents, _Reader(pipeline(session).build()).read)


def score_links_file(session: Session, file: Path, *, kept: bool = False) -> "LinksReport":
    """Score the links of a gold file, or of its documents that never train."""
    from miner.evaluation.linking import score_links

    documents = _documents(file, kept=kept)
    if not any(mention.ids for document in documents for mention in document.mentions):
        raise UsageFailure(f"{file} has no gold mention with an id{' among the documents kept' * kept}")
    return score_links(documents, _Reader(pipeline(session).build()).read, session.concepts())


def what_was_scored(file: Path, report: "MentionsReport | LinksReport", split: str, *, kept: bool) -> str:
    """The file, how much of it, and its split, which a quoted score must name."""
    said = [f"scored {file.name}", f"{report.documents} documents"]
    if kept:
        said.append("only what the recipe keeps out of training")
    if report.passed_over:
        said.append(f"{report.passed_over} gold mentions that do not stand where the file says left out")
    return f"{', '.join(said)}; {named_split(split)}"


def named_split(split: str) -> str:
    """The split as the user says it, or the reminder to say it."""
    return f"split: {split}" if split else "name its split (train, development, held out) when you quote it"


def quality_page(session: Session, data: Path) -> str:
    """The page that says how good everything is, measured on the corpora of a data folder."""
    from miner.evaluation.page import page
    from miner.evaluation.quality import measure

    mining = pipeline(session).build()
    quality = measure(
        data,
        session.settings.recogniser_name,
        _annotator(mining),
        _Reader(mining).read,
        session.concepts(),
    )
    if not quality.sets:
        raise UsageFailure(f"no known corpus is in {data}; docs/quality.md names their files")
    return page(quality)


def score_findings_file(session: Session, file: Path, texts: Path | None) -> "FindingsReport":
    """Score direction and roles of findings against labelled sentences (JSONL), or a label file and its articles."""
    from miner.evaluation.findings import labelled_findings, read_findings, score_findings
    from miner.train.labelled import read_labelled

    if texts is None and file.suffix == ".tsv":
        raise UsageFailure(f"{file} names sentences of PubMed articles; give the file that holds them with --texts")
    if texts is None:
        return score_findings(read_findings(file), _annotator(pipeline(session).build()))
    rows = read_labelled(file)
    gold = list(labelled_findings(rows, _records(texts, {str(row.pmid) for row in rows})))
    if not gold:
        raise UsageFailure(f"{texts} holds none of the sentences that {file} labels")
    return score_findings(gold, _annotator(pipeline(session).build()))


def score_challenges_file(session: Session, file: Path) -> "ChallengesReport | ProblemsReport":
    """Score classes and stance of the challenges of a gold file; of a table of problems, whether there is any."""
    from miner.evaluation.challenges import score_challenges
    from miner.evaluation.problems import holds_problems, score_problems

    annotate = _annotator(pipeline(session).build())
    return score_problems(file, annotate) if holds_problems(file) else score_challenges(file, annotate)


def score_curated_file(session: Session, file: Path, texts: Path, readable: Path) -> "CuratedReport":
    """Score the readable rows of a curated file over their abstracts."""
    from miner.evaluation.curated import read_curated, score_curated

    gold = read_curated(file, readable)
    if not any(gold.values()):
        raise UsageFailure(f"{readable} marks no row of {file} with a drug and a direction as readable")
    return score_curated(gold, texts, _annotator(pipeline(session).build()), session.concepts())


def score_pairs_path(session: Session, path: Path) -> "PairsReport":
    """Score the drug-gene pairs of the sentences in a folder or archive."""
    from miner.evaluation.pairs import read_pairs, score_pairs

    return score_pairs(read_pairs(path), _annotator(pipeline(session).build()))


def score_design_file(gold: Path, texts: Path, half: str) -> "tuple[DesignReport, str]":
    """Score designs against labels of articles that a PubMed file holds; the report, and what was scored."""
    from miner.evaluation.design import HALVES, read_design_labels, score_designs

    if half and half not in HALVES:
        raise UsageFailure(f"--half is {half!r}; give {' or '.join(HALVES)}, or leave it out for all")
    labels = [label for label in read_design_labels(gold) if not half or label.half == half]
    report = score_designs(labels, _articles(texts, {label.pmid for label in labels}))
    if not report.estimates:
        raise UsageFailure(f"{texts} holds none of the {report.labels} articles that {gold} labels")
    part = f"half: {half}" if half else "both halves; rules were mended on the half called mend"
    absent = f", {len(report.not_found)} of them not found" if report.not_found else ""
    return report, f"scored {gold.name}, {report.labels} labelled articles{absent}; {part}"


def score_complaints_file(session: Session, pack: Path | None) -> "ComplaintsReport":
    """Score a pack of complaints; None for the one that comes with the program."""
    from miner.evaluation.complaints import PACK, score_complaints

    return score_complaints(pack or PACK, _annotator(pipeline(session).build()))


class _Reader:
    """Reads mentions and draws no findings from them."""

    def __init__(self, mining: "Pipeline") -> None:
        self._mining = mining

    def read(self, name: str, title: str, text: str) -> "Sequence[Mention]":
        """The mentions of a title and what follows it."""
        return self._mining.read(make_document(name, title, text))[1].mentions


def _documents(file: Path, *, kept: bool) -> "list[GoldDocument]":
    from miner.gold import read_gold

    if not kept:
        return list(read_gold(file))
    from miner.evaluation.sets import kept_documents

    return kept_documents(read_gold(file))


def _articles(file: Path, wanted: Container[str]) -> "Iterator[Document]":
    """The wanted articles of a PubMed file as documents, in its order."""
    from miner.pipeline import document_of

    return map(document_of, _records(file, wanted))


def _records(file: Path, wanted: Container[str]) -> "Iterator[Article]":
    """The wanted articles of a PubMed file, in its order."""
    from corpus.pubmed_xml import read_items
    from corpus.records import Article

    with file.open("rb") as raw:
        packed = raw.peek(len(_GZIP)).startswith(_GZIP)
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
        for _, item in read_items(stream, str(file)):
            if isinstance(item, Article) and str(item.pmid) in wanted:
                yield item


def _annotator(mining: "Pipeline") -> "Annotate":
    """(id, title, text that follows it) -> everything it says."""
    return lambda name, title, text: mining.mine(make_document(name, title, text))
