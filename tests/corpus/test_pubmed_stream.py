import io

import pytest

from corpus.errors import IncompleteFileError, NotPubMedError, RecordError
from corpus.pubmed_stream import RawRecord, split_records
from tests.corpus.pubmed_records import HEAD, TAIL, article_set, record


class Drip(io.RawIOBase):
    """A stream that gives a few bytes at a time, so that every boundary falls into some chunk."""

    def __init__(self, data: bytes, size: int) -> None:
        self._inner = io.BytesIO(data)
        self._size = size

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(self._size)


def split(data: bytes, chunk: int = 1 << 20) -> list[RawRecord | RecordError]:
    return list(split_records(Drip(data, chunk), "f.xml"))  # type: ignore[arg-type]


def test_records_come_in_order() -> None:
    found = split(article_set(record(1), record(2), deleted=(3,)))
    assert [(x.position, x.tag) for x in found if isinstance(x, RawRecord)] == [
        (1, "PubmedArticle"),
        (2, "PubmedArticle"),
        (3, "DeleteCitation"),
    ]


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000])
def test_chunk_boundaries_do_not_matter(chunk: int) -> None:
    data = article_set(record(1), "<!-- a <PubmedArticle> in a comment -->\n", record(2), deleted=(3,))
    assert split(data, chunk) == split(data)
    assert len(split(data)) == 3


def test_an_empty_set_has_no_records() -> None:
    assert split(article_set()) == []
    assert split(b"<PubmedArticleSet/>") == []


def test_a_doctype_with_an_internal_subset_is_skipped() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]>\n<PubmedArticleSet>'
    assert len(split((head + record(1) + TAIL).encode())) == 1


def test_sets_one_after_another_are_one() -> None:
    found = split(article_set(record(1)) + article_set(record(2)) + b"\n<!-- end -->\n")
    assert [x.position for x in found] == [1, 2]


def test_other_encodings() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet>' + record(1, title="Étude") + TAIL
    assert "Étude".encode() in split(text.encode("latin-1"))[0].data  # type: ignore[union-attr]
    wide = text.replace("ISO-8859-1", "UTF-16").encode("utf-16")
    assert "Étude".encode() in split(wide)[0].data  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"PMID- 123\nTI  - x", "not XML, it begins 'PMID- 123"),
        (b'{"error":"API rate limit exceeded"}', "not XML"),
        (b"<!DOCTYPE html><html><head><title>502 Bad\nGateway</title>", "an HTML page titled '502 Bad Gateway'"),
        (b"<HTML><body>x", "an HTML page"),
        (
            b"<?xml version='1.0'?><eSearchResult><ERROR>no</ERROR></eSearchResult>",
            "eSearchResult with the message 'no'",
        ),
        (b"<PubmedArticle></PubmedArticle>", "root element PubmedArticle"),
        (b'<?xml version="1.0" encoding="klingon"?><PubmedArticleSet>', "unknown encoding klingon"),
    ],
)
def test_what_is_not_pubmed_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(NotPubMedError, match=reason) as raised:
        split(data)
    assert raised.value.name == "f.xml"


@pytest.mark.parametrize("cut", [60, 900, 1600, len(article_set(record(1), record(2))) - 8])
def test_a_cut_file_gives_its_whole_records_first(cut: int) -> None:
    data = article_set(record(1), record(2))[:cut]
    found = []
    with pytest.raises(IncompleteFileError, match="breaks off") as raised:
        found.extend(split_records(io.BytesIO(data), "f.xml"))
    assert raised.value.records == len(found) == data.count(b"</PubmedArticle>")


def test_a_record_that_lost_its_end_costs_only_itself() -> None:
    broken = record(2).replace("</PubmedArticle>", "")
    found = split(article_set(record(1), broken, record(3)))
    assert [x.position for x in found] == [1, 2, 3]
    assert isinstance(found[1], RecordError)
    assert found[1].pmid == 2
    assert isinstance(found[2], RawRecord)


def test_foreign_content_between_records_is_reported() -> None:
    found = split(article_set(record(1), "Proxy Error", record(2)))
    assert isinstance(found[1], RecordError)
    assert "Proxy Error" in found[1].reason
    assert isinstance(found[2], RawRecord)


def test_foreign_content_after_the_end_is_an_incomplete_file() -> None:
    with pytest.raises(IncompleteFileError, match="foreign content follows the closing tag"):
        split(article_set(record(1)) + b"<html>Bad Gateway</html>")


def test_bytes_of_another_encoding_stay_with_their_record() -> None:
    data = (HEAD + record(1) + TAIL).encode().replace(b"invented tumour", b"invented tum\xf6ur")
    assert isinstance(split(data)[0], RawRecord)
