"""Findings out to people and judgements back in, on a small invented home whose graph is held in memory."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ledger import Source
from corpus.records import Article
from corpus.store import CorpusStore
from miner.decisions import Correction, DecisionStore, JudgedLevel, Judgement, Origin
from miner.findings import Finding, MinedArticle
from miner.store import FindingStore, MinedRow, MiningKey
from tests.graph.memory_engine import MemoryEngine
from tests.graph.worlds import DRUG, EVENT, OTHER_DRUG, VARIANT, Vocabulary, article, finding, mined
from tests.theragraph.conftest import Run
from theragraph.decision_file import COLUMNS, orphan_row, read_decisions, table
from theragraph.exits import UsageFailure
from theragraph.session import Session

FIRST = 'Alphanib "prolonged" survival in lung adenocarcinoma.'
SECOND = "- Betamab caused rash."
THIRD = "Alphanib met resistance with GEN1 T790M in lung adenocarcinoma."
ONE = article(1, FIRST, SECOND)
TWO = article(2, THIRD)
BENEFIT = finding(ONE, FIRST)
RASH = finding(ONE, SECOND, "safety", "causes", drugs=(OTHER_DRUG,), disease=None, event=EVENT)
RESISTANCE = finding(TWO, THIRD, "predictive", "resistance", drugs=("UNII:OLD",), variants=(VARIANT,))
RENAMED = finding(TWO, THIRD, "predictive", "resistance", drugs=(DRUG,), variants=(VARIANT,))


def mine(home: Path, study: Article, *findings: Finding) -> None:
    """As `mine` leaves it."""
    made: MinedArticle = replace(mined(*findings), id=str(study.pmid), text_digest=study.text_digest)
    with FindingStore.open(home / "findings.db") as store:
        store.put([MinedRow(MiningKey(study.pmid, 1, study.text_digest, "c", "e", "f"), made)])


def harvest(home: Path, *studies: Article) -> None:
    with CorpusStore.open(home / "corpus.db", create=True) as store:
        store.upsert(studies, Source("invented"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles with three findings; the vocabulary is invented and has one retired id."""
    engine = MemoryEngine()

    @contextmanager
    def in_memory(_: Session) -> Iterator[MemoryEngine]:
        yield engine

    monkeypatch.setattr(Session, "engine", in_memory)
    monkeypatch.setattr(Session, "concepts", lambda _: Vocabulary())
    monkeypatch.setattr("miner.concept_store.concepts_ready", lambda *_: True)
    folder = tmp_path / "home"
    folder.mkdir()
    harvest(folder, ONE, TWO)
    mine(folder, ONE, BENEFIT, RASH)
    mine(folder, TWO, RESISTANCE)
    return folder


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def judged(rows: Sequence[dict[str, str]], **cells: str) -> str:
    """The table with these cells in every row."""
    return "".join(table([row | cells for row in rows]))


def exported(run: Run, home: Path, *options: str) -> list[dict[str, str]]:
    code, out, _ = run("--home", home, "curate", "export", "-", *options)
    assert code == 0
    return rows_of(out)


def bring(run: Run, home: Path, text: str, *options: str) -> tuple[int, str, str]:
    path = home / "judged.tsv"
    path.write_text(text, encoding="utf-8")
    return run("--home", home, "curate", "import", path, *options)


def test_an_export_shows_what_a_person_needs(home: Path, run: Run) -> None:
    rows = exported(run, home)
    assert list(rows[0]) == list(COLUMNS)
    assert COLUMNS[:5] == ("id", "verdict", "level", "note", "judged_by")
    assert [row["id"] for row in rows] == [BENEFIT.id, RASH.id, RESISTANCE.id]
    assert rows[0]["sentence"] == FIRST
    assert rows[1]["sentence"] == f"'{SECOND}", "no spreadsheet may run it"
    assert rows[0]["participants"] == "alphanib (drug UNII:DRUGA); lung adenocarcinoma (disease MONDO:1)"
    assert (rows[0]["pmid"], rows[0]["suggested_level"], rows[0]["confidence"]) == ("1", "B", "0.800")
    assert {row["verdict"] for row in rows} == {""}


def test_filters_and_samples(home: Path, run: Run) -> None:
    def ids(*options: str) -> list[str]:
        return [row["id"] for row in exported(run, home, *options)]

    assert ids("--kind", "safety") == [RASH.id]
    assert ids("--pmid", "PMID:2") == [RESISTANCE.id]
    assert ids("--limit", "2") == [BENEFIT.id, RASH.id]
    assert ids("--sample", "2", "--seed", "1") == ids("--sample", "2", "--seed", "1")
    assert len({tuple(ids("--sample", "1", "--seed", str(seed))) for seed in range(20)}) == 3
    mine(home, TWO, finding(TWO, THIRD, drugs=("",)), RESISTANCE)
    assert ids("--linked", "--pmid", "2") == [RESISTANCE.id]
    bring(run, home, f"id\tverdict\n{RASH.id}\tright\n")
    assert ids("--decided") == [RASH.id]
    assert RASH.id not in ids("--undecided")


