"""The challenge model's recipe on sentences small enough to see through."""

import numpy as np

from miner.challenge_features import WordVectors
from miner.challenge_model import OUTPUTS, ChallengeModel
from miner.train.challenges import Sentence, learn
from miner.weights import Weights

VECTORS = WordVectors({"price": 0}, np.ones((1, 2), dtype=np.float32))


def sentences() -> list[Sentence]:
    """Sixty abstracts, of which every third complains of a price and every sixth tells that it fell."""
    made = []
    for number in range(60):
        stance = ("barrier", "overcome")[number % 6 == 0]
        said = {"any", "cost", stance} if number % 3 == 0 else set()
        text = f"The price {'fell' if stance == 'overcome' else 'rose'} again" if said else f"We saw {number} mice"
        wanted = np.array([name in said or (name == "absent" and number == 3) for name in OUTPUTS], dtype=np.float32)
        for column in range(len(OUTPUTS)):
            wanted[column] = max(wanted[column], float(number in (3, 9) and OUTPUTS[column] not in ("any", "barrier")))
        made.append(Sentence(number, text, wanted, bool(said)))
    return made


def test_it_learns_the_words_of_a_class_and_of_a_stance() -> None:
    card, arrays = learn(sentences(), VECTORS)
    card["words"] = "price"
    model = ChallengeModel(Weights(card, {**arrays, "vectors": VECTORS.values}, "0"))
    stated, other = model.read("The price rose again"), model.read("We saw 7 mice")
    assert stated.any > 0.8 > 0.3 > other.any
    assert stated.classes["cost"] > 0.5 > other.classes["cost"]
    assert model.read("The price fell again").stances["overcome"] > stated.stances["overcome"]


def test_the_same_sentences_give_the_same_weights() -> None:
    first, second = learn(sentences(), VECTORS)[1], learn(sentences(), VECTORS)[1]
    assert all(np.array_equal(first[name], second[name]) for name in first)
