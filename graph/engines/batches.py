"""Rows -> messages small enough for every engine, refused where a store would lose or mix them up."""

import marshal
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.engines.errors import RowsUnusable

#: rows in one message; both engines load fastest between 2,000 and 10,000 (measured)
MAX_ROWS = 5_000
#: bytes in one message; the embedded server stops answering on a message above its limit (64 MB as we start it)
MAX_BYTES = 8_000_000
#: one row alone may be larger than a message, up to here
MAX_ROW_BYTES = 48_000_000

#: {id: r.start} in a MERGE or MATCH: r.start is a key
_KEY = re.compile(r"\{\s*`?\w+`?\s*:\s*r\.`?(\w+)`?\s*\}")


def cut(statement: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the rows in order, in pieces of at most MAX_ROWS and MAX_BYTES; raises RowsUnusable.

    A key (a value that the statement compares with a node's or relation's key, as in `{id: r.start}`) must be
    non-empty text: the embedded engine merges a null key in UNWIND without complaint, and takes 1 and "1" for one key.
    """
    keys = tuple(dict.fromkeys(_KEY.findall(statement)))
    piece: list[Mapping[str, Any]] = []
    size = 0
    for index, row in enumerate(rows):
        _check_keys(index, row, keys)
        length = _size(index, row)
        if piece and (len(piece) >= MAX_ROWS or size + length > MAX_BYTES):
            yield piece
            piece, size = [], 0
        piece.append(row)
        size += length
    if piece:
        yield piece


def _check_keys(index: int, row: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        value = row.get(key)
        if not isinstance(value, str) or not value:
            raise RowsUnusable(index, f"its key {key!r} is {value!r}, and a key must be non-empty text")


def _size(index: int, row: Mapping[str, Any]) -> int:
    """Bytes of a row on the wire, within a few percent.

    marshal's version 2 writes plain values much as the wire format does, in C, and refuses the types that we refuse:
    dates lose their zone on the embedded engine, so they travel as ISO text.
    """
    try:
        length = len(marshal.dumps(row if type(row) is dict else dict(row), 2))
    except ValueError as error:
        raise RowsUnusable(index, "it holds a value that is no text, number, truth value, list or map") from error
    if length > MAX_ROW_BYTES:
        raise RowsUnusable(index, f"it has {length:,} bytes, and a row may have {MAX_ROW_BYTES:,}")
    return length
