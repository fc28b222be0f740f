from pathlib import Path

import pytest

from miner.challenges import find_challenges
from miner.errors import MinerInputError
from miner.evaluation.challenges import score_challenges
from miner.findings import MinedArticle
from tests.miner.marked import document


def annotate(id: str, title: str, text: str) -> MinedArticle:
    doc = document(text, title=title)
    return MinedArticle(id, "", challenges=find_challenges(doc, ())[0])


def test_challenges(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(
        "id\tclasses\tpolarity\ttitle\tsentence\n"
        "a\tcost\tbarrier\tReport\tThe high cost limits use in patients.\n"
        "b\t-\t-\tReport\tManual work in hospitals is laborious.\n"
        "c\taccess\tbarrier\tReport\tNothing here.\n"
    )
    report = score_challenges(path, annotate)
    any_challenge, classes = report.scores[:2]
    assert (any_challenge.right, any_challenge.extracted, any_challenge.gold) == (1, 2, 2)
    assert (classes.right, classes.extracted, classes.gold) == (1, 2, 2)
    assert (report.stance_right, report.stance_judged) == (1, 1)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("id\tsentence\n")
    with pytest.raises(MinerInputError, match="classes"):
        score_challenges(path, annotate)
