"""annotate survives any text, and text[start:end] is always the mention; `make soak` runs many thousand more."""

import io
import json
import random
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings

from miner.annotate import Annotation
from miner.annotate_input import read_documents
from miner.annotate_output import FORMATS, write
from miner.concept_store import ConceptStore, open_concepts
from miner.document import Document
from miner.pipeline import Pipeline
from miner.statistical import StatisticalRecogniser
from miner.tagger import Tagger
from tests.miner import hostile

RANDOM_TEXTS = 200
LONG = 50_000
FUZZ = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def concepts() -> ConceptStore:
    return open_concepts(Path(platformdirs.user_cache_dir("theragraph")))


@pytest.fixture(scope="module")
def pipeline(concepts: ConceptStore) -> Pipeline:
    return Pipeline(StatisticalRecogniser(concepts, Tagger()))


@FUZZ
@given(title=hostile.texts, text=hostile.texts)
def test_any_text_with_every_offset_right(pipeline: Pipeline, concepts: ConceptStore, title: str, text: str) -> None:
    document = hostile.document(title, text)
    mined = pipeline.mine(document)
    hostile.check(document.text, mined)
    for format in FORMATS:
        "".join(write([Annotation(document, mined)], format, concepts, explain=True)).encode()


@FUZZ
@given(title=hostile.texts, text=hostile.texts)
def test_a_text_survives_the_way_in_as_it_is(title: str, text: str) -> None:
    line = json.dumps({"id": "x", "title": title, "text": text}).encode()
    (document,) = read_documents(io.BytesIO(line), "jsonl", "in")
    if title or text:
        assert isinstance(document, Document)
        assert document.text == hostile.document(title, text).text


def test_random_texts(pipeline: Pipeline) -> None:
    chance = random.Random(4)
    for _ in range(RANDOM_TEXTS):
        document = hostile.document(hostile.random_text(chance), hostile.random_text(chance))
        hostile.check(document.text, pipeline.mine(document))


@pytest.mark.parametrize("text", ["", " ", "\n", "<", "&", "\x00", "\u200b", "\u0301", "\U0001f9ec", "EGFR"])
def test_next_to_nothing(pipeline: Pipeline, text: str) -> None:
    for document in (hostile.document("", text), hostile.document(text, "")):
        hostile.check(document.text, pipeline.mine(document))


@pytest.mark.parametrize("what", ["prose", "one word", "open brackets", "zero-width", "chinese"])
def test_a_long_text(pipeline: Pipeline, what: str) -> None:
    text = dict(hostile.long_texts(LONG))[what]
    hostile.check(text, pipeline.mine(hostile.document("", text)))
