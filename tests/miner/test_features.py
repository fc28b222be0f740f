"""The features of tokens, built row by row."""

import numpy as np

from miner.features import COLUMNS, features
from miner.hashing import string_id
from miner.hints import Hints


def test_a_row_holds_the_word_its_parts_its_hints_and_its_vector() -> None:
    said = Hints(("B:gene:gene:linked", ""), ("", "B:drug:common word"), ("", "receptor"))
    found = features("KRAS12345 egfr", [(0, 9), (10, 14)], said, {"kras12345": 3})
    wanted = [
        ["kras12345", "kra", "2345", "XXXXdddd", "B:gene:gene:linked", "", ""],
        ["egfr", "egf", "egfr", "xxxx", "", "B:drug:common word", "receptor"],
    ]
    assert found.dtype == np.uint64
    assert found[:, :-1].tolist() == [[string_id(value) for value in row] for row in wanted]
    assert found[:, -1].tolist() == [3, 0]


def test_no_tokens_have_no_rows() -> None:
    assert features("", [], Hints((), (), ()), {}).shape == (0, len(COLUMNS) + 1)
