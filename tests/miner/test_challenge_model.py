"""The challenge model: what it sees of a sentence, and its file."""

import json
from pathlib import Path

import numpy as np
import pytest

from miner.challenge_features import Vector, WordVectors, grams, rule_features, words_of
from miner.challenge_model import FORMAT, OUTPUTS, WEIGHTS, ChallengeModel, weighted_grams
from miner.errors import ModelFileError
from miner.weights import read_weights, write_weights

ONES: Vector = np.ones(2, dtype=np.float32)
VECTORS = WordVectors({"cost": 0, "test": 1}, np.eye(2, dtype=np.float32))


def model(path: Path, **changed: object) -> ChallengeModel:
    width = len(rule_features("")) + VECTORS.size
    columns = len(OUTPUTS)
    card = {"format": FORMAT, "outputs": list(OUTPUTS), "grams": "cost\nhigh cost", "words": "cost\ntest", **changed}
    arrays: dict[str, Vector] = {
        "rarity": np.ones(2, "f"), "grams": np.ones((2, columns), "f"), "dense": np.zeros((width, columns), "f"),
        "bias": np.zeros(columns, "f"), "slope": np.ones(columns, "f"), "shift": np.zeros(columns, "f"),
        "vectors": VECTORS.values,
    }  # fmt: skip
    write_weights(path, card, arrays)
    return ChallengeModel(read_weights(path), path)


def test_words_and_pairs() -> None:
    words = words_of("The High-cost test: 12% of all, the test.")
    assert words == ["the", "high-cost", "test", "12", "%", "of", "all", "the", "test"]
    assert grams(words)["the"] == 2
    assert grams(words)["the test"] == 1
    assert grams([]) == {}


def test_grams_weigh_one_together_and_unknown_ones_nothing() -> None:
    rows, values = weighted_grams({"cost": 2, "high cost": 1, "unknown": 9}, {"cost": 0, "high cost": 1}, ONES)
    assert list(rows) == [0, 1]
    assert np.linalg.norm(values) == pytest.approx(1)
    assert values[0] > values[1]
    assert weighted_grams({"unknown": 1}, {"cost": 0}, ONES[:1])[0].size == 0


def test_vectors_of_no_known_word_are_zeros() -> None:
    assert not VECTORS.pooled(["unknown"]).any()
    assert VECTORS.pooled(["cost", "unknown"])[0] > 0


def test_known_grams_raise_the_probability(tmp_path: Path) -> None:
    read = model(tmp_path / "challenges.bin").read
    assert read("A high cost").any > read("A high price").any == pytest.approx(0.5)
    assert sum(read("A high cost").stances.values()) == pytest.approx(1)
    assert 0 < read("").any < 1


@pytest.mark.parametrize("changed", [{"format": FORMAT + 1}, {"outputs": ["any"]}])
def test_a_file_of_another_version_is_named(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(ModelFileError, match=r"challenges\.bin was made for another version"):
        model(tmp_path / "challenges.bin", **changed)


def test_the_bundled_file_says_how_many_sentences_it_learnt_from() -> None:
    card = json.loads(WEIGHTS.read_bytes().partition(b"\n")[0])
    assert card["sentences"] == 2_990
