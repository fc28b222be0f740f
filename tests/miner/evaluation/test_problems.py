from pathlib import Path

import pytest

from miner.errors import MinerInputError
from miner.evaluation.problems import holds_problems, score_problems
from miner.findings import Challenge, MinedArticle

HEADER = ",sentence_id,text,problem,direction\n"


def annotate(id: str, title: str, text: str) -> MinedArticle:
    found = Challenge(0, len(text), ("cost",), "barrier", 0.9, "x")
    return MinedArticle(id, "", challenges=(found,) if "cost" in text else ())


def test_any_challenge_is_scored_against_problems(tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    rows = ("0,a,It costs, 1.0,0.0", '1,b,"High cost, always",1.0,0.0', "2,c,Low cost,0.0,1.0", "3,d,Rare,1.0,0.0")
    gold.write_text(HEADER + "\n".join(rows).replace(", 1.0", ",1.0") + "\n4,e,Rain,0.0,0.0\n")
    report = score_problems(gold, annotate)
    [row] = report.score_rows()
    assert (report.sentences, row["what"]) == (5, "any challenge")
    assert (row["right"], row["extracted"], row["gold"]) == (2, 3, 3)
    assert [(r["id"], r["error"], r["class"]) for r in report.error_rows()] == [
        ("c", "extra", "cost"),
        ("d", "missed", ""),
    ]


def test_only_its_header_makes_a_table_of_problems(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.write_text(HEADER)
    assert holds_problems(gold)
    for text in ("", "id\tclasses\tpolarity\ttitle\tsentence\n"):
        gold.write_text(text)
        assert not holds_problems(gold)


def test_a_row_that_says_neither_is_named(tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text(f"{HEADER}0,a,Text,maybe,0.0\n")
    with pytest.raises(MinerInputError, match="row 2: problem is 'maybe'"):
        score_problems(gold, annotate)
