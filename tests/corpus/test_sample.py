import zipfile
from pathlib import Path

import pytest

from corpus.files import open_pubmed
from corpus.pubmed_xml import read_items
from corpus.records import Article
from corpus.sample import sample_path
from corpus.sample.build import SampleError, build

FOLDER = Path(sample_path()).parent


def articles() -> list[Article]:
    with open_pubmed(sample_path()) as stream:
        return [item for _, item in read_items(stream, "sample") if isinstance(item, Article)]


def test_the_sample_holds_what_its_list_says() -> None:
    wanted = {int(x) for x in (FOLDER / "pmids.txt").read_text("utf-8").split()}
    found = articles()
    assert {x.pmid for x in found} == wanted
    assert 300 <= len(wanted) <= 500
    assert sample_path().stat().st_size < 1_500_000


def test_every_record_stands_in_a_licensed_journal_and_year() -> None:
    rows = [x.split("\t") for x in (FOLDER / "journals.tsv").read_text("utf-8").splitlines()[1:]]
    licensed = {row[0]: int(row[4]) for row in rows}
    assert all(row[3].startswith("CC BY ") and "N" not in row[3][5:] for row in rows)
    for article in articles():
        assert article.publication_date is not None
        assert article.publication_date.year is not None
        assert article.publication_date.year >= licensed[article.journal.nlm_id]
        assert "commercial" not in article.copyright.lower()


def test_every_record_is_credited() -> None:
    lines = (FOLDER / "ATTRIBUTION.tsv").read_text("utf-8").splitlines()
    assert lines[0] == "pmid\ttitle\tauthors\tjournal\tyear\tdoi\tlicence"
    credited = {int(line.split("\t")[0]) for line in lines[1:]}
    assert credited == {x.pmid for x in articles()}
    assert all(len(line.split("\t")) == 7 and line.split("\t")[1] and line.split("\t")[5] for line in lines[1:])


def test_the_sample_has_oddities() -> None:
    found = articles()
    assert any(x.version > 1 for x in found)
    assert any(x.marked_text for x in found)
    assert any(author.collective for x in found for author in x.authors)
    assert any(link.kind == "RetractionOf" or link.kind == "RetractionIn" for x in found for link in x.corrections)
    assert any(not x.abstract for x in found)
    assert any(x.registry_ids for x in found)
    assert any(x.other_abstracts for x in found)


def test_text_rule_on_genuine_records() -> None:
    for article in articles():
        whole = [p for p in article.passages if p.end > p.start]
        assert " ".join(article.text[p.start : p.end] for p in whole) == article.text
        assert article.text == " ".join(x for x in (article.title, article.abstract) if x)


def test_the_sample_is_built_from_nlms_file_only(tmp_path: Path) -> None:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("data/pubmed21n1298.xml.gz", b"something else")
    with pytest.raises(SampleError, match="is not the file the sample was chosen from"):
        build(wheel, tmp_path)
    assert list(tmp_path.iterdir()) == [wheel]
