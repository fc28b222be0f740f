"""What a short form and the names of a concept must share."""

import pytest

from miner.gates import shares_words


@pytest.mark.parametrize(
    ("long_form", "names", "shared"),
    [
        ("stable disease", "Salla disease", False),
        ("Crohn's disease", "Crohn disease", True),
        ("coronary artery disease", "coronary artery disorder", True),
        ("disease", "liver disease", True),
        ("motor imagery", "myocardial infarction", False),
    ],
)
def test_words_that_every_illness_has_are_not_shared(long_form: str, names: str, shared: bool) -> None:
    assert shares_words(long_form, names) is shared
