"""Pairs what was found with what gold has, each thing at most once, as many pairs as there can be."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Left = TypeVar("Left")
Right = TypeVar("Right")


def pair(left: Sequence[Left], right: Sequence[Right], agree: Callable[[Left, Right], bool]) -> list[tuple[int, int]]:
    """Positions of a largest pairing, by the left position (augmenting paths, Kuhn 1955)."""
    edges = [[j for j, other in enumerate(right) if agree(one, other)] for one in left]
    partner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in edges[i]:
            if j not in tried:
                tried.add(j)
                if j not in partner or place(partner[j], tried):
                    partner[j] = i
                    return True
        return False

    for i in range(len(left)):
        place(i, set())
    return sorted((i, j) for j, i in partner.items())
