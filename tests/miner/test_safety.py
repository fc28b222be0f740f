"""Adverse events of therapies; invented sentences, with the twins that say nothing of the kind."""

import pytest

from tests.miner.test_relate import read, said

CASES: dict[str, tuple[str, list[str]]] = {
    "less with one than with the other": (
        "The incidence of {S rash} and {S cough} was lower with {D alphanib} than with {D betamab}.",
        ["safety causes betamab cough", "safety causes betamab rash"],
    ),
    "less than with placebo": ("The incidence of {S rash} was lower with {D alphanib} than with {K placebo}.", []),
    "higher rates": (
        "Higher rates of {S rash} were observed with {D alphanib} than with {D betamab}.",
        ["safety causes alphanib rash"],
    ),
    "most frequent, each with its arm": (
        "The most frequent grade 3-4 events were {S rash} (in the {D alphanib} group) and {S cough} (in the {D betamab}"
        " group).",
        ["safety causes alphanib rash", "safety causes betamab cough"],
    ),
    "most frequent, one therapy": (
        "The most common adverse events with {D alphanib} were {S rash} and {S cough}.",
        ["safety causes alphanib cough", "safety causes alphanib rash"],
    ),
    "stopped": (
        "{D alphanib} was discontinued in two patients due to {S rash}.",
        ["safety causes alphanib rash"],
    ),
    "limited": ("The use of {D alphanib} is limited by its cardiotoxicity.", ["safety causes alphanib cardiotoxicity"]),
    "added": (
        "The addition of {D alphanib} to {D betamab} added {S toxicity}.",
        ["safety causes alphanib+betamab toxicity"],
    ),
    "as a side effect": (
        "We saw {S rash} as a side effect of {D alphanib}.",
        ["safety causes alphanib rash"],
    ),
    "no worded event": (
        "No side effects were observed during {D alphanib} treatment.",
        ["safety does_not_cause alphanib side effects"],
    ),
    "tolerated without": (
        "{D alphanib} was well tolerated without significant adverse events.",
        ["safety does_not_cause alphanib adverse events"],
    ),
    "tolerated": ("{D alphanib} was well tolerated in patients with {S glioma}.", []),
    "not increased": (
        "{D alphanib} did not increase the risk of {S rash}.",
        ["safety does_not_cause alphanib rash"],
    ),
    "without causing": (
        "{D alphanib} relieved pain without causing serious adverse events.",
        ["safety does_not_cause alphanib serious adverse events"],
    ),
    "no difference": ("No difference in adverse events was seen between {D alphanib} and {D betamab}.", []),
    "induced event as a topic": ("Drugs for the prevention of {D alphanib} induced {S rash} are needed.", []),
    "what is treated": ("{D alphanib} was given to patients with severe {S rash}.", []),
    "partner elsewhere": (
        "He received {D alphanib} for {S rash} in combination with {D betamab} with no adverse effects.",
        [],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.values(), ids=CASES.keys())
def test_sentence_says(sentence: str, expected: list[str]) -> None:
    assert sorted(said(f) for f in read(sentence) if f.kind == "safety") == expected
