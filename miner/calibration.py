"""From the network's own probability to one that comes true: logistic regression on its logit and the agreement.

Method: Platt 1999, with what the vocabularies say of the same words as a second input (where both agree, precision is
far above either's). Fitted on documents that neither network nor vocabulary was made from; docs/quality.md shows how
well it holds.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from miner.findings import EntityType

#: keeps the logit of 0 and 1 finite
_EDGE = 1e-4
#: what the vocabularies say of a span: the same span and type, a span of the type across it, nothing
SAME, ACROSS, NOTHING = 2, 1, 0


def inputs(probability: float, agreement: int) -> tuple[float, float, float]:
    """What the regression sees: logit, whether the vocabularies name the same span, whether they name one across."""
    bounded = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded)), float(agreement == SAME), float(agreement == ACROSS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Four coefficients a type: intercept, then one for each input."""

    coefficients: Mapping[EntityType, Sequence[float]]

    def probability(self, type: EntityType, raw: float, agreement: int) -> float:
        """Probability that a span of the network is right in place and type, with three decimals."""
        intercept, *weights = self.coefficients[type]
        sum_ = intercept + sum(w * x for w, x in zip(weights, inputs(raw, agreement), strict=True))
        return round(1 / (1 + math.exp(-sum_)), 3)
