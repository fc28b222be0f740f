"""Abbreviation definitions, and scispaCy's implementation of the same paper as the oracle."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.abbreviations import find_abbreviations, short_form_uses
from miner.sentences import split_sentences


def pairs(text: str) -> set[tuple[str, str]]:
    return {(a.short, text[a.long_start : a.long_end]) for a in find_abbreviations(text, split_sentences(text))}


def test_long_form_before_brackets() -> None:
    text = "Patients with non-small cell lung cancer (NSCLC) were treated."
    assert pairs(text) == {("NSCLC", "non-small cell lung cancer")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TACE (transarterial chemoembolization) was used.", {("TACE", "transarterial chemoembolization")}),
        ("immune checkpoint inhibitors (ICIs) were given", {("ICIs", "immune checkpoint inhibitors")}),
        ("P-glycoprotein (P-gp) and HR (HR, 0.4)", {("P-gp", "P-glycoprotein")}),
        ("tumour necrosis factor (TNF; n = 5)", {("TNF", "tumour necrosis factor")}),
        ("in asthma or JIA (OR=2.43)", set()),
        ("in asthma or JIA (OR = 2.43)", set()),
        ("with an odds ratio (OR=2.43)", {("OR", "odds ratio")}),
        ("the chances of occurrence of depression (OR = 0.46)", set()),
        ("in all patients (n = 12) and (see above)", set()),
        ("survival was better (p < 0.001)", set()),
    ],
)
def test_definitions(text: str, expected: set[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_uses_of_a_short_form_are_whole_words() -> None:
    text = "tyrosine kinase inhibitor (TKI): TKIs, EGFR-TKI and TKIX"
    abbreviation = find_abbreviations(text, split_sentences(text))[0]
    assert [text[s:e] for s, e in short_form_uses(text, abbreviation)] == ["TKI", "TKIs", "TKI"]


SENTENCES = (
    "Programmed death ligand 1 (PDL1) is expressed in non-small cell lung cancer (NSCLC).",
    "Overall survival (OS) and progression free survival (PFS) were longer with tyrosine kinase inhibitors (TKI).",
    "Whole exome sequencing (WES) and chronic myeloid leukemia (CML) with a hazard ratio (HR).",
    "Hepatocellular carcinoma (HCC) was treated with transarterial chemoembolization (TACE).",
    "The mitogen activated protein kinase (MAPK) pathway and the epidermal growth factor receptor (EGFR).",
    "Cases (all of them) in the region (n = 3) were counted.",
)


def test_agrees_with_scispacy_on_plain_definitions() -> None:
    with warnings.catch_warnings():
        import spacy
        from scispacy.abbreviation import AbbreviationDetector

        # W036: the detector's second matcher has no patterns when a sentence defines nothing
        warnings.simplefilter("ignore")
        pipeline = spacy.blank("en")
        detector = AbbreviationDetector(pipeline)
        for sentence in SENTENCES:
            theirs = {(a.text, a._.long_form.text) for a in detector(pipeline(sentence))._.abbreviations}
            assert pairs(sentence) == theirs, sentence


@given(st.text(alphabet=st.sampled_from(list("aAbB (),;-é\U0001d6fd")), max_size=60))
def test_forms_lie_in_the_text(text: str) -> None:
    for found in find_abbreviations(text, split_sentences(text)):
        assert text[found.short_start : found.short_end] == found.short
        assert found.long_end <= found.short_start or found.short_end <= found.long_start
        assert found.long_start < found.long_end
