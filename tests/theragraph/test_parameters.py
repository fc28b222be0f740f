"""--param name=value."""

from pathlib import Path

import pytest

from theragraph.exits import UsageFailure
from theragraph.parameters import literal_parameters, split_parameters


def test_values_keep_their_equals_signs() -> None:
    assert split_parameters(["therapy=a=b", "limit=3"]) == {"therapy": "a=b", "limit": "3"}


def test_json_values_are_read_as_json() -> None:
    assert literal_parameters(["n=3", "l=[1, 2]", "t=EGFR"]) == {"n": 3, "l": [1, 2], "t": "EGFR"}


def test_a_file_gives_a_list_of_its_first_column(tmp_path: Path) -> None:
    file = tmp_path / "genes.tsv"
    file.write_text("# master regulators\nFOXM1\t1\n\nCENPF\t2\n")
    assert split_parameters([f"genes=@{file}"]) == {"genes": '["FOXM1", "CENPF"]'}


@pytest.mark.parametrize("pairs", [["therapy"], ["=x"], ["a=1", "a=2"], ["genes=@/nowhere/genes.tsv"]])
def test_wrong_use_is_refused(pairs: list[str]) -> None:
    with pytest.raises(UsageFailure):
        split_parameters(pairs)
