"""The hashes are spaCy's and thinc's own: trained weights stand in the rows that these name."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from spacy.strings import get_string_id
from spacy.symbols import IDS
from thinc.api import NumpyOps

from miner.features import COLUMNS, rows
from miner.hashing import four_keys, string_id

OPS = NumpyOps()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_a_string_has_the_number_that_spacy_gives_it(value: str) -> None:
    assert string_id(value) == get_string_id(value)


def test_no_feature_of_a_token_is_one_of_spacys_labels_that_has_another_number() -> None:
    for label in filter(str.isidentifier, IDS):
        row = rows([(label, "", "", "")], {})[0].tolist()
        assert row[list(COLUMNS).index("norm")] == get_string_id(label.lower())
    shapes = [label for label in IDS if label and set(label) <= set("Xxd_")]
    assert [string_id(shape) for shape in shapes] == [get_string_id(shape) for shape in shapes]


@given(st.integers(0, 2**64 - 1), st.integers(1, 8))
def test_a_key_falls_into_the_rows_that_thinc_adds_up(number: int, seed: int) -> None:
    assert list(four_keys(number, seed)) == OPS.hash(np.array([number], dtype=np.uint64), seed)[0].tolist()