def test_judgements_go_round_and_reach_the_graph(home: Path, run: Run) -> None:
    rows = exported(run, home)
    text = "".join(
        table(
            [
                rows[0] | {"verdict": "Corrected", "corrected_relation": "no_benefit", "level": "c", "note": "=1+1"},
                rows[1] | {"verdict": "wrong"},
                rows[2] | {"note": "ask the author"},
            ]
        )
    )
    code, out, err = bring(run, home, text, "--judged-by", "reader", "--dry-run")
    assert (code, len(rows_of(out)), (home / "decisions.db").exists()) == (0, 2, False)
    assert "nothing was kept" in err
    assert bring(run, home, text, "--judged-by", "reader")[0] == 0
    code, out, err = bring(run, home, text, "--judged-by", "reader")
    assert (code, rows_of(out)) == (0, [])
    assert "0 new, 0 changed, 0 taken back, 2 as before; 1 rows without a verdict left alone (1 of them with a" in err

    again = exported(run, home)
    assert (again[0]["verdict"], again[0]["level"], again[0]["note"]) == ("corrected", "C", "'=1+1")
    assert [row["judged_by"] for row in again] == ["reader", "reader", ""]
    with DecisionStore.open(home / "decisions.db") as store:
        kept = store.get(BENEFIT.id)
    assert kept == Judgement(BENEFIT.id, "corrected", "C", "=1+1", "reader", Correction(relation="no_benefit"))
    assert kept.origin == Origin(1, FIRST, "efficacy", "benefit", "supports", BENEFIT.participants)

    _, _, err = run("--home", home, "load")
    assert "finding judged wrong 1" in err
    facts = json.loads(run("--home", home, "status", "--format", "json")[1])
    assert {name: facts["decisions"][name] for name in ("right", "wrong", "corrected", "orphaned")} == {
        "right": 0,
        "wrong": 1,
        "corrected": 1,
        "orphaned": 0,
    }
    digest = facts["graph"]["digest"]
    mine(home, ONE, RASH, replace(BENEFIT, confidence=0.8, method="a new pattern"))
    run("--home", home, "load")
    facts = json.loads(run("--home", home, "status", "--format", "json")[1])
    assert facts["graph"]["digest"] == digest, "judgements survive mining again"


def test_a_judgement_is_taken_back_by_name_only(home: Path, run: Run) -> None:
    bring(run, home, judged(exported(run, home), verdict="right"))
    bring(run, home, judged(exported(run, home)[:1], verdict=""))
    assert len(exported(run, home, "--decided")) == 3
    code, out, _ = bring(run, home, judged(exported(run, home)[:1], verdict="undecided"))
    assert (code, rows_of(out)) == (
        0,
        [{"line": "2", "id": BENEFIT.id, "before": "right", "after": "undecided"}],
    )
    assert [row["id"] for row in exported(run, home, "--decided")] == [RASH.id, RESISTANCE.id]


def test_orphaned_judgements_are_listed_and_kept(home: Path, run: Run) -> None:
    bring(run, home, judged(exported(run, home), verdict="right"))
    other = finding(ONE, FIRST, relation="no_benefit")
    mine(home, ONE, other)
    code, out, err = run("--home", home, "curate", "orphans", "--format", "json")
    found = {row["id"]: row for row in json.loads(out)}
    assert (code, set(found)) == (0, {BENEFIT.id, RASH.id})
    assert found[BENEFIT.id]["today"] == f"{other.id} efficacy no_benefit"
    assert (found[BENEFIT.id]["pmid"], found[BENEFIT.id]["sentence"]) == ("PMID:1", FIRST)
    assert "2 orphaned" in err
    backup = exported(run, home)
    assert [(row["id"], row["state"]) for row in backup][-2:] == [(key, "orphaned") for key in sorted(found)]
    assert json.loads(run("--home", home, "status", "--format", "json")[1])["decisions"]["orphaned"] == 2

    (home / "decisions.db").unlink()
    _, _, err = bring(run, home, judged(backup))
    assert "2 of the judged findings are not mined" in err
    mine(home, ONE, BENEFIT, RASH)
    assert len(exported(run, home, "--decided")) == 3
    assert json.loads(run("--home", home, "curate", "orphans", "--format", "json")[1]) == []


def test_a_judgement_follows_a_retired_concept(home: Path, run: Run) -> None:
    bring(run, home, judged(exported(run, home, "--pmid", "2"), verdict="wrong"))
    mine(home, TWO, RENAMED)
    assert RENAMED.id != RESISTANCE.id
    assert json.loads(run("--home", home, "curate", "orphans", "--format", "json")[1]) == []
    assert [row["verdict"] for row in exported(run, home, "--pmid", "2")] == ["wrong"]
    assert "finding judged wrong 1" in run("--home", home, "load")[2]


def test_a_row_needs_no_more_than_id_and_verdict(home: Path, run: Run) -> None:
    text = f"verdict\tid\nright\t{BENEFIT.id}\n\t{RASH.id}\n"
    for data in (text.encode("utf-16"), b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()):
        (home / "few.tsv").write_bytes(data)
        assert run("--home", home, "curate", "import", home / "few.tsv")[0] == 0
    with DecisionStore.open(home / "decisions.db") as store:
        [kept] = store.list()
    assert (kept.finding_id, kept.origin is not None) == (BENEFIT.id, True)


