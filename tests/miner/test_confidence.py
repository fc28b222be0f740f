"""The confidence of findings: what it looks at, and its weight file."""

from pathlib import Path

import numpy as np
import pytest

from miner.confidence import FORMAT, WEIGHTS, ConfidenceModel, confidence_model
from miner.confidence_features import Features, features
from miner.errors import ModelFileError
from miner.relate import read_relations, relate
from miner.weights import Weights, read_weights, write_weights
from tests.miner.marked import document

PLAIN = "{D alphanib} prolonged survival in patients with {S glioma}."


def seen(sentence: str) -> Features:
    """The features of the first finding of a sentence."""
    doc = document(sentence)
    return next(found for _, found in features(doc, read_relations(doc)[0]))


def model(**weights: float) -> ConfidenceModel:
    card = {"format": FORMAT, "features": list(weights)}
    return ConfidenceModel(Weights(card, {"weights": np.array([*weights.values()]), "bias": np.zeros(1)}, "0"))


def test_the_reading_its_participants_and_its_words_are_seen() -> None:
    plain = seen(PLAIN)
    assert {"kind efficacy", "relation benefit", "certainty asserted", "disease from sentence", "people"} <= set(plain)
    unsure = seen("{D alphanib} may prolong survival but not with {D betamab} in patients with {S glioma}.")
    assert {"hedge", "contrast", "negation"} <= set(unsure) - set(plain)
    assert all(plain.values())


def test_what_is_in_no_role_counts_and_another_sentence_does_not() -> None:
    beside = seen("{D alphanib} prolonged survival in patients with {S glioma} whose {G GEN1} was high (p = 0.01).")
    assert {"other gene", "effect", "number"} <= set(beside) - set(seen(PLAIN))
    doc = document(PLAIN, "{G GEN1} was high and may matter.")
    assert dict(next(found for _, found in features(doc, read_relations(doc)[0]))) == seen(PLAIN)


def test_a_probability_follows_the_weights_and_unknown_features_say_nothing() -> None:
    judge = model(hedge=-2.0, people=1.0)
    assert judge.probability({}) == judge.probability({"other": 3.0}) == 0.5
    assert judge.probability({"hedge": 1.0}) == 0.119
    assert judge.probability({"hedge": 0.5, "people": 1.0}) == 0.5


def test_every_finding_has_a_confidence_whatever_stands_around_it() -> None:
    doc = document(PLAIN)
    [finding] = relate(doc)[0]
    assert 0 < finding.confidence < 1
    assert finding.confidence == confidence_model().probability(seen(PLAIN))


def test_a_hedged_reading_is_less_sure_than_a_plain_one() -> None:
    hedged = seen("{D alphanib} could possibly prolong survival in patients with {S glioma}.")
    assert confidence_model().probability(hedged) < confidence_model().probability(seen(PLAIN))


def test_the_committed_weights_name_each_feature_once() -> None:
    names = read_weights(WEIGHTS).card["features"]
    assert len(names) == len(set(names)) > 30


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    write_weights(tmp_path / "findings.bin", {"format": FORMAT + 1, "features": []}, {"weights": np.zeros(0, "f")})
    with pytest.raises(ModelFileError, match=r"findings\.bin was made for another version"):
        ConfidenceModel(read_weights(tmp_path / "findings.bin"), tmp_path / "findings.bin")
