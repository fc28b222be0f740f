"""The numbers that stand for further genes of a list: "BRCA1/2", "MEK1 and 2", "interleukin-6 and -8"."""

import re

_NUMBERED = re.compile(r"(?P<stem>.*?[A-Za-z\u03b1-\u03c9][-\u2010-\u2013\s]?)(?P<number>\d{1,2})[A-Z]?\Z", re.DOTALL)
_DASH = "[-\u2010-\u2013]"
#: nothing that makes the number a count, a measure or a reference
_NO_COUNT = (
    r"(?![\w.%]|,\d|\s?(?:%|\u00b1)|\s(?:of|patients?|cases?|other|more|additional|years?|months?|weeks?|days?|hours?|h|min|mg|mm|"
    r"cm|\u00b5[mMgl]|nM|ml|mL|kg|g|times|fold|different|novel|genes|mice|rats|healthy|controls?|\d)\b)"
)
_NEXT = re.compile(
    rf"(?:\s?/\s?|,\s?(?:and\s|or\s|and/or\s)?|\s(?:and|or|and/or|&)\s){_DASH}?(?P<number>\d{{1,2}}[A-Z]?){_NO_COUNT}"
)
#: a list that commas alone join is one of references or counts; it must end with a word or go on with hyphens
_CLOSED = re.compile(rf"\s?/|\s(?:and|or|&)\s|,\s(?:and|or)\s|,\s?{_DASH}\d")
_RANGE = re.compile(rf"{_DASH}(?P<number>\d)(?!\w|{_DASH}|\.\d)")


def stem(written: str) -> str:
    """What a gene's name is without its number ("MEK" of "MEK1"), "" where it has none."""
    match = _NUMBERED.match(written)
    return match["stem"] if match else ""


def further_numbers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the numbers behind the gene text[start:end] stand."""
    match = _NUMBERED.match(text[start:end])
    if match is None:
        return []
    span = _RANGE.match(text, end)
    if span is not None and int(span["number"]) > int(match["number"]):
        return [span.span("number")]
    found: list[tuple[int, int]] = []
    position = end
    closed = False
    while (following := _NEXT.match(text, position)) is not None:
        closed |= _CLOSED.match(text, position) is not None
        found.append(following.span("number"))
        position = following.end()
    return found if closed else []
