"""Rows as text: every format, guarded cells, whole files or none."""

import csv
import io
import json
from pathlib import Path

import pytest

from queries.report import rendered
from theragraph.exits import UsageFailure
from theragraph.output import show, write_file

ROWS = [{"name": "EGFR", "studies": 3, "drugs": ["gefitinib", "erlotinib"]}, {"name": "=HYPERLINK(1)", "studies": -2}]
COLUMNS = ("name", "studies", "drugs")


def test_a_pipe_gets_tab_separated_text(capsys: pytest.CaptureFixture[str]) -> None:
    show(ROWS, COLUMNS)
    assert capsys.readouterr().out == ("name\tstudies\tdrugs\nEGFR\t3\tgefitinib; erlotinib\n=HYPERLINK(1)\t-2\t\n")


def test_json_keeps_the_types() -> None:
    assert json.loads(rendered(ROWS, COLUMNS, "json"))[0] == ROWS[0]
    assert json.loads(rendered(ROWS, COLUMNS, "jsonl").splitlines()[1])["studies"] == -2


def test_no_csv_cell_is_a_formula() -> None:
    cells = list(csv.reader(io.StringIO(rendered(ROWS, COLUMNS, "csv"))))
    assert cells[2][0] == "'=HYPERLINK(1)"
    assert cells[2][1] == "-2"


def test_markdown_escapes_the_bar() -> None:
    assert "a\\|b" in rendered([{"name": "a|b"}], ("name",), "md")


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_file(path, "one", force=False)
    with pytest.raises(UsageFailure, match="--force"):
        write_file(path, "two", force=False)
    assert path.read_text() == "one"
    write_file(path, "two", force=True)
    assert path.read_text() == "two"
    assert list(tmp_path.iterdir()) == [path]


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageFailure, match="jsonl"):
        show(ROWS, COLUMNS, format="yaml")
