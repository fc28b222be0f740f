from dataclasses import replace
from pathlib import Path

import pytest

from miner.evaluation.page import page
from miner.evaluation.quality import Quality, measure
from miner.evaluation.sets import SETS, Training, kept_documents, load_set, mention_counts, training
from miner.findings import Mention, MinedArticle
from miner.gold import GoldDocument, GoldMention
from miner.train.corpora import kept_for_scores
from tests.miner.tiny import TinyTable, tiny_concepts

WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
BC5CDR = SETS[0]
KEPT = next(str(number) for number in range(100) if kept_for_scores(str(number)))
NOT_KEPT = next(str(number) for number in range(100) if not kept_for_scores(str(number)))


def write(data: Path, file: str, text: str) -> None:
    path = data / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def pubtator(id: str, text: str = "Gefitinib in lung cancer") -> str:
    return (
        f"{id}|t|{text}\n{id}|a|Words.\n{id}\t0\t9\tGefitinib\tChemical\tD1\n{id}\t13\t24\tlung cancer\tDisease\tD2\n\n"
    )


def read(id: str, title: str, text: str) -> list[Mention]:
    drug = Mention(0, 9, "Gefitinib", "drug", "substance", "UNII:S65743JHBS", "gefitinib", 0.9)
    return [drug, Mention(18, 24, "cancer", "disease", "", None, "cancer", 0.4)]


def measured(data: Path) -> Quality:
    return measure(data, "dictionary", lambda id, title, text: MinedArticle(id, ""), read, TinyTable(tiny_concepts()))


def test_a_document_that_meets_training_is_left_out(tmp_path: Path) -> None:
    shared = f"Gefitinib in lung cancer {WORDS}"
    write(tmp_path, BC5CDR.file, pubtator("1") + pubtator("2", shared) + pubtator("3"))
    trained = Training([GoldDocument("1", "", "other text", ()), GoldDocument("9", "", f"begins so {WORDS}", ())])
    loaded = load_set(tmp_path, BC5CDR, trained)
    assert loaded is not None
    assert [d.id for d in loaded.documents] == ["3"]
    assert loaded.left_out == 2


def test_training_is_empty_without_its_corpora(tmp_path: Path) -> None:
    assert len(training(tmp_path)) == 0


def test_a_set_that_is_not_there_is_no_set(tmp_path: Path) -> None:
    assert load_set(tmp_path, BC5CDR, Training(())) is None


def test_types_that_a_set_means_otherwise_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, BC5CDR.file, pubtator("1"))
    loaded = load_set(tmp_path, replace(BC5CDR, types=frozenset(("disease",))), Training(()))
    assert loaded is not None
    assert mention_counts(loaded.documents) == {"disease": 1}


def test_the_kept_part_follows_the_rule_of_the_recipe(tmp_path: Path) -> None:
    documents = [GoldDocument(id, "", "text", (GoldMention(0, 4, "disease"),)) for id in (KEPT, NOT_KEPT)]
    assert [d.id for d in kept_documents(documents)] == [KEPT]
    ncbi = next(about for about in SETS if about.kept)
    write(tmp_path, ncbi.file, pubtator(KEPT) + pubtator(NOT_KEPT))
    loaded = load_set(tmp_path, ncbi, Training(()))
    assert loaded is not None
    assert [d.id for d in loaded.documents] == [KEPT]


def test_the_page_says_scores_splits_and_how_to_repeat_them(tmp_path: Path) -> None:
    write(tmp_path, BC5CDR.file, pubtator("1") + pubtator("2"))
    write(tmp_path, "challenges/dev.tsv", "id\tclasses\tpolarity\ttitle\tsentence\na\tcost\tbarrier\tReport\tText.\n")
    text = page(measured(tmp_path))
    assert "| BC5CDR | strict | all | 50.0 (50.0-50.0) | 50.0 (50.0-50.0) | 50.0 (50.0-50.0) | 2 | 4 | 4 |" in text
    assert "| BC5CDR | relaxed | disease | 100.0 (100.0-100.0) |" in text
    assert "| BC5CDR | document | disease | | 0.0 (0.0-0.0) |" in text.replace("|  |", "| |")
    assert "`ner/bc5cdr_dev.pubtator` | development | 2 | 0 | disease 2, drug 2 |" in text
    assert "Not in the data folder this time: BioRED, NCBI Disease, BC2GM, BioNLP13CG." in text
    assert "theragraph evaluate linking DATA/ner/bc5cdr_dev.pubtator\n" in text
    assert "| `challenges/dev.tsv` | 1 | any challenge |" in text
    assert str(tmp_path) not in text
    assert "| drug | 2 | 0.100 |" in text
    assert "| disease | 2 | 0.400 |" in text


def test_the_page_shows_gold_of_others_with_its_command(tmp_path: Path) -> None:
    write(tmp_path, "sentences/bioscope_abstracts.xml.gz", "<a><DocID>1</DocID><sentence>It rained.</sentence></a>")
    text = page(measured(tmp_path))
    assert "\ntheragraph evaluate scope DATA/sentences/bioscope_abstracts.xml.gz\n" in text
    assert "1 sentences of 1 abstracts (Vincze et al. 2008)" in text
    assert "| sentence | negation |  |  |  | 0 | 0 | 0 |" in text
    assert "CIViCmine" not in text


def test_the_page_is_the_same_every_time(tmp_path: Path) -> None:
    write(tmp_path, BC5CDR.file, pubtator("1") + pubtator("2"))
    assert page(measured(tmp_path)) == page(measured(tmp_path))


def test_each_text_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, BC5CDR.file, pubtator("1") + pubtator("2"))
    seen = []

    def counting(id: str, title: str, text: str) -> list[Mention]:
        seen.append(id)
        return read(id, title, text)

    measure(tmp_path, "x", lambda id, title, text: MinedArticle(id, ""), counting, TinyTable(tiny_concepts()))
    assert seen == ["1", "2"]


@pytest.mark.parametrize("about", SETS, ids=lambda about: about.name)
def test_every_set_names_its_split_and_source(about) -> None:  # type: ignore[no-untyped-def]
    assert about.split
    assert about.source[-4:].isdecimal()
    assert about.types


def test_the_committed_page_is_of_these_sets() -> None:
    text = (Path(__file__).parents[3] / "docs" / "quality.md").read_text(encoding="utf-8")
    for about in SETS:
        assert f"| {about.name} ({about.source}) | `{about.file}` | {about.split} |" in text
