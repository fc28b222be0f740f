"""A wording finds what its pattern finds, whatever letters it looks for first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.wording import Wording, small

PATTERNS = (
    r"\b(?:improv(?:es|ed)|prolong(?:s|ed)?) (?:\w+ ){0,3}?(?:survival|OS)\b",
    r"(?<!not )(?:tumou?r |all-cause |\d+-day )?(?:deaths?|mortality)\b",
    r"‹D(?P<drug>\d+)› (?:was|is) (?:an? )?(?:inhibitor|blocker)s?\b|\binhibition by ‹D\d+›",
    r"^(?:the )?(?:patients?|men)\b",
    r"\b(?:no|not|cannot)\b[^,]*$",
    r"(?:a|b(?=c))+?d|[xyz]?k\w",
    r"\b(?:she|he|women|men)\b",
    r"(?-i:[A-Z]\d)|(?:is|as) sure",
)
WORDS = [
    "improved",
    "improves",
    "prolonged",
    "overall",
    "survival",
    "OS",
    "tumour",
    "tumor",
    "all-cause",
    "30-day",
    "death",
    "deaths",
    "mortality",
    "not",
    "‹D0›",
    "‹D12›",
    "was",
    "is",
    "an",
    "a",
    "inhibitor",
    "blockers",
    "inhibition",
    "by",
    "the",
    "patients",
    "men",
    "women",
    "she",
    "he",
    "no",
    "cannot",
    ",",
    "ad",
    "bcd",
    "yka",
    "kKa",
    "iıs",
    "Sſhe",
    "İs",
    "IS",
    "sure",
    "as",
    "T3",
    "t3",
]


@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=st.lists(st.sampled_from(WORDS), max_size=12), joint=st.sampled_from((" ", "", "-")), data=st.data())
def test_finds_what_the_pattern_finds(pattern: str, words: list[str], joint: str, data: st.DataObject) -> None:
    text = joint.join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.none() | st.integers(start, len(text)))
    for flags in (re.IGNORECASE, 0):
        plain, wording = re.compile(pattern, flags), Wording(pattern, flags)
        stop = len(text) if end is None else end
        expected = [m.span() for m in plain.finditer(text, start, stop)]
        assert [m.span() for m in wording.finditer(text, start, end)] == expected
        first = wording.search(text, start, end)
        assert (first and first.span()) == (expected[0] if expected else None)


def test_tries_the_pattern_only_where_a_match_may_begin() -> None:
    wording = Wording(r"\b(?:improv|prolong)(?:es|ed) survival")
    assert wording.search("nothing of the kind was seen") is None
    assert wording.places("It improved survival, then prolonged it") == [3, 27]
    assert wording.places("nothing of the kind was seen") == []


@given(st.text())
def test_small_letters_keep_their_places(text: str) -> None:
    assert len(small(text)) == len(text)