GOOD = "a" * 32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 must name the columns id and verdict"),
        ("id,verdict\nx,right\n", "separated by tabs"),
        ("id\tverdict\tverdct\n", "line 1, column verdct: is not known"),
        ("id\tverdict\tid\n", "line 1, column id: is named twice"),
        (f"id\tverdict\n{GOOD}\tmaybe\n", "line 2, column verdict: 'maybe'; use one of right, wrong"),
        (f"id\tverdict\n\n{GOOD}\tright\nabc\tright\n", "line 4, column id: 'abc' is no id"),
        (f"id\tverdict\tlevel\n{GOOD}\t\tB\n", "line 2, column verdict: is empty, but"),
        (f"id\tverdict\tlevel\n{GOOD}\tright\tF\n", "line 2, column level: 'F'; use one of A, B"),
        (f"id\tverdict\n{GOOD}\tcorrected\n", "none of level, corrected_kind"),
        (f"id\tverdict\tcorrected_kind\n{GOOD}\twrong\tsafety\n", "column corrected_kind: is filled in, but"),
        (f"id\tverdict\tcorrected_relation\n{GOOD}\tcorrected\tcures\n", "column corrected_relation: 'cures'; use"),
        (f"id\tverdict\tpmid\n{GOOD}\tright\tnine\n", "line 2, column pmid: 'nine' is no PMID"),
        (f"id\tverdict\n{GOOD}\tright\n{GOOD}\twrong\n", "line 3, column id: is judged otherwise in line 2"),
        (f"id\tverdict\n{GOOD}\tright\tmore\n", "line 2, column 3: is beyond the last column"),
        (f'id\tverdict\n{GOOD}\tright\n"open\tright\n', "is no row of tab-separated cells"),
        (f"id\tverdict\tcorrected_relation\n{BENEFIT.id}\tcorrected\tresistance\n", "efficacy goes with benefit"),
        (f"id\tverdict\tcorrected_kind\tcorrected_relation\n{BENEFIT.id}\tcorrected\tsafety\tcauses\n", "safety needs"),
    ],
)
def test_a_table_that_cannot_be_used_changes_nothing(home: Path, run: Run, text: str, said: str) -> None:
    code, out, err = bring(run, home, text)
    assert (code, out) == (2, "")
    assert "judged.tsv" in err
    assert said in err
    assert not (home / "decisions.db").exists()


def test_every_problem_is_told_at_once_up_to_a_limit() -> None:
    text = "id\tverdict\n" + f"{GOOD}\tmaybe\n" * 30
    with pytest.raises(UsageFailure, match=r"30 cells cannot be used(.|\n)*line 21, (.|\n)*and 10 more"):
        read_decisions(text.encode(), "x.tsv")


def test_a_table_in_another_encoding_is_named() -> None:
    with pytest.raises(UsageFailure, match="line 2 is not UTF-8"):
        read_decisions("id\tverdict\tnote\nx\tright\tcaf\xe9".encode("latin-1"), "x.tsv")


def test_findings_of_a_changed_article_wait_for_mining(home: Path, run: Run) -> None:
    harvest(home, replace(ONE, text=ONE.text + " More.", version=2))
    code, out, err = run("--home", home, "curate", "export", "-")
    assert (code, [row["id"] for row in rows_of(out)]) == (1, [RESISTANCE.id])
    assert "2 findings left out" in err


def test_wrong_use(home: Path, run: Run) -> None:
    (home / "there.tsv").write_text("mine")
    for arguments, said in (
        (["export", home / "there.tsv"], "--force"),
        (["export", "-", "--kind", "cure"], "predictive"),
        (["import", home / "nowhere.tsv"], "does not exist"),
    ):
        code, _, err = run("--home", home, "curate", *arguments)
        assert code == 2
        assert said in err
    assert (home / "there.tsv").read_text() == "mine"


NOTES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(str.strip)
CORRECTIONS = st.builds(
    Correction,
    polarity=st.sampled_from((None, "supports", "does_not_support")),
    certainty=st.sampled_from(("asserted", "aim")),
)


@settings(max_examples=60, deadline=None)
@given(
    NOTES.filter(lambda note: not note.startswith("'")),
    st.sampled_from(("A", "none", None)),
    CORRECTIONS,
    st.sampled_from((ONE.text, SECOND)),
)
def test_a_judgement_comes_back_as_it_went_out(
    note: str, level: JudgedLevel | None, correction: Correction, sentence: str
) -> None:
    origin = Origin(7, sentence, "target", "inhibits", "supports", (("drug", "UNII:A"), ("gene", "text:gen (x)")))
    judgement = Judgement(origin.finding_id(), "corrected", level, note, "me", correction, origin)
    read = read_decisions("".join(table([orphan_row(judgement)])).encode(), "x.tsv")
    [entry] = read.entries
    assert entry.judgement == judgement
    assert entry.judgement.origin == origin
