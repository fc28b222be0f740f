"""Ten thousand hostile texts, and texts of a megabyte that have no end."""

import random
from pathlib import Path

import platformdirs
import pytest

from miner.pipeline import Pipeline
from miner.statistical import StatisticalPipeline
from tests.miner import hostile

TEXTS = 10_000
LONG = 1_000_000


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return StatisticalPipeline(Path(platformdirs.user_cache_dir("theragraph"))).build()


def test_ten_thousand_texts(pipeline: Pipeline) -> None:
    chance = random.Random(20261124)
    for _ in range(TEXTS):
        document = hostile.document(hostile.random_text(chance), hostile.random_text(chance))
        hostile.check(document.text, pipeline.mine(document))


@pytest.mark.parametrize(("what", "text"), list(hostile.long_texts(LONG)), ids=[w for w, _ in hostile.long_texts(1)])
def test_a_megabyte(pipeline: Pipeline, what: str, text: str) -> None:
    hostile.check(text, pipeline.mine(hostile.document("", text)))
