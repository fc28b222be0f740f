"""Messages say what happened, to which thing, and what to do next; values are attributes."""

import pickle
from pathlib import Path

import miner.errors
from miner.errors import MinerError, MinerInputError, ModelFileError, NewerStore, StoreError, VocabularyError


def test_messages_and_values() -> None:
    newer = NewerStore(Path("f.db"), 9, 1)
    assert (
        str(newer) == "findings store f.db: layout 9 is newer than 1, the newest this version reads; update theragraph"
    )
    assert (newer.found, newer.known, newer.path) == (9, 1, Path("f.db"))
    assert str(MinerInputError("format", "'x' is unknown")) == "format: 'x' is unknown"
    assert str(VocabularyError("drugs.tsv", "row 3 is short")) == "vocabulary table drugs.tsv: row 3 is short"


def test_one_root_and_the_tree_names_every_error() -> None:
    errors = [MinerInputError, VocabularyError, ModelFileError, StoreError, NewerStore]
    assert all(issubclass(error, MinerError) for error in errors)
    assert all(error.__name__ in (miner.errors.__doc__ or "") for error in errors)


def test_a_damaged_weight_file_is_named_with_how_to_get_it_back() -> None:
    message = str(ModelFileError(Path("weights/entities.bin"), "is missing"))
    assert message.startswith("weight file weights/entities.bin is missing; ")
    assert "install theragraph again" in message


def test_errors_come_back_from_worker_processes_as_they_were() -> None:
    for error in (NewerStore(Path("f.db"), 9, 1), MinerInputError("format", "unknown"), VocabularyError("t", "r")):
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))
