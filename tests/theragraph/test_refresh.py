"""The nightly job through the command, against the emulated PubMed, with the dictionary and the embedded engine."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.store import CorpusStore
from tests.corpus.test_harvest_saved import held
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.holdings import Holdings
from tests.pubmed_service.service import Service, serving
from tests.theragraph.conftest import Run

TODAY = date.today().isoformat()
FIRST = "Osimertinib prolonged survival in patients with lung adenocarcinoma."


@pytest.fixture
def pubmed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr("corpus.entrez._FIRST_PAUSE_S", 0.0)
    with serving(Service(Holdings())) as service:
        service.holdings.put([held(1, FIRST), held(2, "Gefitinib in lung cancer: a study."), held(3, "A lung study.")])
        monkeypatch.setenv("THERAGRAPH_NCBI_EUTILS_URL", f"{service.url}/entrez/eutils/")
        monkeypatch.setenv("THERAGRAPH_NCBI_FILES_URL", f"{service.url}/pubmed/")
        monkeypatch.setenv("THERAGRAPH_RECOGNISER_NAME", "dictionary")
        monkeypatch.setenv("THERAGRAPH_MINING_WORKERS", "1")
        yield service


@pytest.fixture
def home(tmp_path: Path, run: Run, pubmed: Service) -> Iterator[Path]:
    folder = tmp_path / "home"
    assert run("--home", folder, "harvest", "search", "lung[tiab]", "--save", "lung")[0] == 0
    yield folder
    run("--home", folder, "stop")


def night(run: Run, home: Path, *more: object) -> tuple[int, dict[str, object]]:
    code, out, _ = run("--home", home, "refresh", "--format", "json", *more)
    return code, json.loads(out) if out.startswith("{") else {}


def test_nights_of_news_and_of_none(run: Run, home: Path, pubmed: Service) -> None:
    code, first = night(run, home)
    assert (code, first["studies"]) == (0, {})
    [search] = first["searches"]  # type: ignore[misc]
    assert (search["count"], search["entered"]) == (3, [])

    pubmed.holdings.put(
        [held(4, "Erlotinib in lung cancer: a study."), held(3, "A revised lung study.", revised=TODAY)]
    )
    pubmed.holdings.remove(2)
    code, second = night(run, home)
    assert code == 0
    assert second["studies"] == {"new": [4], "revised_text": [3], "deleted": [2]}
    [search] = second["searches"]  # type: ignore[misc]
    assert (search["entered"], search["left"], search["deleted"]) == ([4], [], [2])
    assert len(list((home / "reports").glob("*.md"))) >= 1

    asked = len(pubmed.requests)
    code, third = night(run, home)
    assert (code, third["studies"], third["claims"], third["cells"]) == (0, {}, [], [])
    assert third["load"]["digest"] == second["load"]["digest"]  # type: ignore[index]
    assert len(pubmed.requests) - asked <= 3


def test_a_dry_run_changes_nothing(run: Run, home: Path, pubmed: Service) -> None:
    with CorpusStore.open(home / "corpus.db") as store:
        before = (store.digest(), store.changes(), store.run_entries("lung"), store.watermark("lung"))
    pubmed.holdings.put([held(4, "Erlotinib in lung cancer: a study.")])
    code, out, _ = run("--home", home, "refresh", "--dry-run")
    assert code == 0
    assert "search lung: PubMed finds 4 records now, 3 in the last run" in out
    assert sorted(path.name for path in home.iterdir()) == ["corpus.db", "lock"]
    with CorpusStore.open(home / "corpus.db") as store:
        assert (store.digest(), store.changes(), store.run_entries("lung"), store.watermark("lung")) == before


def test_no_corpus_is_wrong_use_and_makes_none(run: Run, tmp_path: Path, pubmed: Service) -> None:
    code, _, err = run("--home", tmp_path / "none", "refresh")
    assert (code, "there is no corpus" in err) == (2, True)
    assert not (tmp_path / "none").exists()


def test_a_second_run_ends_at_once(run: Run, home: Path) -> None:
    with FileLock(home / "lock"):
        code, _, err = run("--home", home, "refresh")
    assert (code, "another theragraph command" in err) == (4, True)


def test_a_service_that_is_down_changes_nothing_and_is_told(run: Run, home: Path, pubmed: Service) -> None:
    pubmed.faults.append(Fault("502", "", times=1000))
    code, out, _ = run("--home", home, "refresh")
    assert code == 3
    assert "nothing was reached" in out
    assert "HTTP 502" in out
    pubmed.faults.clear()
    assert night(run, home)[0] == 0


def test_updates_are_followed_beside_searches(run: Run, home: Path, pubmed: Service) -> None:
    from tests.corpus.test_harvest_nlm import DAY, packed

    pubmed.holdings.remove(3)
    pubmed.publish(DAY.format(1335), packed(held(9, "A study of lung and kinase.").xml.decode(), deleted=(3,)))
    code, told = night(run, home, "--updates")
    assert code == 0
    assert told["studies"] == {"new": [9], "deleted": [3]}
    assert told["updates"]["new"] == 1  # type: ignore[index]


def test_nothing_to_follow_says_what_to_do(run: Run, tmp_path: Path, pubmed: Service) -> None:
    CorpusStore.open(tmp_path / "corpus.db", create=True).close()
    code, _, err = run("--home", tmp_path, "refresh")
    assert (code, "--save NAME" in err) == (2, True)
