import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miner.evaluation.intervals import estimates


def test_the_plain_rates_and_their_bounds() -> None:
    (found,) = estimates({("strict", "gene"): [(3, 4, 5), (1, 2, 1), (4, 4, 4)] * 30})
    assert (found.score.right, found.score.extracted, found.score.gold) == (240, 300, 300)
    assert found.score.f1 == 0.8
    assert found.f1 is not None
    assert found.f1[0] < 0.8 < found.f1[1]
    assert found.row()["f1_95"] == f"{found.f1[0]:.3f}-{found.f1[1]:.3f}"


def test_the_same_numbers_every_time() -> None:
    counts = {("strict", "all"): [(1, 2, 3), (0, 1, 0), (2, 2, 5)]}
    assert estimates(counts) == estimates(counts)


def test_equal_documents_leave_no_doubt() -> None:
    (found,) = estimates({("strict", "gene"): [(1, 2, 4)] * 5})
    assert (found.precision, found.recall) == ((0.5, 0.5), (0.25, 0.25))


def test_more_documents_make_a_narrower_interval() -> None:
    few, many = (estimates({("strict", "gene"): [(1, 1, 1), (0, 1, 1)] * n})[0] for n in (5, 500))
    assert few.f1 is not None
    assert many.f1 is not None
    assert few.f1[1] - few.f1[0] > 3 * (many.f1[1] - many.f1[0])


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    (found,) = estimates({("strict", "gene"): [(1, 1, 1)] * 80 + [(0, 1, 1)] * 20})
    assert found.recall == pytest.approx((0.72, 0.88), abs=0.02)


def test_nothing_found_has_no_precision() -> None:
    (found,) = estimates({("strict", "gene"): [(0, 0, 2), (0, 0, 1)]})
    assert (found.score.precision, found.precision, found.recall) == (None, None, (0.0, 0.0))
    assert found.row()["precision_95"] is None


def test_no_documents_no_estimates() -> None:
    assert estimates({}) == ()
    assert estimates({("strict", "gene"): []}) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6))
def test_a_bound_is_a_share(rows: list[tuple[int, int, int]]) -> None:
    counts = [(right, right + extra, right + missed) for right, extra, missed in rows]
    (found,) = estimates({("strict", "gene"): counts})
    for bound in (found.precision, found.recall, found.f1):
        assert bound is None or 0 <= bound[0] <= bound[1] <= 1
