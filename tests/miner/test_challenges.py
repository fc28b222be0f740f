import pytest

from miner.challenges import challenge_rules, classify, find_challenges
from miner.findings import CHALLENGE_FAMILIES
from miner.relate import relate
from tests.miner.marked import document

CASES = [
    ("The high cost of sequencing limits its use in small hospitals.", ("cost",), "barrier"),
    ("We measured cost in both arms.", (), None),
    ("Limited access to genetic testing remains a barrier in rural areas.", ("access",), "barrier"),
    ("Manual curation is time-consuming and laborious.", ("resources",), "barrier"),
    ("Lack of knowledge among clinicians hinders pharmacogenetic testing.", ("expertise",), "barrier"),
    ("Low reproducibility limits the assay.", ("accuracy",), "barrier"),
    ("Many variants of uncertain significance were reported.", ("interpretation",), "barrier"),
    ("Ethical concerns arise when relatives are informed.", ("ethics",), "barrier"),
    ("Patients worry about data privacy.", ("privacy",), "barrier"),
    ("Regulatory hurdles delay companion diagnostics.", ("regulation",), "barrier"),
    ("The underlying mechanism remains unclear.", ("evidence",), "barrier"),
    ("Most tumours develop acquired resistance within a year.", ("resistance",), "barrier"),
    ("Severe adverse events were common.", ("toxicity",), "barrier"),
    ("No severe adverse events were observed.", ("toxicity",), "absent"),
    ("Treatment was well tolerated.", ("toxicity",), "absent"),
    ("Intratumoral heterogeneity complicates sampling.", ("heterogeneity",), "barrier"),
    ("Pancreatic cancer has a dismal prognosis.", ("prognosis",), "barrier"),
    ("The new workflow reduced the cost of the test.", ("cost",), "overcome"),
    ("Patients were enrolled in June.", (), None),
]


@pytest.mark.parametrize(("sentence", "classes", "stance"), CASES)
def test_classes_and_stance(sentence: str, classes: tuple[str, ...], stance: str | None) -> None:
    assert classify(sentence) == (classes, stance)


def test_rules_cover_every_class_and_no_other() -> None:
    known = {name for classes in CHALLENGE_FAMILIES.values() for name in classes}
    rules = challenge_rules()
    assert {name for name, _ in (*rules.strong, *rules.topic)} == known


def test_about_names_the_sentence_before_the_title() -> None:
    doc = document("The high cost of {D alphanib} limits its use.", title="Use of {D betamab}")
    [challenge], _ = find_challenges(doc)
    assert [(a.name, a.scope) for a in challenge.about] == [("alphanib", "sentence")]


def test_about_falls_back_to_the_only_therapy_of_the_title() -> None:
    [challenge], _ = find_challenges(document("High costs limit its use.", title="Use of {D betamab}"))
    assert [(a.name, a.scope) for a in challenge.about] == [("betamab", "study")]
    [other], _ = find_challenges(document("High costs limit its use.", title="{D betamab} and {T exome sequencing}"))
    assert other.about == ()


def test_a_resistance_finding_raises_its_class() -> None:
    doc = document("{M EGFR T790M|EGFR} renders cells resistant to {D alphanib}.")
    findings, _ = relate(doc)
    assert findings
    [challenge], _ = find_challenges(doc, findings)
    assert challenge.classes == ("resistance",)


def test_topic_alone_is_a_counted_drop() -> None:
    found, drops = find_challenges(document("Insurance coverage was recorded."))
    assert found == ()
    assert [d.gate for d in drops] == ["topic only"]


def test_id_depends_on_the_text_alone() -> None:
    [a], _ = find_challenges(document("High costs limit its use."))
    [b], _ = find_challenges(document("Something.", "High costs limit its use."))
    assert (a.id, a.start != b.start) == (b.id, True)
