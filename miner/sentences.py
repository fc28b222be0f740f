"""Splits an article text into sentences with the section they stand in.

Rules in the spirit of Kiss & Strunk (2006): a full stop ends a sentence unless the word before it is a
known abbreviation, an initial, or a number that goes on, and only before something that can begin a sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.records import Passage
from miner.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; code points into the document text, half-open, without its section label."""

    start: int
    end: int
    #: the passage's label as printed: "TITLE", "METHODS", "Patients"; "" in an unlabelled abstract
    label: str = ""
    #: BACKGROUND, OBJECTIVE, METHODS, RESULTS or CONCLUSIONS: the record's NlmCategory, else read off the label
    category: str = ""
    #: 0 for the first sentence of the text
    position: int = 0

    @property
    def is_title(self) -> bool:
        """The sentence stands in the article's title."""
        return self.label == "TITLE"


#: each alternative begins where its run of marks or blanks does, so that a run without end is read once
_BOUNDARY = re.compile(r"""(?<![.!?])[.!?]++["')\]\u2019\u201d]*+(?=\s+\S)|(?:[;:]|(?<!\s))\s*\n\s*\n""")
_WORD_BEFORE = re.compile(r"[\w.\u2019'-]*\Z")
_CAN_BEGIN = re.compile(
    r"""["'(\[\u2018\u201c\u00bf<\u2265\u2264~*+-]*(?:[A-Z0-9\u00c0-\u00de\u0370-\u03ff]|[a-z]{1,3}[-A-Z0-9])"""
)

_LABEL = re.compile(
    r"([A-Z][A-Z]+(?:(?:[ /&-]+|, | and | AND )[A-Z]+){0,4}(?=:\s+\S)|[A-Z][a-z]+(?: and [a-z]+)?(?=:\s+[A-Z0-9(])):\s+"
)

#: label word -> section; NLM's own mapping groups labels the same way
_SECTIONS: tuple[tuple[str, str], ...] = (
    ("CONCLUSION", "CONCLUSIONS"),
    ("INTERPRETATION", "CONCLUSIONS"),
    ("DISCUSSION", "CONCLUSIONS"),
    ("SIGNIFICANCE", "CONCLUSIONS"),
    ("IMPLICATION", "CONCLUSIONS"),
    ("RESULT", "RESULTS"),
    ("FINDING", "RESULTS"),
    ("OUTCOME", "RESULTS"),
    ("METHOD", "METHODS"),
    ("DESIGN", "METHODS"),
    ("PATIENT", "METHODS"),
    ("PARTICIPANT", "METHODS"),
    ("MATERIAL", "METHODS"),
    ("SETTING", "METHODS"),
    ("INTERVENTION", "METHODS"),
    ("OBJECTIVE", "OBJECTIVE"),
    ("PURPOSE", "OBJECTIVE"),
    ("AIM", "OBJECTIVE"),
    ("BACKGROUND", "BACKGROUND"),
    ("INTRODUCTION", "BACKGROUND"),
    ("CONTEXT", "BACKGROUND"),
)


def split_sentences(text: str, passages: Sequence[Passage] = ()) -> tuple[Sentence, ...]:
    """The sentences of a text, in order, never across passages; blank stretches are left out.

    A label inside an unlabelled passage ("... METHODS: We treated") counts for the rest of that passage.
    """
    found: list[Sentence] = []
    for passage in passages or (Passage("", "", 0, len(text)),):
        label, begin = passage.label, passage.start
        category = section_of(passage.category) or section_of(label)
        titled = label == "TITLE"
        if label and not titled and text.startswith(label + ":", begin):
            begin += len(label) + 1
        for start, end in _stretches(text, begin, passage.end):
            inline = None if titled else _LABEL.match(text, start, end)
            if inline and section_of(inline[1]):
                label, category, start = inline[1], section_of(inline[1]), inline.end()
            found.append(Sentence(start, end, label, category, len(found)))
    return tuple(found)


def section_of(label: str) -> str:
    """The section that a label or NlmCategory stands for, "" when it stands for none."""
    upper = label.upper()
    return next((section for word, section in _SECTIONS if word in upper), "")


def _stretches(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Trimmed sentence ranges of text[begin:end]."""
    start = begin
    for match in _BOUNDARY.finditer(text, begin, end):
        if _ends_here(text, match, begin, end):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_here(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    if match[0].isspace() or match[0][0] in "!?;:":
        follows = text[match.end() : match.end() + 8].lstrip()
        return match[0][0] not in "!?" or bool(_CAN_BEGIN.match(follows))
    position = match.end()
    while position < end and text[position].isspace():
        position += 1
    if position >= end:
        return True
    if not _CAN_BEGIN.match(text, position, end):
        return False
    before = _WORD_BEFORE.search(text, max(begin, match.start() - 24), match.start())
    word = before[0].lstrip("(['\u2018") if before else ""
    lowered = word.lower()
    if lowered in lexicon().stops_inside:
        return lowered in lexicon().stops_at_times and text[position].isupper() and lowered not in ("no", "st", "var")
    # "S. aureus" fails _CAN_BEGIN; "J. Smith" and "T. Brucei" are initials, "vitamin D. We" and "group B. The" are not
    if len(word) == 1 and word.isupper():
        return not _is_initial(text, match.start() - 1, position, begin, end)
    return True


_NAME_WORD = re.compile(r"[A-Z][a-z]+\b")


def _is_initial(text: str, letter: int, after: int, begin: int, end: int) -> bool:
    """The capital at letter abbreviates a first name or a genus: "by J. Smith", "(E. Coli)"."""
    following = _NAME_WORD.match(text, after, end)
    if following is None:
        return text[after].isupper() and text[after + 1 : after + 2] == "."
    if following[0] in lexicon().openers:
        return False
    previous = text[max(begin, letter - 2) : letter]
    return (
        previous.endswith((". ", "("))
        or letter == begin
        or text[max(begin, letter - 4) : letter].endswith(("by ", "nd "))
    )
