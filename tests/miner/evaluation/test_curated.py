from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from miner.concepts import Concept
from miner.errors import MinerInputError
from miner.evaluation.curated import CuratedReport, read_curated, score_curated
from miner.findings import Finding, MinedArticle, Participant
from tests.miner.tiny import TinyTable, tiny_concepts

HEADER = "pmid\tgene\tdrugs\tsignificance\n"
EGFR, ALK = Participant("HGNC:3236", "EGFR"), Participant("HGNC:427", "ALK")
GEFITINIB, OSIMERTINIB = Participant("UNII:S65743JHBS", "gefitinib"), Participant("UNII:3C06JJ0Z2O", "osimertinib")
FINDING = Finding(
    "predictive", "sensitivity", "supports", "asserted", "patients", 0, 5, "x", drugs=(GEFITINIB,), genes=(EGFR,)
)


def write(folder: Path, rows: str, readable: str = "yes") -> tuple[Path, Path, Path]:
    """The three files; every row has the same word on whether it is readable."""
    names = [folder / name for name in ("rows.tsv", "readable.tsv", "texts.jsonl")]
    lines = rows.splitlines()
    names[0].write_text(HEADER + "".join(f"{line}\n" for line in lines))
    said = "".join(f"{i}\t{line.split(chr(9))[0]}\t{readable}\n" for i, line in enumerate(lines))
    names[1].write_text("row\tpmid\treadable\n" + said)
    names[2].write_text('{"pmid": 1, "title": "Title", "abstract": "Words."}\n')
    return names[0], names[1], names[2]


def scored(folder: Path, rows: str, *findings: Finding, concepts: Sequence[Concept] = ()) -> CuratedReport:
    gold, readable, texts = write(folder, rows)
    mined = MinedArticle("1", "", findings=findings)
    table = TinyTable(concepts or tiny_concepts())
    return score_curated(read_curated(gold, readable), texts, lambda id, title, text: mined, table)


def rows_of(report: CuratedReport) -> dict[tuple[object, object], tuple[object, object]]:
    return {(row["scoring"], row["what"]): (row["right"], row["gold"]) for row in report.score_rows()}


def test_rows_are_counted_as_listed_and_as_concepts(tmp_path: Path) -> None:
    gold, readable, _ = write(
        tmp_path,
        "1\tEGFR\tGefitinib\tSensitivity/Response\n"
        "1\tEGFR\tGefitinib (EGFR inhibitor 1st gen)\tResponsive\n"
        "1\tEGFR\tGefitinib\tResistance\n"
        "1\tALK\tGefitinib,Osimertinib (a, b)\tSensitivity\n"
        "1\tALK\t\tPositive\n",
    )
    found = read_curated(gold, readable)
    assert [row.described for row in found["as listed"]] == [
        "ALK sensitivity Gefitinib",
        "ALK sensitivity Osimertinib (a, b)",
        "EGFR resistance Gefitinib",
        "EGFR sensitivity Gefitinib",
        "EGFR sensitivity Gefitinib (EGFR inhibitor 1st gen)",
    ]
    assert [row.described for row in found["as concepts"]] == [
        "ALK sensitivity gefitinib + osimertinib",
        "EGFR resistance gefitinib",
        "EGFR sensitivity gefitinib",
    ]


def test_only_readable_rows_count(tmp_path: Path) -> None:
    gold, readable, _ = write(tmp_path, "1\tEGFR\tGefitinib\tSensitivity\n", readable="partly")
    assert not any(read_curated(gold, readable).values())


def test_recall_by_certainty(tmp_path: Path) -> None:
    report = scored(
        tmp_path,
        "1\tEGFR\tGefitinib\tSensitivity\n1\tALK\tOsimertinib\tResistance\n",
        FINDING,
        replace(FINDING, relation="reduced_sensitivity", genes=(ALK,), drugs=(OSIMERTINIB,), certainty="speculative"),
    )
    found = rows_of(report)
    assert found["as listed, asserted", "all"] == (1, 2)
    assert found["as listed, any certainty", "all"] == (2, 2)
    assert found["as concepts, asserted", "resistance"] == (0, 1)
    assert list(report.error_rows()) == []
    assert [(row["kind"], row["sentence"]) for row in report.found_rows()] == [("predictive", "Title")] * 2


