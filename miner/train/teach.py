"""Trains one network on examples."""

import logging
import random
from collections.abc import Iterator, Sequence

import numpy as np
from thinc.api import Adam, fix_random_seed

from miner.network import Network, Scores, Shape, build_network
from miner.train.prepare import Example

_log = logging.getLogger(__name__)
#: tokens in a batch, steps until the learning rate is reached, and the rate itself
_BATCH = 2_400
_WARM_UP = 60
_RATE = 0.002
_LAST_RATE = 0.02


def train_network(
    examples: Sequence[Example], shape: Shape, vectors: Scores, *, epochs: int, seed: int, name: str
) -> Network:
    """A network trained with Adam, a rate that falls linearly, and averaged weights; the same seed gives the same."""
    fix_random_seed(seed)
    order = random.Random(seed)
    network = build_network(shape, vectors)
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    tokens = sum(len(e.labels) for e in examples)
    steps, step = max(1, epochs * tokens // _BATCH), 0
    for epoch in range(epochs):
        loss = 0.0
        for batch in _batches(examples, order):
            step += 1
            optimizer.learn_rate = _RATE * max(_LAST_RATE, 1 - step / steps) * min(1.0, step / _WARM_UP)
            loss += _update(network, batch)
            network.finish_update(optimizer)
        _log.info("%s: epoch %d of %d, loss %.4f a token", name, epoch + 1, epochs, loss / tokens)
    for node in network.walk():
        for parameter in node.param_names:
            average = optimizer.averages.get((node.id, parameter)) if optimizer.averages else None
            if average is not None:
                node.set_param(parameter, average)
    return network


def _batches(examples: Sequence[Example], order: random.Random) -> Iterator[list[Example]]:
    """The examples in a new order, in batches of about the same number of tokens."""
    batch: list[Example] = []
    tokens = 0
    for index in order.sample(range(len(examples)), len(examples)):
        batch.append(examples[index])
        tokens += len(examples[index].labels)
        if tokens >= _BATCH:
            yield batch
            batch, tokens = [], 0
    if batch:
        yield batch


def _update(network: Network, batch: Sequence[Example]) -> float:
    """One step of back-propagation; the summed cross-entropy."""
    predicted, back = network.begin_update([e.features for e in batch])
    scale = 3 * float(sum(len(e.labels) for e in batch)) ** 0.5
    loss, gradients = 0.0, []
    for example, scores in zip(batch, predicted, strict=True):
        wanted = example.target(scores)
        loss -= float((wanted * np.log(scores + 1e-9)).sum())
        gradients.append((scores - wanted) / scale)
    back(gradients)
    return loss
