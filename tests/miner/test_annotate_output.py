"""Annotations as JSON lines, PubTator, table and page."""

import json
from html.parser import HTMLParser

import pytest

from miner.annotate import BadDocument, annotate
from miner.annotate_input import make_document
from miner.annotate_output import COLUMNS, FORMATS, write
from miner.errors import MinerInputError
from miner.executors import InlineExecutor
from tests.miner.tiny import TinyPipeline, TinyTable, tiny_concepts

TABLE = TinyTable(tiny_concepts())
ITEMS = [
    make_document("1", "EGFR\tT790M <b>&", "Osimertinib was given in lung cancer without KRAS mutation.\nEnd."),
    BadDocument("2", "read", "line 2: <nothing>"),
    make_document("3", "", "MET amplification caused resistance to gefitinib."),
]


def output(format: str) -> str:
    return "".join(write(annotate(ITEMS, TinyPipeline(), InlineExecutor()), format, TABLE))


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


def test_formats() -> None:
    assert all(output(format) for format in FORMATS)
    with pytest.raises(MinerInputError, match="known: jsonl"):
        write([], "yaml", TABLE)
