"""What a drug does to gene products; invented sentences, with the twins that say nothing of the kind."""

import pytest

from tests.miner.test_relate import read, said

CASES: dict[str, tuple[str, list[str]]] = {
    "list of genes": (
        "{D alphanib} lowered the expression of {G AKT1}, {G BCL2} and {G TP53}.",
        [f"target inhibits alphanib {gene}" for gene in ("AKT1", "BCL2", "TP53")],
    ),
    "list of drugs": (
        "{D alphanib} and {D betamab} strongly blocked {G AKT1}.",
        ["target inhibits alphanib AKT1", "target inhibits betamab AKT1"],
    ),
    "given together": (
        "The combination of {D alphanib} and {D betamab} suppressed {G AKT1} activity.",
        ["target inhibits alphanib+betamab AKT1"],
    ),
    "second verb": (
        "{D alphanib} suppressed {G AKT1} and markedly increased {G TP53} protein.",
        ["target activates alphanib TP53", "target inhibits alphanib AKT1"],
    ),
    "second verb of another subject": (
        "{D alphanib} suppressed {G AKT1}, while XR-17 given later and rest increased {G TP53} protein.",
        ["target inhibits alphanib AKT1"],
    ),
    "means": (
        "{D alphanib} slows growth of tubers by inhibiting {G AKT1}.",
        ["target inhibits alphanib AKT1"],
    ),
    "means, noun": (
        "{D alphanib} protects neurons through activation of {G AKT1}.",
        ["target activates alphanib AKT1"],
    ),
    "means of another drug": (
        "{D alphanib} was safer than {D betamab}, which acts by inhibiting {G AKT1}.",
        [],
    ),
    "passive": (
        "{G AKT1} phosphorylation was significantly reduced by {D alphanib}.",
        ["target inhibits alphanib AKT1"],
    ),
    "passive, after treatment": (
        "{G TP53} levels were increased after treatment with {D alphanib}.",
        ["target activates alphanib TP53"],
    ),
    "effect was blocked": ("The effects of {D betamab} on {G AKT1} were blocked by {D alphanib}.", []),
    "nominal": (
        "We show the induction of {G TP53} by {D alphanib}.",
        ["target activates alphanib TP53"],
    ),
    "light verb turns it": (
        "{D alphanib} caused a marked decrease in {G AKT1} expression.",
        ["target inhibits alphanib AKT1"],
    ),
    "binds": ("{D alphanib} binds directly to {G AKT1}.", ["target binds alphanib AKT1"]),
    "affinity": ("{D alphanib} showed high binding affinity for {G AKT1}.", ["target binds alphanib AKT1"]),
    "through another substance": ("{D alphanib} prevented the inhibition of {G AKT1} by {D betamab}.", []),
    "not the drug itself": ("{D alphanib} receptors inhibited {G AKT1}.", []),
    "object of another verb": ("XR-17 lowered the amount of {D alphanib}, reduced {G AKT1} and spread.", []),
    "pathway": ("{D alphanib} inhibited the {G AKT1}/mTOR pathway.", []),
    "part of another thing": ("{D alphanib} reduced {G TP53}-containing vesicles.", []),
    "another property of the gene product": ("{D alphanib} increased {G AKT1} selectivity.", []),
    "class before its members": (
        "XR-17 resists {C MET inhibitors} such as {D alphanib} and {D betamab}.",
        ["target inhibits alphanib MET", "target inhibits betamab MET"],
    ),
    "class before its antibody": (
        "It resists an {C anti-EGFR antibody}, {D betamab}.",
        ["target binds betamab EGFR"],
    ),
    "class without a gene": ("It resists {C kinase inhibitors} such as {D alphanib}.", []),
    "kinds of drug in a list": ("Those given {D alphanib}, {G AKT1} agonists, or radiation were excluded.", []),
    "denied": ("{D alphanib} did not inhibit {G AKT1}.", ["target inhibits alphanib AKT1"]),
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.values(), ids=CASES.keys())
def test_sentence_says(sentence: str, expected: list[str]) -> None:
    assert sorted(said(f) for f in read(sentence) if f.kind == "target") == expected


def test_denial_is_kept_in_the_polarity() -> None:
    (finding,) = read("{D alphanib} did not inhibit {G AKT1}.")
    assert finding.polarity == "does_not_support"


def test_doubt_of_another_clause_does_not_count() -> None:
    (finding,) = read("{D alphanib} blocks {G AKT1} and may have other properties.")
    assert finding.certainty == "asserted"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Blockade of {G AKT1} with {D alphanib} reduced swelling.", "background"),
        ("We observed blockade of {G AKT1} with {D alphanib}.", "asserted"),
    ],
)
def test_what_a_noun_takes_as_known_is_background(sentence: str, expected: str) -> None:
    (finding,) = read(sentence)
    assert finding.certainty == expected
