"""Messages say what happened, to which thing, and what to do next; values are attributes."""

from pathlib import Path

import miner.errors
from miner.errors import MinerError, MinerInputError, NewerStore, StoreError, VocabularyError


def test_messages_and_values() -> None:
    newer = NewerStore(Path("f.db"), 9, 1)
    assert (
        str(newer) == "findings store f.db: layout 9 is newer than 1, the newest this version reads; update theragraph"
    )
    assert (newer.found, newer.known, newer.path) == (9, 1, Path("f.db"))
    assert str(MinerInputError("format", "'x' is unknown")) == "format: 'x' is unknown"
    assert str(VocabularyError("drugs.tsv", "row 3 is short")) == "vocabulary table drugs.tsv: row 3 is short"


def test_one_root_and_the_tree_names_every_error() -> None:
    errors = [MinerInputError, VocabularyError, StoreError, NewerStore]
    assert all(issubclass(error, MinerError) for error in errors)
    assert all(error.__name__ in (miner.errors.__doc__ or "") for error in errors)
