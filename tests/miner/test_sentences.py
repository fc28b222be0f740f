"""Sentences and their sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Passage
from miner.sentences import section_of, split_sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def test_two_sentences() -> None:
    text = "Osimertinib was effective. Resistance was common."
    assert split(text) == ["Osimertinib was effective.", "Resistance was common."]


@pytest.mark.parametrize(
    "text",
    [
        "Soria et al. treated 556 patients.",
        "Survival is shown in Fig. 1 and Table 2.",
        "A compared with B (e.g. C vs. D) at 3.5 mg.",
        "The isolate was S. aureus of strain N.",
        "It was given i.v. twice a day.",
        "Approx. 40 patients (approx. half) responded.",
        "The change was small (p < 0.05), i.e. 2.1% of cases.",
    ],
)
def test_full_stops_inside_a_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The p was < 0.05. We conclude nothing.", 2),
        ("Levels of vitamin D. We measured them.", 2),
        ("It was grade IV. No patient died! Why? Nobody knows.", 4),
        ("First paragraph without end\n\nSecond paragraph", 2),
        ("Growth was inhibited. mTOR was not. p53 was lost.", 3),
    ],
)
def test_ends(text: str, parts: int) -> None:
    assert len(split(text)) == parts


def test_sections_come_from_passages() -> None:
    text = "A title. METHODS: We did it. Twice. RESULTS: It worked."
    passages = (
        Passage("TITLE", "", 0, 8),
        Passage("METHODS", "METHODS", 9, 35),
        Passage("RESULTS", "", 36, len(text)),
    )
    found = split_sentences(text, passages)
    assert [(text[s.start : s.end], s.label, s.category, s.is_title) for s in found] == [
        ("A title.", "TITLE", "", True),
        ("We did it.", "METHODS", "METHODS", False),
        ("Twice.", "METHODS", "METHODS", False),
        ("It worked.", "RESULTS", "RESULTS", False),
    ]
    assert [s.position for s in found] == [0, 1, 2, 3]


def test_labels_inside_an_unlabelled_text() -> None:
    found = split_sentences(
        "BACKGROUND: Much is known. More is not. Patients and methods: We treated 12. CONCLUSION: It works."
    )
    assert [s.category for s in found] == ["BACKGROUND", "BACKGROUND", "METHODS", "CONCLUSIONS"]


def test_section_of_labels() -> None:
    assert section_of("PATIENTS AND METHODS") == "METHODS"
    assert section_of("FINDINGS") == "RESULTS"
    assert section_of("FUNDING") == ""


@given(st.text(alphabet=st.sampled_from(list("aB .?!:;\n()12µé—\U0001d6fd")), max_size=80))
def test_sentences_are_ordered_trimmed_and_complete(text: str) -> None:
    found = split_sentences(text)
    at = 0
    for sentence in found:
        assert text[at : sentence.start].strip() == "" or ":" in text[at : sentence.start]
        assert sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        at = sentence.end
    assert text[at:].strip() == ""
