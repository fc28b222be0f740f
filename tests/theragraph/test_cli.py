"""The command as a user types it: the whole chain on the bundled sample, bad input, and exit codes."""

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.sample import sample_path
from tests.theragraph.conftest import Run
from theragraph.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home in which the bundled sample has been harvested, mined and loaded."""
    folder = tmp_path_factory.mktemp("home")
    for step in (["harvest", "files", str(sample_path())], ["mine", "--workers", "1"], ["load"]):
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(folder), "--quiet", *step])
        assert not ended.value.code
    yield folder
    with pytest.raises(SystemExit):
        main(["--home", str(folder), "--quiet", "stop"])


def test_status_names_the_home_and_the_graph_digest(home: Path, run: Run) -> None:
    code, out, _ = run("--home", home, "status", "--format", "json")
    facts = json.loads(out)
    assert code == 0
    assert facts["home"] == str(home)
    assert len(facts["graph"]["digest"]) >= 32
    assert facts["corpus"]["articles"] > 300
    assert facts["mining"]["mentions"]["drug"] > 100
    table = run("--home", home, "status")[1]
    assert f"mining\tdropped mention: common word\t{facts['mining']['dropped']['mention: common word']}\n" in table


def test_a_second_run_of_every_stage_changes_nothing(home: Path, run: Run) -> None:
    before = json.loads(run("--home", home, "status", "--format", "json")[1])
    for step in (["harvest", "files", str(sample_path())], ["mine"], ["load"]):
        assert run("--home", home, *step)[0] == 0
    after = json.loads(run("--home", home, "status", "--format", "json")[1])
    for stage in ("corpus", "mining", "graph"):
        assert after[stage]["digest"] == before[stage]["digest"]


def test_questions_are_listed_with_what_programs_need(run: Run) -> None:
    listed = json.loads(run("query", "list", "--format", "json")[1])
    assert len(listed) >= 10
    assert {"name", "question", "users", "parameters", "columns"} == set(listed[0])
    assert "therapy" in next(q for q in listed if q["name"] == "evidence_for_therapy")["parameters"]


def test_a_question_answers_with_rows_and_the_closing_line(home: Path, run: Run) -> None:
    code, out, err = run(
        "--home", home, "query", "run", "top_therapies", "--param", "targeted_only=false", "--format", "json"
    )
    assert code == 0
    assert json.loads(out)
    assert "not for clinical decisions" in err


def test_evidence_quotes_sentences_and_pmids(home: Path, run: Run) -> None:
    top = json.loads(run("--home", home, "query", "run", "top_therapies", "--format", "json")[1])[0]
    code, out, _ = run("--home", home, "evidence", "--therapy", top["therapy"])
    assert code == 0
    assert "PMID:" in out
    assert "courtesy of the U.S. National Library of Medicine" in out


def test_gaps_give_every_cell_a_state(home: Path, run: Run) -> None:
    code, out, err = run("--home", home, "gaps", "--size", "3", "--format", "json")
    assert code == 0
    assert {row["state"] for row in json.loads(out)} <= {"evidence", "thin", "unread", "none"}
    assert "abstracts only, this corpus" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "run", "top_therapy"], "top_therapies"),
        (["query", "run", "evidence_for_therapy", "--param", "drug=x"], "therapy"),
        (["query", "run", "evidence_for_therapy", "--param", "therapy=osimertinub"], "osimertinib"),
        (["cypher", "MATCH (n) DETACH DELETE n"], "read"),
        (["cypher", "CREATE CONSTRAINT x FOR (s:Study) REQUIRE s.doi IS UNIQUE"], "read"),
        (["cypher", "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row"], "LOAD CSV"),
        (["cypher", "MATCH (n RETURN n"], "error"),
        (["gaps", "--rows", "weather"], "therapy"),
    ],
)
def test_wrong_use_gets_one_clear_error(home: Path, run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run("--home", home, *arguments)
    assert code == 2
    assert out == ""
    assert said in err
    assert "Traceback" not in err


def test_a_statement_that_runs_for_ever_is_ended(home: Path, run: Run) -> None:
    endless = "MATCH (a), (b), (c) WHERE a.id + b.id = c.id RETURN count(*) AS n"
    code, _, err = run("--home", home, "cypher", "--timeout", "1", endless)
    assert code == 1
    assert "Traceback" not in err
    assert run("--home", home, "cypher", "RETURN 1 AS one")[0] == 0


def test_nothing_is_answered_before_a_harvest(tmp_path: Path, run: Run) -> None:
    for step in (["mine"], ["load"], ["corpus", "status"]):
        code, _, err = run("--home", tmp_path / "nowhere", *step)
        assert code == 2
        assert "theragraph harvest" in err
    assert not (tmp_path / "nowhere").exists()


HTML = "<html><head><title>502 Bad Gateway</title></head><body>busy</body></html>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.xml", HTML.encode()),
        ("empty.xml", b""),
        ("notes.xml", b"just some notes"),
        ("bad.xml.gz", b"\x1f\x8b\x08"),
    ],
)
def test_a_file_that_is_no_pubmed_xml_is_named(tmp_path: Path, run: Run, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    code, _, err = run("--home", tmp_path / "home", "harvest", "files", tmp_path / name)
    assert code == 2
    assert name in err
    assert "Traceback" not in err


def test_the_good_part_of_a_truncated_file_is_kept(tmp_path: Path, run: Run) -> None:
    whole = gzip.decompress(sample_path().read_bytes())
    (tmp_path / "cut.xml").write_bytes(whole[: len(whole) // 2])
    code, _, err = run("--home", tmp_path / "home", "harvest", "files", tmp_path / "cut.xml", tmp_path / "missing.xml")
    assert code == 1
    assert "cut.xml" in err
    assert "missing.xml" in err
    kept = json.loads(run("--home", tmp_path / "home", "corpus", "status", "--format", "json")[1])
    assert kept["articles"] > 100


def test_a_second_writer_is_told_to_wait(home: Path, run: Run) -> None:
    with FileLock(home / "lock"):
        code, _, err = run("--home", home, "load")
    assert code == 4
    assert "another theragraph command" in err


def test_annotate_reads_stdin_and_keeps_order(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "title": "EGFR", "text": "Gefitinib."}),
        "{broken",
        json.dumps({"id": "c", "text": "x"}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")
    code, out, _ = run("annotate", "--workers", "1", tmp_path / "in.jsonl")
    found = [json.loads(line) for line in io.StringIO(out)]
    assert code == 1
    assert [line["id"] for line in found] == ["a", None, "c"]
    assert [m["name"] for m in found[0]["mentions"]] == ["EGFR", "gefitinib"]
    assert "line 2" in found[1]["error"]["message"]


def test_unknown_settings_are_refused(tmp_path: Path, run: Run) -> None:
    (tmp_path / "theragraph.toml").write_text("[neo4j]\nurl = 'bolt://x'\n")
    code, _, err = run("--config", tmp_path / "theragraph.toml", "status")
    assert code == 2
    assert "neo4j.uri" in err
