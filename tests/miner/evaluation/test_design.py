from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import miner.train
from miner.errors import MinerInputError
from miner.evaluation.design import DesignReport, read_design_labels, score_designs
from tests.miner.marked import document

HEADER = "pmid\thalf\tdesign\tphase\tn\ttrials\tsure"
LABELS = Path(miner.train.__file__).parent / "labels" / "designs.tsv"


def scored(tmp_path: Path, rows: Sequence[str], bodies: dict[str, str]) -> DesignReport:
    path = tmp_path / "gold.tsv"
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    documents = [replace(document(body, title="Alphanib"), id=id) for id, body in bodies.items()]
    return score_designs(read_design_labels(path), documents)


def test_rows_count_what_is_right_invented_and_missed(tmp_path: Path) -> None:
    report = scored(
        tmp_path,
        [
            "1\tmend\trandomised trial\t3\t120\tNCT00949650\tyes",
            "2\tmend\tcohort\t\t\t\tno",
            "3\tcheck\tcase report\t\t1\t\tyes",
        ],
        {
            "1": "In this phase 3 trial, 120 patients were randomized to alphanib or placebo (NCT00949650).",
            "2": "In this phase 2 trial, 40 patients were randomized to alphanib or placebo (NCT00949651).",
            "9": "Nobody labelled this one.",
        },
    )
    rows = {(row["scoring"], row["what"]): row for row in report.score_rows()}
    counts = {key: (row["right"], row["extracted"], row["gold"]) for key, row in rows.items()}
    assert counts == {
        ("design", "every article"): (1, 2, 2),
        ("design", "reader sure"): (1, 1, 1),
        ("design", "randomised trial"): (1, 2, 1),
        ("design", "cohort"): (0, 0, 1),
        ("phase", "every article"): (1, 2, 2),
        ("phase", "stated"): (1, 2, 1),
        ("patients", "every article"): (1, 2, 2),
        ("patients", "stated"): (1, 2, 1),
        ("trial ids", "stated"): (1, 2, 1),
    }
    assert report.not_found == ("3",)
    errors = [(row["pmid"], row["error"], row["gold"], row["found"]) for row in report.error_rows()]
    assert errors == [
        ("2", "design", "cohort (unsure)", "randomised trial"),
        ("2", "phase", "", "2"),
        ("2", "patients", "", "40"),
        ("2", "trials", "", "NCT00949651"),
    ]
    assert all("text: " in str(row["trace"]) for row in report.error_rows())


def test_the_later_of_two_versions_is_scored(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(f"{HEADER}\n1\tmend\tcase report\t\t1\t\tyes\n")
    texts = [document(body, title="Alphanib") for body in ("Text.", "We report a patient with glioma.")]
    assert score_designs(read_design_labels(path), texts).errors == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pmid\tdesign\n1\tcohort\n", "half, n, phase, sure, trials"),
        (f"{HEADER}\n1\tmend\tcohorts\t\t\t\tyes\n", "design is 'cohorts'"),
        (f"{HEADER}\n1\tfirst\tcohort\t\t\t\tyes\n", "half is 'first'"),
        (f"{HEADER}\n1\tmend\tcohort\t\tmany\t\tyes\n", "line 2.*whole numbers"),
        (f"{HEADER}\n1\tmend\tcohort\n", "fields"),
        (f"{HEADER}\n1\tmend\tcohort\t\t\t\tyes\n1\tmend\tcohort\t\t\t\tyes\n", "twice"),
    ],
)
def test_a_broken_file_is_said(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(text)
    with pytest.raises(MinerInputError, match=said):
        read_design_labels(path)


def test_the_committed_labels_are_two_halves_of_two_hundred() -> None:
    labels = read_design_labels(LABELS)
    assert [label.half for label in labels] == ["check", "mend"] * 100
    assert sum(label.patients is not None for label in labels) == 61
