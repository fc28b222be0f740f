"""Scores that come true."""

import pytest

from miner.calibration import ACROSS, NOTHING, SAME, Calibration, inputs

CALIBRATION = Calibration({"gene": (0.0, 1.0, 1.0, -0.5)})


def test_agreement_with_the_vocabularies_raises_a_score_and_disagreement_on_the_extent_lowers_it() -> None:
    scores = [CALIBRATION.probability("gene", 0.8, agreement) for agreement in (SAME, NOTHING, ACROSS)]
    assert scores == [0.916, 0.8, 0.708]


@pytest.mark.parametrize("raw", [0.0, 1.0])
def test_certainty_stays_finite(raw: float) -> None:
    assert abs(inputs(raw, NOTHING)[0]) < 10
    assert 0 <= CALIBRATION.probability("gene", raw, NOTHING) <= 1
