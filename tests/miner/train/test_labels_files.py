"""The committed labels read as what they say they are, without the texts they belong to."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest

import miner.train
from miner.findings import CHALLENGE_FAMILIES, RELATIONS, Certainty, Stance, Subject
from miner.train.labelled import Labelled, read_labelled, write_labelled

_LABELS = Path(miner.train.__file__).parent / "labels"
_CLASSES = {name for family in CHALLENGE_FAMILIES.values() for name in family}


@pytest.fixture(scope="module", params=["challenges.tsv", "challenges_second.tsv"])
def file(request: pytest.FixtureRequest) -> Path:
    return _LABELS / str(request.param)


@pytest.fixture(scope="module")
def rows(file: Path) -> list[Labelled]:
    return read_labelled(file)


def _wrong(labels: Any) -> bool:
    """Not of the form, or a class or stance that the program does not know, or one without the other."""
    if not isinstance(labels, dict) or set(labels) != {"classes", "stance"}:
        return True
    classes, stance = labels["classes"], labels["stance"]
    if classes != sorted(set(classes)) or not _CLASSES.issuperset(classes):
        return True
    return stance not in get_args(Stance) if classes else stance is not None


def test_every_pass_names_known_classes_and_a_known_stance(rows: list[Labelled]) -> None:
    written = [(row, value) for row in rows for value in (row.labels, row.first, row.second) if value]
    assert [(row.pmid, row.start, value) for row, value in written if _wrong(json.loads(value))] == []


def test_every_class_and_every_stance_has_been_labelled(rows: list[Labelled]) -> None:
    assert {name for row in rows for name in row.values["classes"]} == _CLASSES
    assert {row.values["stance"] for row in rows} == {None, *get_args(Stance)}


def test_no_sentence_is_labelled_twice(rows: list[Labelled]) -> None:
    assert max(Counter(row.sha256 for row in rows).values()) == 1
    by_place = sorted((row.pmid, row.start, row.end) for row in rows)
    overlapping = [(one, two) for one, two in pairwise(by_place) if one[0] == two[0] and one[2] > two[1]]
    assert overlapping == []


def test_a_pass_is_kept_where_it_differs_and_only_there(rows: list[Labelled]) -> None:
    assert [row for row in rows if row.labels in (row.first, row.second)] == []


def test_file_is_as_the_program_writes_it(file: Path, rows: list[Labelled], tmp_path: Path) -> None:
    write_labelled(tmp_path / "again.tsv", reversed(rows))
    assert (tmp_path / "again.tsv").read_bytes() == file.read_bytes()


def test_findings_name_known_relations_and_what_is_to_mend_is_apart_from_what_checks() -> None:
    mending, checking = (read_labelled(_LABELS / name) for name in ("findings.tsv", "findings_check.tsv"))
    findings = [finding for row in (*mending, *checking) for finding in row.values]
    assert [f for f in findings if f["relation"] not in RELATIONS[f["kind"]]] == []
    assert {f["certainty"] for f in findings} == set(get_args(Certainty))
    assert {f["subject"] for f in findings} <= set(get_args(Subject))
    assert not {row.sha256 for row in mending} & {row.sha256 for row in checking}


def test_a_finding_is_judged_once_and_with_a_known_verdict() -> None:
    files = [read_labelled(_LABELS / name) for name in ("judged_findings.tsv", "judged_findings_second.tsv")]
    judged = [verdict for rows in files for row in rows for verdict in row.values]
    assert [len([v for row in rows for v in row.values]) for rows in files] == [100, 300]
    assert {v["verdict"] for v in judged} == {"right", "partly", "wrong"}
    assert [v for v in judged if bool(v["fault"]) == (v["verdict"] == "right")] == []
    assert max(Counter(v["id"] for rows in files[1:] for row in rows for v in row.values).values()) == 1
