"""What may train: nothing that a score is measured on, by id or by text, and nothing that is held out."""

from pathlib import Path

import pytest

from miner.train.corpora import CORPORA, DRUGPROT, NCBI_DISEASE, SCORED, kept_for_scores, training_samples

SHARED = " ".join(f"word{n}" for n in range(60))
KEPT = next(str(n) for n in range(900, 999) if kept_for_scores(str(n)))
TRAINS = next(str(n) for n in range(900, 999) if not kept_for_scores(str(n)))


def block(id_: str, abstract: str) -> str:
    return f"{id_}|t|Title of {id_}\n{id_}|a|{abstract}\n{id_}\t0\t5\tTitle\tGene\t1\n\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (*(c.file for c in CORPORA), *SCORED, DRUGPROT.file):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("" if name == DRUGPROT.file else block("1", "of a scored document"))
    chemprot = tmp_path / "relations/chemprot"
    chemprot.mkdir()
    for name in ("train_abstracts.tsv", "dev_abstracts.tsv"):
        (chemprot / name).write_text("50\tTitle of 50\tabstract fifty\n51\tTitle of 51\tother\n")
    (tmp_path / DRUGPROT.file).write_text("50\tT1\tGENE-Y\t0\t5\tTitle\n51\tT1\tCHEMICAL\t0\t5\tWrong\n")
    return tmp_path


def trained(folder: Path, held_out: frozenset[str] = frozenset()) -> set[str]:
    return {sample.document.id for sample in training_samples(folder, held_out)}


def test_a_scored_document_trains_neither_by_its_id_nor_by_its_text(folder: Path) -> None:
    (folder / SCORED[0]).write_text(block("1", f"{SHARED} and more of its own"))
    (folder / CORPORA[0].file).write_text(block("1", "other") + block("2", SHARED) + block("3", "quite another text"))
    assert trained(folder) == {"3", "50"}


def test_the_kept_part_of_ncbi_disease_and_what_is_held_out_never_train(folder: Path) -> None:
    (folder / NCBI_DISEASE).write_text(block(KEPT, "one text") + block(TRAINS, "another text"))
    (folder / CORPORA[0].file).write_text(block("7", "a text that is held out") + block("8", "a third text"))
    assert trained(folder, frozenset({"7"})) == {TRAINS, "8", "50"}


def test_a_document_of_two_corpora_trains_once_in_the_first(folder: Path) -> None:
    (folder / CORPORA[0].file).write_text(block("9", "a text of two corpora"))
    (folder / CORPORA[3].file).write_text(block("9", "a text of two corpora"))
    corpora = [sample.corpus for sample in training_samples(folder, ()) if sample.document.id == "9"]
    assert corpora == [CORPORA[0]]
