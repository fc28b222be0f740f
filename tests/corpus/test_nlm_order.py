import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FileGapError, NewYearError
from corpus.ledger import FileEntry
from corpus.nlm_order import NlmFile, before_gap, replaced_files, to_read


def entry(name: str, state: str = "complete", md5: str = "") -> FileEntry:
    return FileEntry(name, name, state, 1, "", md5)  # type: ignore[arg-type]


def names(files: list[NlmFile]) -> list[str]:
    return [file.name for file in files]


def test_files_come_by_number_and_those_held_whole_are_left_out() -> None:
    offered = ["pubmed26n1337.xml.gz", "pubmed26n1335.xml.gz", "pubmed26n1336.xml.gz"]
    held = [entry("pubmed26n1335.xml.gz"), entry("pubmed26n1336.xml.gz", "incomplete"), entry("mine.xml")]
    assert names(to_read(offered, held)) == ["pubmed26n1336.xml.gz", "pubmed26n1337.xml.gz"]


def test_a_file_put_up_anew_is_read_again() -> None:
    held = [entry("pubmed26n1335.xml.gz", md5="a"), entry("pubmed26n1336.xml.gz", md5="b")]
    said = {"pubmed26n1335.xml.gz": "a", "pubmed26n1336.xml.gz": "c"}
    assert replaced_files(said, held) == ["pubmed26n1336.xml.gz"]
    assert names(to_read(list(said), held, ["pubmed26n1336.xml.gz"])) == ["pubmed26n1336.xml.gz"]


def test_a_new_year_stops_everything_and_says_how_to_go_on() -> None:
    with pytest.raises(NewYearError, match=r"pubmed27n0001.*2026.*harvest baseline"):
        to_read(["pubmed26n1400.xml.gz", "pubmed27n0001.xml.gz"], [entry("pubmed26n1399.xml.gz")])


def test_nothing_behind_a_gap_is_read() -> None:
    held = [entry("pubmed26n1335.xml.gz")]
    files = to_read(["pubmed26n1336.xml.gz", "pubmed26n1339.xml.gz", "pubmed26n1340.xml.gz"], held)
    before, gap = before_gap(files, held)
    assert names(before) == ["pubmed26n1336.xml.gz"]
    assert isinstance(gap, FileGapError)
    assert gap.missing == (1337, 1338)


@given(st.sets(st.integers(1, 60)), st.sets(st.integers(1, 60)))
def test_what_is_read_leaves_no_number_out(offered: set[int], held: set[int]) -> None:
    entries = [entry(f"pubmed26n{n:04}.xml.gz") for n in held]
    files, gap = before_gap(to_read([f"pubmed26n{n:04}.xml.gz" for n in offered], entries), entries)
    numbers = held | {file.number for file in files}
    first = min(held | offered, default=0)
    if files:
        assert set(range(first, files[-1].number)) <= numbers
    assert (gap is None) == ({file.number for file in files} == offered - held)
