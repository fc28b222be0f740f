from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from miner.evaluation.pairing import pair


def test_each_is_paired_once() -> None:
    assert pair([1, 2], [2, 1, 1], lambda a, b: a == b) == [(0, 1), (1, 0)]


def test_a_first_choice_gives_way_where_that_pairs_more() -> None:
    edges = {("a", "x"), ("a", "y"), ("b", "x")}
    assert pair("ab", "xy", lambda a, b: (a, b) in edges) == [(0, 1), (1, 0)]


@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4))))
def test_no_pairing_is_larger(edges: set[tuple[int, int]]) -> None:
    found = pair(range(5), range(5), lambda a, b: (a, b) in edges)
    assert set(found) <= edges
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert len(found) == max(sum((i, j) in edges for i, j in enumerate(order)) for order in permutations(range(5)))