@pytest.mark.parametrize(
    "finding",
    [
        replace(FINDING, relation="resistance"),
        replace(FINDING, relation="no_effect"),
        replace(FINDING, polarity="does_not_support"),
        replace(FINDING, kind="efficacy", relation="benefit"),
        replace(FINDING, genes=(ALK,)),
        replace(FINDING, drugs=(OSIMERTINIB,)),
        replace(FINDING, drugs=(Participant(None, "gefitinibs"),)),
    ],
)
def test_a_row_is_missed_when_direction_gene_or_drug_differ(finding: Finding, tmp_path: Path) -> None:
    report = scored(tmp_path, "1\tEGFR\tGefitinib\tSensitivity\n", finding)
    assert rows_of(report)["as concepts, any certainty", "all"] == (0, 1)
    assert {row["finding"] for row in report.error_rows()} == {
        "EGFR sensitivity Gefitinib",
        "EGFR sensitivity gefitinib",
    }


def test_a_combination_needs_all_its_drugs_as_a_concept_and_one_as_listed(tmp_path: Path) -> None:
    row = "1\tEGFR\tGefitinib,Osimertinib\tSensitivity\n"
    alone = rows_of(scored(tmp_path, row, FINDING))
    assert (alone["as listed, asserted", "all"], alone["as concepts, asserted", "all"]) == ((1, 2), (0, 1))
    both = rows_of(scored(tmp_path, row, replace(FINDING, drugs=(GEFITINIB, OSIMERTINIB))))
    assert (both["as listed, asserted", "all"], both["as concepts, asserted", "all"]) == ((2, 2), (1, 1))


def test_a_class_in_the_plural_with_its_generation_is_found(tmp_path: Path) -> None:
    drug = Participant("TGC:EGFR_TKI", "EGFR tyrosine kinase inhibitor")
    row = "1\tEGFR\tEGFR tyrosine kinase inhibitor 1st gens\tSensitivity\n"
    assert rows_of(scored(tmp_path, row, replace(FINDING, drugs=(drug,))))["as listed, asserted", "all"] == (1, 1)
    plural = row.replace(" 1st gens", "s")
    assert rows_of(scored(tmp_path, plural, replace(FINDING, drugs=(drug,))))["as listed, asserted", "all"] == (1, 1)


def test_a_class_is_found_by_a_drug_in_it(tmp_path: Path) -> None:
    concepts = [replace(c, parents=("TGC:EGFR_TKI",)) if c.id == GEFITINIB.id else c for c in tiny_concepts()]
    for drug, right in ((GEFITINIB, 1), (OSIMERTINIB, 0)):
        found = replace(FINDING, drugs=(drug,))
        report = scored(tmp_path, "1\tEGFR\tEGFR-TKI\tSensitivity\n", found, concepts=concepts)
        assert rows_of(report)["as listed, asserted", "all"] == (right, 1)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (0, "pmid\tgene\n", "columns drugs, significance are missing"),
        (0, f"{HEADER}1\t\tGefitinib\tSensitivity\n", "row 0: is marked as readable and has no gene"),
        (1, "row\tpmid\treadable\n7\t1\tyes\n", "row 7 of PMID 1"),
        (1, "row\tpmid\treadable\n0\t2\tyes\n", "row 0 of PMID 2"),
        (2, '{"pmid": 2, "abstract": "x"}\n', "does not hold the abstracts 1"),
        (2, '{"pmid": 2}\n', "line 1: not an abstract"),
    ],
)
def test_a_broken_file_is_named(file: int, text: str, said: str, tmp_path: Path) -> None:
    files = write(tmp_path, "1\tEGFR\tGefitinib\tSensitivity\n")
    files[file].write_text(text)
    with pytest.raises(MinerInputError, match=said):
        score_curated(
            read_curated(files[0], files[1]),
            files[2],
            lambda id, title, text: MinedArticle(id, ""),
            TinyTable(tiny_concepts()),
        )
