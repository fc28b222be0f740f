"""Annotations as JSON lines, PubTator, table and page."""

import ast
import json
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

import miner
from miner.annotate import BadDocument, annotate
from miner.annotate_input import make_document
from miner.annotate_output import COLUMNS, EXPLAINED, FORMATS, write
from miner.drop_reasons import REASONS, reason
from miner.errors import MinerInputError
from miner.executors import InlineExecutor
from tests.miner.tiny import TinyPipeline, TinyTable, tiny_concepts

TABLE = TinyTable(tiny_concepts())
ITEMS = [
    make_document("1", "EGFR\tT790M <b>&", "Osimertinib was given in lung cancer without KRAS mutation.\nEnd."),
    BadDocument("2", "read", "line 2: <nothing>"),
    make_document("3", "", "MET amplification caused resistance to gefitinib. <AGS> cells, cost."),
]


def output(format: str, *, explain: bool = False) -> str:
    return "".join(write(annotate(ITEMS, TinyPipeline(), InlineExecutor()), format, TABLE, explain=explain))


def test_jsonl_has_a_line_an_item() -> None:
    lines = output("jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["1", "2", "3"]


def test_pubtator_offsets_hold() -> None:
    blocks = output("pubtator").strip().split("\n\n")
    assert len(blocks) == 2
    for block in blocks:
        title, abstract, *rows = block.split("\n")
        text = f"{title.split('|t|', 1)[1]} {abstract.split('|a|', 1)[1]}"
        assert rows
        for row in rows:
            id, start, end, written, type, concept = row.split("\t")
            assert text[int(start) : int(end)] == written
            assert type in ("Gene", "Variant", "Chemical", "Disease", "Test")
            assert concept
            assert id == title.split("|t|")[0]


def test_table_has_as_many_cells_as_columns() -> None:
    lines = output("table").splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    assert all(len(line.split("\t")) == len(COLUMNS) for line in lines)
    assert any("error: read" in line for line in lines)


class Page(HTMLParser):
    """Collects marked texts and tags."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.marks: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.marks.append((dict(attrs)["class"] or "", ""))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_escapes_everything_and_needs_nothing() -> None:
    page = Page()
    raw = output("html")
    page.feed(raw)
    assert "b" not in page.tags
    assert "script" not in page.tags
    assert "<b>&" in page.text
    assert "line 2: <nothing>" in page.text
    assert "http://" not in raw
    assert "https://" not in raw
    assert ("gene negated", "") in page.marks
    assert page.text.rstrip().endswith("courtesy of the U.S. National Library of Medicine.")


def test_every_format_shows_what_was_dropped_and_why() -> None:
    assert {"gate", "why"} <= json.loads(output("jsonl", explain=True).splitlines()[-1])["drops"][0].keys()
    lines = [line.split("\t") for line in output("table", explain=True).splitlines()]
    assert lines[0] == [*COLUMNS, *EXPLAINED]
    assert {len(line) for line in lines} == {len(lines[0])}
    row = next(line for line in lines if "cell line" in line)
    assert row[3:6] == ["AGS", "gene", "HGNC:6188"]
    assert row[-1] == reason("cell line")
    assert "\tAGS\tDropped\tmention: cell line (gene HGNC:6188)" in output("pubtator", explain=True)
    page = output("html", explain=True)
    assert (
        f"<td>AGS</td><td>mention gene HGNC:6188</td><td>cell line</td><td>{escape(reason('cell line'))}</td>" in page
    )
    for format in FORMATS:
        assert "cell line" not in output(format)


def gates() -> set[str]:
    """Names of gates that stand in the rules: what the functions that decide return, and what is noted down."""
    found: set[str] = set()
    for name, deciding in (
        ("gates", "closed"),
        ("relate", "_gate"),
        ("recognise", "_closed_gate"),
        ("recognise", "_defined"),
        ("unrelated", "_missing"),
    ):
        tree = ast.parse((Path(miner.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and deciding in function.name:
                returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
                parts = [part for value in returned for part in ast.walk(value) if isinstance(part, ast.Constant)]
                found |= {part.value for part in parts if isinstance(part.value, str) and part.value}
    return found


def test_every_gate_of_the_rules_has_its_reason() -> None:
    known = gates()
    assert {
        "cell line",
        "single letter",
        "no relation read",
        "methods section",
        "state of a gene",
        "defined as something else",
    } <= known
    assert known - REASONS.keys() - {"symbol", "name", "CD"} == set()


def test_formats() -> None:
    assert all(output(format) for format in FORMATS)
    with pytest.raises(MinerInputError, match="known: jsonl"):
        write([], "yaml", TABLE)
