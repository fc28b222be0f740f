import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.evaluation.calibration import Reliability, reliabilities
from miner.evaluation.mentions import Judged


def judged(*pairs: tuple[float, bool], type: str = "gene") -> list[Judged]:
    return [Judged(type, score, right) for score, right in pairs]


def test_the_error_is_the_weighted_distance_of_the_bins() -> None:
    whole, gene = reliabilities(judged((0.9, True), (0.9, False), (0.35, False), (0.35, False)))
    assert (whole.type, gene.type) == ("all", "gene")
    assert [(b.low, b.high, b.count, b.mean_score, b.share_right) for b in gene.bins] == [
        (0.3, 0.4, 2, 0.35, 0.0),
        (0.8, 0.9, 2, 0.9, 0.5),
    ]
    assert gene.error == pytest.approx((2 * 0.35 + 2 * 0.4) / 4)


def test_scores_that_are_probabilities_have_no_error() -> None:
    (whole, _) = reliabilities(judged(*[(0.75, i < 75) for i in range(100)]))
    assert whole.error == 0.0


def test_a_bin_holds_its_upper_bound() -> None:
    for score, low in ((0.0, 0.0), (0.1, 0.0), (0.101, 0.1), (0.3, 0.2), (0.7, 0.6), (1.0, 0.9)):
        assert [b.low for b in next(reliabilities(judged((score, True)))).bins] == [low]


def test_types_come_apart() -> None:
    found = {r.type: r for r in reliabilities(judged((1.0, True)) + judged((1.0, False), type="drug"))}
    assert list(found) == ["all", "drug", "gene"]
    assert (found["gene"].error, found["drug"].error, found["all"].error) == (0.0, 1.0, 0.5)


def test_nothing_judged_says_nothing() -> None:
    assert list(reliabilities([])) == []


def test_the_diagram_marks_mean_and_share() -> None:
    line = next(reliabilities(judged((0.9, True), (0.9, False)))).diagram()
    assert line == "0.8-0.9 ####################                |     0.500 of 2"


@given(st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1))
def test_bins_hold_everything_once(pairs: list[tuple[int, bool]]) -> None:
    whole: Reliability = next(reliabilities(judged(*[(score / 1000, right) for score, right in pairs])))
    assert sum(b.count for b in whole.bins) == whole.count == len(pairs)
    assert all(b.low <= b.mean_score <= b.high for b in whole.bins)
    assert 0 <= whole.error <= 1
    assert len(whole.diagram().splitlines()) == len(whole.bins)
