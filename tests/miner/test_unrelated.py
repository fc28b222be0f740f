"""Why therapy and gene or disease in one sentence are no finding: which pair, what was missing, how much is told."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.document import Document
from miner.findings import Drop, Finding, Participant
from miner.unrelated import unrelated_pairs
from tests.miner.marked import document


def told(doc: Document, findings: Sequence[Finding] = (), drops: Sequence[Drop] = ()) -> list[tuple[str, str]]:
    return [(drop.gate, drop.detail) for drop in unrelated_pairs(doc, findings, drops)]


def finding(doc: Document, sentence: int = 1, **roles: object) -> Finding:
    """A finding of the sentence at this place."""
    place = doc.sentences[sentence]
    head = ("predictive", "sensitivity", "supports", "asserted", "patients", place.start, place.end, "id")
    return Finding(*head, **roles)  # type: ignore[arg-type]


def part(key: str) -> Participant:
    return Participant(key, key)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("{D aminib} improved survival in {S lung cancer}.", [("no relation read", "aminib and lung cancer")]),
        ("We held {D aminib} and {S lung cancer} side by side.", [("no direction word", "aminib and lung cancer")]),
        ("Hypersensitivity to {D aminib} with {G HLA}.", [("no relation read", "aminib and HLA")]),
        ("Does {D aminib} help in {S lung cancer}?", [("question", "aminib and lung cancer")]),
        ("{D aminib} with {M EGFR T790M|EGFR} and {G EGFR} resisted.", [("no relation read", "aminib and EGFR T790M")]),
        (
            "{D aminib}, {D aminib} or {C kinase inhibitors} for {S lung cancer} failed.",
            [("no relation read", "aminib and lung cancer"), ("no relation read", "kinase inhibitors and lung cancer")],
        ),
        ("{D aminib} improved survival.", []),
        ("{G EGFR} improved survival in {S lung cancer} by {T exome sequencing}.", []),
    ],
)
def test_a_pair_without_a_finding_says_what_was_missing(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert told(document(sentence)) == expected


def test_sentences_of_the_methods_are_named_as_such() -> None:
    doc = document("{D aminib} was given to treat {S lung cancer}.", category="METHODS")
    assert told(doc) == [("methods section", "aminib and lung cancer")]


def test_the_drop_covers_the_sentence() -> None:
    doc = document("First.", "{D aminib} improved survival in {S lung cancer}.")
    [drop] = unrelated_pairs(doc, (), ())
    assert (drop.stage, doc.text[drop.start : drop.end]) == ("finding", "aminib improved survival in lung cancer.")


def test_what_a_finding_says_is_no_missed_pair() -> None:
    doc = document("{D aminib} improved survival in {G EGFR} mutant {S lung cancer}, {D bemib} in {S melanoma}.")
    first = finding(doc, drugs=(part("D:aminib"),), genes=(part("G:egfr"),), disease=part("S:lung cancer"))
    second = finding(doc, drugs=(part("D:bemib"),), disease=part("S:melanoma"))
    assert told(doc, [first, second]) == [
        ("no relation read", "aminib and melanoma"),
        ("no relation read", "bemib and EGFR"),
        ("no relation read", "bemib and lung cancer"),
    ]
    elsewhere = finding(doc, 0, drugs=(part("D:bemib"),), disease=part("S:melanoma"))
    assert ("no relation read", "bemib and melanoma") in told(doc, [first, elsewhere])


def test_a_variant_of_a_finding_stands_for_its_gene() -> None:
    doc = document("{D aminib} improved survival with {M T790M|EGFR}.")
    state = finding(doc, drugs=(part("D:aminib"),), genes=(part("G:egfr"),))
    assert told(doc, [state]) == []


@pytest.mark.parametrize(("role", "gate"), [("comparators", "comparator only"), ("prior", "prior therapy only")])
def test_a_therapy_in_a_role_beside_is_named_as_such(role: str, gate: str) -> None:
    doc = document("{D aminib} improved survival over {D bemib} in {S lung cancer}.")
    made = finding(doc, drugs=(part("D:aminib"),), disease=part("S:lung cancer"), **{role: (part("D:bemib"),)})
    assert told(doc, [made]) == [(gate, "bemib and lung cancer")]


def test_a_gate_explains_its_sentence_alone() -> None:
    doc = document("{D aminib} failed in {S lung cancer}.", "{D aminib} failed in {S melanoma}.")
    stopped = Drop("finding", "aim", doc.sentences[1].start, doc.sentences[1].end, "efficacy benefit")
    assert told(doc, drops=[stopped]) == [("no relation read", "aminib and melanoma")]


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 12))
def test_what_is_told_is_bounded(therapies: int, diseases: int, sentences: int) -> None:
    drugs = ", ".join(f"{{D drug{i}}}" for i in range(therapies))
    ills = ", ".join(f"{{S ill{i}}}" for i in range(diseases))
    doc = document(*[f"{drugs} failed in {ills}."] * sentences)
    found = told(doc)
    pairs = therapies * diseases
    each = pairs if pairs <= 6 else 7
    assert len(found) == min(40, each * sentences)
    assert (f"{pairs - 6} more pairs" in {detail for _, detail in found}) == (pairs > 6)
