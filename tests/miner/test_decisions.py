import sqlite3
from pathlib import Path

import pytest

from miner.decisions import DecisionStore, Judgement
from miner.errors import StoreError


def test_judgements_are_kept_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "decisions.db"
    with DecisionStore.open(path) as store:
        store.put(Judgement("b", "wrong", note="comparator"))
        store.put(Judgement("a", "right", level="B", judged_by="reader"))
        store.put(Judgement("b", "corrected", level="C"))
    with DecisionStore.open(path) as store:
        assert store.get("b") == Judgement("b", "corrected", level="C")
        assert store.get("c") is None
        assert [j.finding_id for j in store.list()] == ["a", "b"]
        assert store.remove("a") is True
        assert store.remove("a") is False


@pytest.mark.parametrize("fields", [{"verdict": "maybe"}, {"verdict": "right", "level": "F"}])
def test_unknown_values_are_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="use one of"):
        Judgement("a", **fields)  # type: ignore[arg-type]


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
