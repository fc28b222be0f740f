"""PMIDs out of lists, RIS and NBIB; entries are invented, in the shapes that programs write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IdListError
from corpus.id_lists import BadLine, read_id_list

RIS = """\ufeffProvider: an invented one

TY  - JOUR
T1  - First invented paper
AB  - As shown before (PMID: 999), much is invented.
AN  - PMID: 101
ER  -

TY  - JOUR
TI  - Second invented paper
DB  - PubMed
AN  - 102
ER  -
TY  - JOUR
TI  - Third invented paper
UR  - https://pubmed.ncbi.nlm.nih.gov/103/
N1  - PMID: 103; reply to PMID: 999
ER  -
TY  - JOUR
TI  - Another database's number
DB  - Embase
AN  - 2001234567
ER  -
TY  - JOUR
T1  - Two at once
N1  - PMID: 104
C1  - PMID: 105
ER  -
TY  - JOUR
N1  - PMID: 106
"""
NBIB = """
PMID- 201
OWN - NLM
TI  - A title that speaks of
      PMID- 999 on its second line
CIN - J Inv Cases. 2020. PMID: 888

PMC - PMC7
TI  - A record of another archive

PMID- 202
"""


def test_one_a_line() -> None:
    read = read_id_list(b"pmid\n101\n PMID: 102 # the second\nPMID:103\n\n# none\nPMID 104,\n101\n", "refs.txt")
    assert (read.kind, read.pmids, read.repeated, read.bad) == ("list", (101, 102, 103, 104), 1, ())


def test_addresses_and_other_encodings() -> None:
    text = "https://pubmed.ncbi.nlm.nih.gov/101/\r\n102\r\n"
    for encoding in ("utf-8-sig", "utf-16"):
        assert read_id_list(text.encode(encoding), "x").pmids == (101, 102)


def test_bad_lines_keep_their_numbers() -> None:
    read = read_id_list(b"101\n10.1000/xyz\n12x\nPMC55\n0\n123456789\n102\n", "refs.txt")
    assert read.pmids == (101, 102)
    assert read.bad == (
        BadLine(2, "a DOI, no PMID: '10.1000/xyz'"),
        BadLine(3, "something else, no PMID: '12x'"),
        BadLine(4, "a PMC id, no PMID: 'PMC55'"),
        BadLine(5, "something else, no PMID: '0'"),
        BadLine(6, "a PMID has at most eight digits: '123456789'"),
    )


def test_ris_gives_the_entrys_own_pmid_only() -> None:
    read = read_id_list(RIS.encode(), "refs.ris")
    assert (read.kind, read.pmids) == ("RIS", (101, 102, 103, 106))
    assert [(x.line, x.reason) for x in read.bad] == [
        (19, 'an entry without PMID ("Another database\'s number")'),
        (24, "an entry with several PMIDs (104, 105)"),
    ]


def test_nbib_gives_the_records_own_pmid_only() -> None:
    read = read_id_list(NBIB.encode(), "refs.nbib")
    assert (read.kind, read.pmids, read.bad) == ("NBIB", (201, 202), (BadLine(8, "a record without PMID"),))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PMID in it; one a line is expected"),
        (b"# only a comment\n", "no PMID in it"),
        (b"10.1000/xyz\nhttps://doi.org/10.1000/abc\n", r"lists DOIs \(2\) and no PMID"),
        (b"2019\n2020\n2021\n", r"look like years \(2019\); if they are PMIDs, write them as PMID:2019"),
        (b"0.05\n1e-3\n", "line 1: something else, no PMID: '0.05'"),
        (b"<?xml version='1.0'?><PubmedArticleSet/>", "harvest files"),
        (b"TY  - JOUR\nTI  - Nothing\nER  -\n", "line 1: an entry without PMID"),
    ],
)
def test_a_file_without_pmids_is_one_clear_error(data: bytes, said: str) -> None:
    with pytest.raises(IdListError, match=said):
        read_id_list(data, "refs")


def test_years_that_are_said_to_be_pmids_are() -> None:
    assert read_id_list(b"PMID:2019\nPMID:2020\n", "refs").pmids == (2019, 2020)
    assert read_id_list(b"2019\n31000000\n", "refs").pmids == (2019, 31000000)


@given(st.text(max_size=200) | st.text("TYPMIDANER -:0123456789\n", max_size=200))
def test_any_text_is_a_list_or_an_error(text: str) -> None:
    try:
        read = read_id_list(text.encode("utf-8", "surrogatepass"), "x")
    except IdListError:
        return
    assert read.pmids
    assert len(set(read.pmids)) == len(read.pmids)
    assert all(1 <= x.line <= len(text.splitlines()) for x in read.bad)
