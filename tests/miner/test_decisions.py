"""Judgements are kept, migrated, applied to findings, and found again under today's ids."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from miner.decisions import Correction, DecisionStore, Judgement, Origin, renewed
from miner.errors import StoreError
from miner.findings import Finding, Participant, finding_id

SENTENCE = "Alphanib was effective in lung cancer with GEN1 T790M."
WHO = (("disease", "MONDO:1"), ("drug", "UNII:OLD"), ("variant", "TGV:HGNC:7:p.T790M"))
FINDING = Finding(
    *("predictive", "sensitivity", "supports", "asserted", "patients", 0, len(SENTENCE)),
    finding_id("5", SENTENCE, "predictive", "sensitivity", "supports", WHO),
    drugs=(Participant("UNII:OLD", "alphanib"),),
    variants=(Participant("TGV:HGNC:7:p.T790M", "GEN1 T790M"),),
    disease=Participant("MONDO:1", "lung cancer"),
    level="B",
    level_trace=("design: cohort",),
)
ORIGIN = Origin(5, SENTENCE, "predictive", "sensitivity", "supports", WHO)


def test_judgements_are_kept_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    with DecisionStore.open(path) as store:
        store.put(Judgement("b", "wrong", note="comparator"))
        store.put(Judgement("a", "right", level="B", judged_by="reader", origin=ORIGIN))
        store.put(Judgement("b", "corrected", level="none", correction=Correction("efficacy", "benefit")))
    with DecisionStore.open(path) as store:
        assert store.get("b") == Judgement("b", "corrected", level="none", correction=Correction("efficacy", "benefit"))
        assert store.get("c") is None
        kept = list(store.list())
        assert [j.finding_id for j in kept] == ["a", "b"]
        assert [j.origin for j in kept] == [ORIGIN, None]
        assert store.remove("a") is True
        assert store.remove("a") is False


def test_a_change_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    with DecisionStore.open(tmp_path / "decisions.db") as store:
        store.put(Judgement("a", "right"))
        broken = Judgement("c", "right", note=("no", "text"))  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="cannot be written"):
            store.change([Judgement("b", "wrong"), broken], withdrawn=["a"])
        assert [j.finding_id for j in store.list()] == ["a"]
        store.change([Judgement("b", "wrong")], withdrawn=["a"])
        assert [j.finding_id for j in store.list()] == ["b"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verdict": "maybe"}, "use one of right"),
        ({"verdict": "right", "level": "F"}, "use one of A"),
        ({"verdict": "right", "correction": Correction("safety")}, "with the verdict right"),
    ],
)
def test_unknown_values_are_refused(fields: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Judgement("a", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "harm"}, "use one of predictive"),
        ({"relation": "cures"}, "use one of sensitivity"),
        ({"kind": "efficacy", "relation": "sensitivity"}, "use one of benefit, no_benefit"),
        ({"polarity": "yes"}, "use one of supports"),
        ({"certainty": "sure"}, "use one of asserted"),
    ],
)
def test_unknown_corrections_are_refused(fields: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Correction(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        (Correction(relation="benefit"), "relation"),
        (Correction("efficacy"), "relation"),
        (Correction("safety", "causes"), "kind"),
        (Correction(polarity="does_not_support"), "polarity"),
        (Correction(relation="resistance", polarity="does_not_support"), None),
        (Correction("prognostic", "better_outcome"), None),
        (Correction(certainty="aim"), None),
        (Correction(), None),
    ],
)
def test_a_correction_must_fit_its_finding(correction: Correction, field: str | None) -> None:
    misfit = correction.misfit(FINDING)
    assert (misfit[0] if misfit else None) == field


def test_a_judgement_changes_what_it_states_and_keeps_the_id() -> None:
    judged = Judgement(FINDING.id, "corrected", "D", correction=Correction(relation="resistance", certainty="aim"))
    found = judged.applied(FINDING)
    assert (found.id, found.kind, found.relation, found.certainty) == (FINDING.id, "predictive", "resistance", "aim")
    assert (found.level, found.level_trace) == ("D", ("design: cohort", "human judgement: D"))
    assert found.drugs == FINDING.drugs
    assert Judgement(FINDING.id, "right", "B").applied(FINDING) == FINDING
    none = Judgement(FINDING.id, "right", "none").applied(FINDING)
    assert (none.level, none.level_trace[-1]) == (None, "human judgement: none")


def test_a_corrected_kind_leaves_out_the_roles_it_lacks() -> None:
    judged = Judgement(FINDING.id, "corrected", correction=Correction("prognostic", "worse_outcome"))
    assert judged.applied(FINDING).participants == (("disease", "MONDO:1"), ("variant", "TGV:HGNC:7:p.T790M"))


def test_a_judgement_is_found_again_under_todays_ids() -> None:
    today = {"UNII:OLD": "UNII:NEW", "HGNC:7": "HGNC:8"}
    who = (("disease", "MONDO:1"), ("drug", "UNII:NEW"), ("variant", "TGV:HGNC:8:p.T790M"))
    new_id = finding_id("5", SENTENCE, "predictive", "sensitivity", "supports", who)
    old = Judgement(FINDING.id, "wrong", origin=ORIGIN)

    def current(concept_id: str) -> str:
        return today.get(concept_id, concept_id)

    assert ORIGIN.finding_id() == FINDING.id
    assert [j.finding_id for j in renewed([old], current)] == [FINDING.id, new_id]
    own = Judgement(new_id, "right")
    assert renewed([old, own], current) == [old, own]
    assert renewed([replace(old, origin=Origin(5))], current) == [old]
    assert renewed([old], lambda concept_id: concept_id) == [old]


#: the table as version 1 made it
FORMER = """
CREATE TABLE judgement (
    finding_id TEXT PRIMARY KEY,
    verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'corrected')),
    level TEXT NOT NULL DEFAULT '' CHECK (level IN ('', 'A', 'B', 'C', 'D', 'E')),
    note TEXT NOT NULL DEFAULT '',
    judged_by TEXT NOT NULL DEFAULT ''
) STRICT
"""


def test_a_store_of_the_former_layout_keeps_every_judgement(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    with sqlite3.connect(path) as connection:
        connection.execute(FORMER)
        rows = [("a", "right", "", "", ""), ("b", "corrected", "D", "mice", "reader")]
        connection.executemany("INSERT INTO judgement VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    for _ in range(2):
        with DecisionStore.open(path) as store:
            assert list(store.list()) == [Judgement("a", "right"), Judgement("b", "corrected", "D", "mice", "reader")]
    with DecisionStore.open(path) as store:
        store.put(Judgement("b", "corrected", "none", correction=Correction(relation="no_effect")))
        assert store.get("b") == Judgement("b", "corrected", "none", correction=Correction(relation="no_effect"))


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreError, match="decision store"):
        DecisionStore.open(path)


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="upgrade"):
        DecisionStore.open(path)
