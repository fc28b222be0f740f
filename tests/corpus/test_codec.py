from dataclasses import fields, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus import codec
from corpus.files import open_pubmed
from corpus.pubmed_xml import read_items
from corpus.records import Article, Passage, PublicationDate
from corpus.sample import sample_path


def sample() -> list[Article]:
    with open_pubmed(Path(sample_path())) as stream:
        return [item for _, item in read_items(stream, "sample") if isinstance(item, Article)]


def test_every_record_of_the_sample_comes_back_equal() -> None:
    for article in sample():
        encoded = codec.encode(article)
        assert codec.decode(codec.decompress(codec.compress(encoded))) == article
        assert codec.encode(codec.decode(encoded)) == encoded


def test_fields_at_their_default_are_not_stored() -> None:
    assert codec.encode(Article(1, 1, "t", "t")) == b'{"pmid":1,"version":1,"title":"t","text":"t"}'


def test_the_content_hash_sees_every_field() -> None:
    article = sample()[0]
    before = codec.content_hash(codec.encode(article))
    for field in fields(Article):
        value = getattr(article, field.name)
        changed: object = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else None
        if changed is None:
            changed = value + "x" if isinstance(value, str) else None if field.name == "publication_date" else ()
        if changed == value or field.name == "journal":
            continue
        other = replace(article, **{field.name: changed})
        assert codec.content_hash(codec.encode(other)) != before, field.name


@given(st.text(), st.integers(1, 999), st.lists(st.integers(1, 9**9)), st.none() | st.integers(1500, 2100))
def test_any_text_comes_back(text: str, version: int, references: list[int], year: int | None) -> None:
    text = text.encode("utf-8", "ignore").decode()
    article = Article(
        5,
        version,
        text,
        text,
        (Passage("TITLE", "", 0, len(text)),),
        references=tuple(references),
        publication_date=PublicationDate(text, year, "year"),
    )
    assert codec.decode(codec.encode(article)) == article


def test_the_exported_record_names_its_nested_fields() -> None:
    article = next(x for x in sample() if x.mesh)
    plain = codec.plain_record(article)
    assert plain["mesh"][0]["name"] == article.mesh[0].name
    assert plain["journal"]["nlm_id"] == article.journal.nlm_id
    assert "vernacular_title" not in plain
