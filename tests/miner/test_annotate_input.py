"""Documents out of text, JSONL and PubTator; nothing stops the good ones."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.annotate import BadDocument
from miner.annotate_input import detect, make_document, read_documents
from miner.document import Document
from miner.errors import MinerInputError


def read(data: str | bytes, kind: str) -> list[Document | BadDocument]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_documents(io.BytesIO(raw), kind, "input"))  # type: ignore[arg-type]


def test_jsonl() -> None:
    (found,) = read('{"id": "1", "title": "A title", "text": "An abstract."}\n', "jsonl")
    assert isinstance(found, Document)
    assert (found.id, found.title, found.text) == ("1", "A title", "A title An abstract.")
    assert [(p.label, p.start, p.end) for p in found.passages] == [("TITLE", 0, 7), ("", 8, 20)]


def test_without_a_title_the_text_stands_as_it_is() -> None:
    (found,) = read('{"id": 5, "text": " Leading space."}', "jsonl")
    assert isinstance(found, Document)
    assert (found.id, found.title, found.text) == ("5", "", " Leading space.")


@pytest.mark.parametrize(
    ("line", "id", "message"),
    [
        ("not json", None, "line 2: not JSON"),
        ("[1]", None, "line 2: a JSON object is wanted, this is list"),
        ('{"text": "x"}', None, 'line 2: "id" must be'),
        ('{"id": true, "text": "x"}', None, 'line 2: "id" must be'),
        ('{"id": "a"}', "a", "line 2: neither"),
        ('{"id": "a", "text": 5}', "a", 'line 2: "text" must be a text, it is int'),
        ('{"id": "a", "text": "\\ud800"}', "a", "line 2: the text holds half of a surrogate pair"),
        ("[" * 100_000, None, "line 2: not JSON"),
    ],
)
def test_a_bad_line_comes_in_its_place(line: str, id: str | None, message: str) -> None:
    found = read(f'{{"id": "1", "text": "x"}}\n{line}\n\n{{"id": "3", "text": "z"}}\n', "jsonl")
    assert [getattr(f, "id", None) for f in found] == ["1", id, "3"]
    assert isinstance(found[1], BadDocument)
    assert found[1].message.startswith(message)


def test_a_line_that_is_no_utf8() -> None:
    found = read(b'{"id": "1", "text": "\xff"}\n{"id": "2", "text": "y"}', "jsonl")
    assert isinstance(found[0], BadDocument)
    assert "not UTF-8" in found[0].message
    assert isinstance(found[1], Document)


def test_pubtator() -> None:
    data = "1|t|A title\n1|a|An abstract.\n1\t0\t1\tA\tGene\t1\n\n2|t|Another\r\n2|a|\r\n"
    found = read(data, "pubtator")
    assert [(f.id, f.text) for f in found if isinstance(f, Document)] == [
        ("1", "A title An abstract."),
        ("2", "Another"),
    ]


def test_pubtator_documents_need_no_blank_line_between() -> None:
    found = read("1|t|One\n1|a|Text\n2|t|Two\n2|a|Text\n", "pubtator")
    assert [f.id for f in found] == ["1", "2"]


def test_pubtator_without_a_title_counts_its_space() -> None:
    (found,) = read("1|t|\n1|a|EGFR\n", "pubtator")
    assert isinstance(found, Document)
    assert found.text == " EGFR"


def test_a_bad_pubtator_line() -> None:
    found = read("garbage\n\n1|t|One\n1|a|Text\n", "pubtator")
    assert isinstance(found[0], BadDocument)
    assert isinstance(found[1], Document)


def test_plain_text_is_one_document() -> None:
    (found,) = read("First line.\nSecond line.\n", "text")
    assert isinstance(found, Document)
    assert (found.id, found.text) == ("input", "First line.\nSecond line.\n")


@pytest.mark.parametrize(
    ("data", "kind"), [(b"\xff\xfe", "text"), (b" \n", "text"), (b"", "jsonl"), (b"\n", "pubtator")]
)
def test_nothing_usable(data: bytes, kind: str) -> None:
    with pytest.raises(MinerInputError):
        read(data, kind)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'{"id": 1}', "jsonl"),
        (b'\xef\xbb\xbf{"id": 1}', "jsonl"),
        (b"123|t|Title\n123|a|x", "pubtator"),
        (b"<?xml version='1.0'?><PubmedArticleSet>", "xml"),
        (b"<PubmedArticleSet>", "xml"),
        (b"\x1f\x8b\x08", "xml"),
        (b"Just text. p < 0.05", "text"),
        (b"<0.05 was significant", "text"),
        (b"", "text"),
    ],
)
def test_detect(head: bytes, kind: str) -> None:
    assert detect(head) == kind


@given(st.text(max_size=30).filter(str.strip), st.text(max_size=30))
def test_passages_cover_the_text(title: str, text: str) -> None:
    document = make_document("1", title, text)
    assert document.text == (f"{title} {text}" if text else title)
    assert [document.text[p.start : p.end] for p in document.passages] == [title, text][: len(document.passages)]


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=5))
def test_no_line_stops_the_reading(lines: list[bytes]) -> None:
    clean = [line.replace(b"\n", b"") for line in lines]
    good = json.dumps({"id": "last", "text": "x"}).encode()
    found = read(b"\n".join([*clean, good]), "jsonl")
    assert isinstance(found[-1], Document)
    assert found[-1].id == "last"
