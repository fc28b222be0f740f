"""How far scores are probabilities: of mentions scored about 0.9, nine in ten should be right.

Expected calibration error over ten bins of equal width (Guo et al. 2017, "On Calibration of Modern Neural Networks"):
the mean distance between a bin's mean score and its share of right ones, weighted by the bin's size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from miner.evaluation.mentions import Judged

_BINS = 10
#: characters of a full bar
_BAR = 40


@dataclass(frozen=True, slots=True)
class Bin:
    """The mentions with a score above low, up to and with high; the first bin holds 0 as well."""

    low: float
    high: float
    count: int
    mean_score: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins that hold something, lowest first, and the expected calibration error over them."""

    type: str
    count: int
    error: float
    bins: tuple[Bin, ...]

    def diagram(self) -> str:
        """A line for each bin: a bar as long as its share of right ones, and | where the mean score is."""
        return "\n".join(_line(bin_) for bin_ in self.bins)


def reliabilities(judged: Iterable[Judged]) -> Iterator[Reliability]:
    """All types together, then each type by name; nothing where nothing was judged."""
    pairs = list(judged)
    types = sorted({item.type for item in pairs})
    for type_ in ["all", *types] if types else []:
        yield _reliability(type_, [item for item in pairs if type_ in ("all", item.type)])


def _reliability(type_: str, judged: list[Judged]) -> Reliability:
    held: dict[int, list[Judged]] = {}
    for item in judged:
        # scores have three decimals: 0.3 belongs to the bin that ends with it
        held.setdefault(max(0, -(-round(item.score * 1000) // (1000 // _BINS)) - 1), []).append(item)
    bins = []
    for number, items in sorted(held.items()):
        mean = sum(item.score for item in items) / len(items)
        share = sum(item.right for item in items) / len(items)
        bins.append(Bin(number / _BINS, (number + 1) / _BINS, len(items), round(mean, 3), round(share, 3)))
    error = sum(abs(sum(i.score - i.right for i in items)) for items in held.values()) / len(judged)
    return Reliability(type_, len(judged), round(error, 3), tuple(bins))


def _line(bin_: Bin) -> str:
    bar = list(("#" * round(bin_.share_right * _BAR)).ljust(_BAR + 1))
    bar[round(bin_.mean_score * _BAR)] = "|"
    return f"{bin_.low:.1f}-{bin_.high:.1f} {''.join(bar)} {bin_.share_right:.3f} of {bin_.count}"
