"""Challenges that a sentence names outright."""

import pytest

from miner.named_challenges import named_challenges


@pytest.mark.parametrize(
    ("sentence", "classes"),
    [
        ("The assay works, but its cost, accuracy and accessibility still limit routine use.", "access accuracy cost"),
        ("Wider use is hampered by a lack of infrastructure and expertise.", "expertise resources"),
        ("Broad adoption faces challenges in ethics and privacy.", "ethics privacy"),
        ("Data protection is another key concern for such registries.", "privacy"),
        ("How to keep the confidentiality of genomes is an unsolved problem.", "privacy"),
        ("The price is one thing, but regulatory approval remains a major hurdle.", "regulation"),
        ("The interpretation of rare variants is still a considerable challenge.", "interpretation"),
        ("Barriers include high costs, limited availability and lack of training.", "access cost expertise"),
    ],
)
def test_topics_that_are_said_to_hinder_give_their_classes(sentence: str, classes: str) -> None:
    assert named_challenges(sentence) == frozenset(classes.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "We compared the cost and accuracy of both strategies.",
        "The ethics committee approved the protocol and informed consent was obtained.",
        "Access to the data is described in the appendix.",
        "The aim was to learn whether cost is a barrier to testing.",
        "Training reduced errors to a minimum.",
        "Physical activity and exercise training may delay or prevent the onset of dementia.",
        "Patient education and availability of the vaccine prevent infections.",
    ],
)
def test_topics_alone_give_none(sentence: str) -> None:
    assert named_challenges(sentence) == frozenset()
