import pytest

from miner.assertion import certainty, negated, subject


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("‹D0› improved survival.", "asserted"),
        ("We found that ‹D0› improved survival.", "asserted"),
        ("These results suggest that ‹D0› improved survival.", "asserted"),
        ("‹D0› may improve survival.", "speculative"),
        ("‹D0› is known to improve survival.", "background"),
        ("Previous studies have shown that ‹D0› improves survival.", "background"),
        ("To evaluate the effect of ‹D0› on survival.", "aim"),
        ("It is unclear whether ‹D0› improves survival.", "aim"),
        ("The objective response rate was 60% with ‹D0›.", "asserted"),
        ("The objective was survival with ‹D0›.", "aim"),
        ("Three patients have ongoing responses to ‹D0›.", "asserted"),
        ("‹D0› is tested in ongoing trials.", "aim"),
        ("In an ongoing trial, ‹D0› shows responses.", "asserted"),
        ("‹D0› reduced the metastatic potential of ‹S1›.", "asserted"),
        ("Patients given ‹D0› were more likely to survive.", "asserted"),
        ("Historically, ‹D0› was given for ‹S1›.", "background"),
        ("‹D0› reduced the transition potential of ‹S1›.", "asserted"),
        ("‹D0› is a potential cure of ‹S1›.", "speculative"),
        ("The safety of ‹D0› has been confirmed.", "background"),
        ("We confirmed the safety of ‹D0›.", "asserted"),
        ("‹G0› was found, previously associated with resistance to ‹D1›.", "background"),
        ("We aimed to test whether ‹D0› may improve survival.", "aim"),
    ],
)
def test_certainty(sentence: str, expected: str) -> None:
    assert certainty(sentence) == expected


def test_section_and_place_tell_what_was_known() -> None:
    assert certainty("‹D0› improves survival.", category="BACKGROUND") == "background"
    assert certainty("‹D0› improves survival.", opening=True) == "background"
    assert certainty("In this study ‹D0› improves survival.", opening=True) == "asserted"


def test_what_is_open_in_another_clause_leaves_what_is_known() -> None:
    sentence = "‹G0› mutations confer a poor prognosis, but the mechanism is still unclear."
    assert certainty(sentence, scope="‹G0› mutations confer a poor prognosis") == "background"
    assert certainty(sentence) == "aim"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("‹D0› maintains remission in adults, but data are few in children.", "background"),
        ("To compare ‹D0› with ‹D1› for survival.", "aim"),
        ("This trial compares the survival with ‹D0› and ‹D1›.", "aim"),
    ],
)
def test_an_objective_section_tells_aims_and_what_was_known(sentence: str, expected: str) -> None:
    assert certainty(sentence, category="OBJECTIVE") == expected


def test_doubt_in_another_clause_does_not_count() -> None:
    sentence = "‹D0› improved survival, and toxicity may be lower."
    assert certainty(sentence) == "speculative"
    assert certainty(sentence, scope="‹D0› improved survival") == "asserted"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Overall survival of patients was longer.", "patients"),
        ("Tumour growth in mice was reduced.", "animal"),
        ("‹D0› killed cells.", "cell_line"),
        ("Docking of ‹D0› was simulated in silico.", "in_silico"),
        ("‹D0› was ‹S1›.", "unknown"),
        ("‹D0› was effective in squamous cell carcinoma.", "unknown"),
        ("She was given ‹D0›.", "patients"),
        ("Broilers given ‹D0› had less ‹S1›.", "animal"),
        ("Individual and combined effects of ‹D0› and ‹D1›.", "unknown"),
        ("Individuals with ‹S1› were given ‹D0›.", "patients"),
    ],
)
def test_subject(sentence: str, expected: str) -> None:
    assert subject(sentence) == expected


def test_subject_falls_back_to_the_title() -> None:
    assert subject("‹D0› was given.", "A trial in children") == "patients"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("‹D0› did not significantly ", True),
        ("‹D0› failed to ", True),
        ("‹D0› significantly ", False),
        ("No drug but one of many other things that did ", False),
    ],
)
def test_negation_reaches_few_words(before: str, expected: bool) -> None:
    assert negated(before) is expected
