"""Weight files: the same weights give the same bytes, and a damaged file is named."""

from pathlib import Path

import numpy as np
import pytest

from miner.errors import ModelFileError
from miner.network import Shape, build_network, get_arrays, predict, set_arrays
from miner.weights import read_weights, write_weights

SHAPE = Shape(rows=(20, 10), labels=13, width=8, depth=2)


def test_a_network_reads_back_as_it_was_written(tmp_path: Path) -> None:
    vectors = np.random.default_rng(0).normal(size=(21, 4)).astype(np.float32)
    network = build_network(SHAPE, vectors)
    rows = np.arange(21, dtype=np.uint64).reshape(7, 3)
    write_weights(tmp_path / "a.bin", {"seed": 1}, get_arrays(network))
    weights = read_weights(tmp_path / "a.bin")
    again = build_network(SHAPE, vectors)
    set_arrays(again, weights.arrays)
    assert weights.card == {"seed": 1}
    np.testing.assert_allclose(predict(again, rows), predict(network, rows), atol=2e-3)
    write_weights(tmp_path / "b.bin", {"seed": 1}, get_arrays(again))
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()


@pytest.mark.parametrize("spoil", [lambda b: b[:-10], lambda b: b"", lambda b: b[:-1] + bytes([b[-1] ^ 1])])
def test_a_damaged_file_is_named(tmp_path: Path, spoil) -> None:
    path = tmp_path / "entities.bin"
    write_weights(path, {}, {"0.W": np.ones((3, 3), dtype=np.float32)})
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(ModelFileError, match=r"entities\.bin"):
        read_weights(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="is missing"):
        read_weights(tmp_path / "entities.bin")


def test_reading_one_document_gives_what_training_sees() -> None:
    vectors = np.random.default_rng(1).normal(size=(4, 4)).astype(np.float32)
    network = build_network(SHAPE, vectors)
    rows = np.array([[1, 2, 3], [4, 5, 0], [1, 2, 3], [9, 9, 1], [1, 2, 3]], dtype=np.uint64)
    np.testing.assert_allclose(predict(network, rows), network.predict([rows])[0], atol=1e-6)


def test_a_long_document_is_read_in_pieces_as_if_it_were_one() -> None:
    random = np.random.default_rng(2)
    network = build_network(SHAPE, random.normal(size=(4, 4)).astype(np.float32))
    rows = random.integers(0, 4, size=(5_000, 3)).astype(np.uint64)
    np.testing.assert_allclose(predict(network, rows), network.predict([rows])[0], atol=1e-6)
