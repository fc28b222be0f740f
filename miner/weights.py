"""Weight files: one line of JSON (the card a program reads), then the arrays as 16-bit floats, no code in them."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from miner.errors import ModelFileError

_STORED = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class Weights:
    """The card of a weight file and its arrays by name."""

    card: dict[str, Any]
    arrays: dict[str, NDArray[np.float32]]
    #: of the arrays as stored
    sha256: str


def write_weights(path: Path, card: Mapping[str, Any], arrays: Mapping[str, NDArray[np.float32]]) -> None:
    """Write a weight file; the same weights give the same bytes."""
    body = b"".join(array.astype(_STORED).tobytes() for array in arrays.values())
    layout = [[name, list(array.shape)] for name, array in arrays.items()]
    head = {**card, "arrays": layout, "sha256": hashlib.sha256(body).hexdigest()}
    scratch = path.with_suffix(".part")
    scratch.write_bytes(json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + body)
    os.replace(scratch, path)


def read_weights(path: Path) -> Weights:
    """The weights of a file.

    Raises:
        ModelFileError: the file is missing, cut short or changed.
    """
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        card = json.loads(head)
        layout, digest = card.pop("arrays"), card.pop("sha256")
    except FileNotFoundError as error:
        raise ModelFileError(path, "is missing") from error
    except (ValueError, KeyError, AttributeError) as error:
        raise ModelFileError(path, "is no weight file") from error
    if hashlib.sha256(body).hexdigest() != digest:
        raise ModelFileError(path, "is damaged: its checksum differs from what its first line says")
    values, arrays, offset = np.frombuffer(body, dtype=_STORED), {}, 0
    for name, shape in layout:
        size = int(np.prod(shape))
        arrays[name] = values[offset : offset + size].reshape(shape).astype(np.float32)
        offset += size
    return Weights(card, arrays, digest)
