"""What README and the docs name exists: commands, files and folders."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from theragraph.cli import app

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands_in(text: str) -> list[list[str]]:
    """The words after `theragraph` in every shell line of a document, up to the first option or argument."""
    found = []
    for match in re.finditer(r"^(?:\$ )?theragraph ([a-z][^\n#|>]*)", text, re.MULTILINE):
        words = []
        for word in match[1].split():
            if not re.fullmatch(r"[a-z]+", word):
                break
            words.append(word)
        found.append(words)
    return found


@pytest.mark.parametrize("words", commands_in(README), ids=" ".join)
def test_every_command_of_the_readme_exists(words: list[str]) -> None:
    known = words[:2] if words[0] in ("harvest", "corpus", "query", "evaluate") else words[:1]
    assert CliRunner().invoke(app, [*known, "--help"]).exit_code == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_linked_file_exists(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_readme_names_the_two_commands_in_its_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:40])
    assert "make demo" in first_screen
    assert "make test" in first_screen
