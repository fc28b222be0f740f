"""What a case asks for, and how a pack is read."""

from pathlib import Path

import pytest

from miner.errors import MinerInputError
from miner.evaluation.complaints import judge, read_complaints, score_complaints
from miner.findings import Mention, MinedArticle

HEADER = "id\tsource\tkind\ttext\twanted\tunwanted\n"
TEXT = "NF1 is mutated in NF1 and TP53-null tumours."
FOUND = (
    Mention(0, 3, "NF1", "disease", "", "MONDO:0018975", "neurofibromatosis type 1", 0.9),
    Mention(18, 21, "NF1", "gene", "gene", "HGNC:7765", "NF1", 0.9),
    Mention(26, 30, "TP53", "gene", "gene", None, "TP53", 0.5),
)


def pack(folder: Path, *rows: str) -> Path:
    path = folder / "pack.tsv"
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def passes(folder: Path, wanted: str, unwanted: str = "-") -> bool:
    (case,) = read_complaints(pack(folder, f"a\town\talias\t{TEXT}\t{wanted}\t{unwanted}"))
    return judge(case, FOUND) is None


@pytest.mark.parametrize(
    ("item", "passed"),
    [
        ("NF1|gene|HGNC:7765", True),
        ("NF1|gene|HGNC:11998/HGNC:7765", True),
        ("NF1|gene|-", True),
        ("NF1|gene|HGNC:11998", False),
        ("NF1|drug|-", False),
        ("NF1#1|disease|MONDO:0018975", True),
        ("NF1#1|gene|HGNC:7765", False),
        ("NF1#2|gene|HGNC:7765", True),
        ("*|gene|HGNC:7765", True),
        ("*#2|gene|-", True),
        ("*#3|gene|-", False),
        ("TP53|gene|null", True),
        ("NF1|gene|null", False),
        ("TP53|*|-", True),
        ("TP53-null|gene|-", False),
    ],
)
def test_wanted(tmp_path: Path, item: str, passed: bool) -> None:
    assert passes(tmp_path, item) is passed


@pytest.mark.parametrize(
    ("item", "passed"),
    [
        ("NF1|gene|HGNC:7765", False),
        ("NF1|gene|HGNC:11998", True),
        ("NF1|gene|HGNC:*", False),
        ("TP53|gene|HGNC:*", True),
        ("TP53|gene|*", False),
        ("TP53-null|*|*", True),
        ("~TP53-null|*|*", False),
        ("~tumours|*|*", True),
        ("*|disease|*", False),
        ("*|drug|*", True),
    ],
)
def test_unwanted(tmp_path: Path, item: str, passed: bool) -> None:
    assert passes(tmp_path, "-", item) is passed


def test_a_failure_says_what_was_missed_and_what_was_found(tmp_path: Path) -> None:
    path = pack(tmp_path, f"a\town\talias\t{TEXT}\tTP53|gene|HGNC:11998\tNF1|disease|*", f"b\town\tstate\t{TEXT}\t-\t-")
    report = score_complaints(path, lambda id, title, text: MinedArticle(id, "", FOUND))
    assert [(row["what"], row["passed"], row["cases"]) for row in report.score_rows()] == [
        ("all", 1, 2),
        ("alias", 0, 1),
        ("state", 1, 1),
    ]
    (row,) = report.error_rows()
    assert (row["id"], row["missed"], row["extra"]) == (
        "a",
        "TP53|gene|HGNC:11998",
        "NF1|disease|MONDO:0018975",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((f"a\town\talias\t{TEXT}\tNF1|gene\t-",), "line 2.*surface.type.id"),
        ((f"a\town\talias\t{TEXT}\tNF1|protein|-\t-",), "protein"),
        ((f"a\town\talias\t{TEXT}\tNF2|gene|-\t-",), "does not stand"),
        ((f"a\town\talias\t{TEXT}\tNF1#3|gene|-\t-",), "does not stand"),
        ((f"a\town\talias\t{TEXT}\tNF1#x|gene|-\t-",), "number"),
        ((f"a\town\talias\t{TEXT}\t-",), "columns"),
        ((f"a\town\talias\t{TEXT}\t-\t-", f"a\town\talias\t{TEXT}\t-\t-"), "line 3.*id a"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    with pytest.raises(MinerInputError, match=said):
        list(read_complaints(pack(tmp_path, *rows)))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "pack.tsv"
    path.write_text("id\ttext\n")
    with pytest.raises(MinerInputError, match="wanted"):
        list(read_complaints(path))
