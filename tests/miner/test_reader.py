"""What is read with trained weights is what the network that learns would say, and depends on one document alone."""

import numpy as np
import pytest
from numpy.typing import NDArray

from miner.network import Network, Shape, build_network, get_arrays, set_arrays
from miner.reader import PIECE, Reader

SHAPE = Shape(rows=(40, 10, 25), labels=13, width=8, depth=3)


@pytest.fixture(scope="module")
def network() -> Network:
    random = np.random.default_rng(0)
    network = build_network(SHAPE, vectors())
    set_arrays(network, {n: random.normal(size=a.shape).astype("f4") for n, a in get_arrays(network).items()})
    return network


@pytest.fixture(scope="module")
def reader(network: Network) -> Reader:
    return Reader(SHAPE, get_arrays(network), vectors())


def vectors() -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(size=(30, 5)).astype(np.float32)


def document(count: int, seed: int = 0) -> NDArray[np.uint64]:
    rows = np.random.default_rng(seed).integers(0, 2**63, size=(count, 4), dtype=np.uint64)
    rows[:, -1] %= 30
    rows[rows % 5 == 0] = 0
    return rows


@pytest.mark.parametrize("count", [1, 2, 3, 7, 300])
def test_reading_gives_what_the_network_gives(network: Network, reader: Reader, count: int) -> None:
    rows = document(count)
    np.testing.assert_allclose(reader.read(reader.embed(rows)), network.predict([rows])[0], atol=1e-4)


def test_a_document_of_several_pieces_is_read_as_if_it_were_one(network: Network, reader: Reader) -> None:
    rows = document(2 * PIECE + 1)
    np.testing.assert_allclose(reader.read(reader.embed(rows)), network.predict([rows])[0], atol=1e-4)


def test_no_tokens_have_no_scores(reader: Reader) -> None:
    assert reader.read(reader.embed(document(0))).shape == (0, SHAPE.labels)


def test_a_token_is_embedded_the_same_to_the_last_bit_whichever_stand_beside_it(reader: Reader) -> None:
    rows = document(150)
    together = reader.embed(rows)
    for size in (1, 2, 37, 70):
        parts = [reader.embed(rows[first : first + size]) for first in range(0, len(rows), size)]
        np.testing.assert_array_equal(np.concatenate(parts), together)
