"""The design model: what it says, why, and its file."""

from pathlib import Path

import numpy as np
import pytest

from miner.design import read_by_rules, read_design
from miner.design_model import FORMAT, OUTPUTS, WEIGHTS, DesignModel, design_model, kind_features
from miner.design_words import Weighed, kinds
from miner.errors import ModelFileError
from miner.weights import read_weights, write_weights
from tests.miner.marked import document

NOTHING = {kind: Weighed() for kind in kinds()}
COHORT = OUTPUTS.index("cohort")
#: no rule names these: only words tell what was observed
ABSTRACT = (
    "Little is known of alphanib in glioma. Patients who were treated with alphanib at our hospital between 2010 and "
    "2019 were followed up for five years. Their median survival was 14 months, and 12 of 80 patients had a relapse. "
    "Age at diagnosis predicted overall survival."
)


def model(path: Path, **changed: object) -> DesignModel:
    card = {"format": FORMAT, "outputs": list(OUTPUTS), "kinds": list(kinds()), "grams": "chart\nmouse", **changed}
    grams = np.zeros((2, len(OUTPUTS)), "f")
    grams[0, COHORT] = 2
    told = np.zeros((len(kinds()), len(OUTPUTS)), "f")
    told[kinds().index("animals"), OUTPUTS.index("in vivo")] = 9
    bias = np.zeros(len(OUTPUTS), "f")
    write_weights(path, card, {"rarity": np.ones(2, "f"), "grams": grams, "kinds": told, "bias": bias})
    return DesignModel(read_weights(path), path)


def test_words_and_phrases_decide(tmp_path: Path) -> None:
    read = model(tmp_path / "designs.bin").read
    said = read("The chart of a mouse", NOTHING)
    assert (said.design, said.words) == ("cohort", ("chart",))
    assert 1 / len(OUTPUTS) < said.probability < 1
    assert read("The chart of a mouse", {**NOTHING, "animals": Weighed(9.0, ("mouse",))}).design == "in vivo"
    assert read("", NOTHING).words == ()


def test_features_grow_with_what_was_told() -> None:
    assert not kind_features(NOTHING).any()
    assert kind_features({**NOTHING, "bench": Weighed(3.0, ("cell",))}).sum() == pytest.approx(np.log(4) / 2)


@pytest.mark.parametrize("changed", [{"format": FORMAT + 1}, {"outputs": ["cohort"]}, {"kinds": ["people"]}])
def test_a_file_of_another_version_is_named(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(ModelFileError, match=r"designs\.bin"):
        model(tmp_path / "designs.bin", **changed)


def test_the_bundled_model_says_why() -> None:
    assert WEIGHTS.stat().st_size < 3_000_000
    found = read_design(document(ABSTRACT, title="Alphanib in glioma"))
    assert found.design == "cohort"
    assert found.trace[0].startswith("text: cohort with probability 0.")
    assert found.sample_size == 80


def test_short_texts_and_named_designs_are_left_to_the_rules() -> None:
    for text in ("Mice were given alphanib. The mice slept.", f"In this randomized controlled trial. {ABSTRACT}"):
        given = document(text, title="Alphanib")
        assert read_design(given).design == read_by_rules(given)[0]


@pytest.mark.parametrize("kind", ["in vivo", "in vitro", "other"])
def test_what_no_patient_took_part_in_is_not_promoted(kind: str) -> None:
    texts = {
        "in vivo": "Wistar rats were fed alphanib for six weeks, and the rats were sacrificed. Their livers "
        "weighed more than those of control rats. Serum levels of alphanib rose with age of the rats. Mortality fell.",
        "in vitro": "A549 cells were transfected with a plasmid and cultured. Western blotting showed that "
        "alphanib inhibits phosphorylation, and apoptosis was higher. Knockdown of betase raised cell migration.",
        "other": "A perovskite film was coated with polymer and annealed. The solar cell reached 20 % efficiency. "
        "X-ray diffraction and spectroscopy showed crystalline layers, and the electrode was stable for 900 hours.",
    }
    assert read_design(document(texts[kind], title="Effects of alphanib")).design == kind
    assert design_model() is design_model()
