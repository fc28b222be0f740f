"""Generated documents are as the program would write them, and the import table is the checked one."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.documents import DOCS, GENERATED

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", GENERATED)
def test_a_generated_document_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == GENERATED[name](), "run: make docs"


def test_the_import_table_is_the_one_that_is_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for package in ("miner", "graph", "queries"):
        row = re.search(rf"^\| `?{package}`? \|(.*)\|", text, re.MULTILINE)
        assert row is not None, f"no row for {package}"
        named = set(re.findall(r"`((?:corpus|miner|graph)\.[a-z.]+)`", row[1]))
        contract = next(c for c in contracts if c["source_modules"] == [package])
        allowed = {item.split(" -> ")[1] for item in contract["ignore_imports"]}
        assert named == allowed
