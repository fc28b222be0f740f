import json
from pathlib import Path

import pytest

from corpus.records import Article
from miner.errors import MinerInputError
from miner.evaluation.findings import labelled_findings, read_findings, score_findings
from miner.findings import MinedArticle
from miner.relate import relate
from miner.train.labelled import Labelled, sentence_digest
from tests.miner.marked import document, read_marks

GOLD: dict[str, object] = {
    "kind": "efficacy",
    "relation": "benefit",
    "drugs": ["Alphanib"],
    "comparators": [],
    "prior": [],
    "genes": [],
    "variants": [],
    "disease": "glioma",
    "event": None,
    "certainty": "asserted",
    "subject": "patients",
}
SENTENCES = {
    "one": "{D alphanib} improved survival versus {D betamab} in {S glioma}.",
    "two": "{D betamab} improved survival in {S glioma}.",
    "three": "Our aim was to test whether {D betamab} improves survival in {S glioma}.",
}


def annotate(id: str, title: str, text: str) -> MinedArticle:
    doc = document(SENTENCES.get(id, text), title=title)
    return MinedArticle(id, "", doc.mentions, relate(doc)[0])


def write_gold(path: Path, findings: dict[str, list[dict[str, object]]]) -> Path:
    rows = [
        {"id": key, "title": "Report", "sentence": read_marks(SENTENCES[key])[0], "findings": value}
        for key, value in findings.items()
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_counts_right_extra_missed_and_left_alone(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold.jsonl", {"one": [GOLD, {**GOLD, "drugs": ["x"]}], "two": [], "three": []})
    report = score_findings(read_findings(gold), annotate)
    everything = report.scores[0]
    assert (everything.right, everything.extracted, everything.gold) == (1, 2, 2)
    assert (everything.precision, everything.recall, everything.f1) == (0.5, 0.5, 0.5)
    assert (report.empty_sentences, report.left_alone) == (2, 1)
    assert sorted((e.id, e.kind) for e in report.errors) == [("one", "missed"), ("two", "extra")]
    assert len(list(report.error_rows())) == 2


@pytest.mark.parametrize(
    "change",
    [{"relation": "no_benefit"}, {"drugs": ["betamab"]}, {"drugs": ["alphanib", "betamab"]}, {"genes": ["EGFR"]}],
)
def test_direction_drugs_and_genes_must_agree(tmp_path: Path, change: dict[str, object]) -> None:
    report = score_findings(read_findings(write_gold(tmp_path / "gold.jsonl", {"one": [{**GOLD, **change}]})), annotate)
    assert report.scores[0].right == 0


def test_unreadable_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "one"}\n')
    with pytest.raises(MinerInputError, match="line 1"):
        list(read_findings(path))


def test_label_file_is_scored_where_its_sentences_still_stand() -> None:
    sentence = read_marks(SENTENCES["one"])[0]
    text = f"Report {sentence}"
    row = Labelled(7, 7, len(text), sentence_digest(sentence), json.dumps([GOLD]))
    gold = list(labelled_findings([row], [Article(7, 1, "Report", text)]))
    assert [(g["title"], g["sentence"]) for g in gold] == [("Report", sentence)]
    report = score_findings(gold, lambda id, title, text: annotate("one", title, text))
    assert (report.scores[0].right, report.scores[0].gold) == (1, 1)
    assert [(j.type, j.right) for j in report.judged] == [("efficacy", True)]
    assert list(labelled_findings([row], [Article(7, 1, "Report", text.upper())])) == []
