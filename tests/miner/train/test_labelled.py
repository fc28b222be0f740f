"""Labels are kept without text, and used only where the text is still the one that was labelled."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Article
from miner.errors import MinerInputError
from miner.train.labelled import COLUMNS, Labelled, read_labelled, sentence_digest, with_text, write_labelled

_TEXT = "A title. The assay is costly. Nobody was harmed."
_SENTENCE = "The assay is costly."
_ROW = Labelled(7, 9, 29, sentence_digest(_SENTENCE), '{"classes": ["cost"], "stance": "barrier"}')


def test_rows_come_back_as_written_in_one_order(tmp_path: Path) -> None:
    other = Labelled(3, 30, 48, sentence_digest("Nobody was harmed."), '{"classes": [], "stance": null}', "[]", '["é"]')
    write_labelled(tmp_path / "a.tsv", [_ROW, other])
    write_labelled(tmp_path / "b.tsv", [other, _ROW])
    assert read_labelled(tmp_path / "a.tsv") == [other, _ROW]
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()
    assert (_ROW.agreed, other.agreed) == (True, False)
    assert _ROW.values["classes"] == ["cost"]


def test_text_is_found_again_and_changed_text_is_not_used() -> None:
    article = Article(7, 1, "A title.", _TEXT)
    changed = replace(article, text=_TEXT.replace("costly", "cheap!"))
    assert list(with_text([_ROW], [article])) == [(_ROW, article, _SENTENCE)]
    assert list(with_text([_ROW], [changed])) == []
    assert list(with_text([_ROW], [replace(article, pmid=8)])) == []


@given(st.text(min_size=1), st.text())
def test_offsets_count_code_points(sentence: str, before: str) -> None:
    sentence = sentence.encode("utf-8", "replace").decode()
    row = Labelled(7, len(before), len(before) + len(sentence), sentence_digest(sentence), "[]")
    found = list(with_text([row], [Article(7, 1, "", f"{before}{sentence} and more")]))
    assert [text for _, _, text in found] == [sentence]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("7\t9\t29", "7 columns"),
        ("x\t9\t29\t" + "a" * 64 + "\t[]\t\t", "whole numbers"),
        ("7\t29\t9\t" + "a" * 64 + "\t[]\t\t", "start must come before end"),
        ("7\t9\t29\t" + "A" * 64 + "\t[]\t\t", "64 hexadecimal"),
        ("7\t9\t29\t" + "a" * 64 + "\t\t\t", "labels must be JSON"),
        ("7\t9\t29\t" + "a" * 64 + "\t[]\tcost\t", "first must be JSON"),
    ],
)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("\t".join(COLUMNS) + f"\n{line}\n", encoding="utf-8")
    with pytest.raises(MinerInputError, match=f"line 2: .*{reason}"):
        read_labelled(path)


def test_other_columns_and_a_sentence_labelled_twice_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("pmid\ttext\n", encoding="utf-8")
    with pytest.raises(MinerInputError, match="first line must name the columns"):
        read_labelled(path)
    write_labelled(path, [_ROW, _ROW])
    with pytest.raises(MinerInputError, match="labels a sentence twice"):
        read_labelled(path)
