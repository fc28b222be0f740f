import pytest

from miner.challenge_rules import challenge_rules, classes_of, stance_of
from miner.challenges import find_challenges
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
    ("Data privacy is a problem that needs to be solved.", ("privacy",), "barrier"),
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
    ("The score exhibited higher accuracy in the prediction of survival.", ("accuracy",), "overcome"),
    ("The disease is characterised by high morbidity and mortality.", ("prognosis",), "barrier"),
    ("Risk of bias will be evaluated by two reviewers.", (), None),
    ("The programme is expected to lower the high cost of care.", (), None),
    ("Patients received the drug until disease progression or unacceptable adverse events.", (), None),
    ("To investigate drug resistance, 40 isolates were cultured.", (), None),
    ("The aim was to identify predictors of poor outcome in sepsis.", (), None),
    ("Low expression was associated with poor prognosis in lung cancer.", (), None),
    ("Ratings correlated with subjective value.", (), None),
    ("Endocarditis had life-threatening complications.", (), None),
    ("Surgery had life-threatening complications.", ("toxicity",), "barrier"),
    ("Rates of serious adverse events were low.", ("toxicity",), "absent"),
    ("Current devices lack comparative data.", (), None),
    ("Groups spoke of general knowledge about the disease and its risks.", (), None),
    ("To analyse inequalities in surgical coverage in the region.", (), None),
    ("Acute cardiotoxicity was induced by injecting the drug.", (), None),
    ("It had an effect against the toxic effects of benzopyrene.", (), None),
    ("Combining both drugs could reduce the emergence of drug resistance.", ("resistance",), "overcome"),
    ("No evidence of cellular toxicity was detected after treatment.", ("toxicity",), "absent"),
    ("There are gaps in our knowledge of the enzyme.", ("evidence",), "barrier"),
    ("Its use is motivated by safety concerns for the patient.", (), None),
    ("The gel had an added benefit with less side effects.", ("toxicity",), "overcome"),
    ("The markers improved the risk scores recommended in the current guidelines.", (), None),
    ("The disease has high rates of resource utilisation.", (), None),
    ("The drug-resistant strain was inhibited in vitro.", (), None),
]


@pytest.mark.parametrize(("sentence", "classes", "stance"), CASES)
def test_classes_and_stance(sentence: str, classes: tuple[str, ...], stance: str | None) -> None:
    found = tuple(sorted(classes_of(sentence.lower())[0]))
    assert (found, stance_of(sentence, found) if found else None) == (classes, stance)


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


def test_what_may_be_a_challenge_is_a_counted_drop() -> None:
    found, drops = find_challenges(document("Training of staff in the hospital took two days."))
    assert found == ()
    assert [d.gate for d in drops] == ["challenge unsure"]


@pytest.mark.parametrize(
    ("sentence", "classes", "stance"),
    [
        ("The new drug is too expensive for most hospitals.", {"cost"}, "barrier"),
        ("Patients in rural areas rarely have access to the test.", {"access"}, "barrier"),
        ("Severe adverse events led to discontinuation in many patients.", {"toxicity"}, "barrier"),
        ("No serious adverse events were seen with the new drug.", {"toxicity"}, "absent"),
        ("Larger trials are needed before the therapy can be recommended.", {"evidence"}, "barrier"),
    ],
)
def test_rules_and_model_read_a_sentence_together(sentence: str, classes: set[str], stance: str) -> None:
    [challenge], _ = find_challenges(document(sentence))
    assert set(challenge.classes) >= classes
    assert challenge.polarity == stance
    assert 0.3 < challenge.score <= 1


def test_id_depends_on_the_text_alone() -> None:
    [a], _ = find_challenges(document("High costs limit its use in patients."))
    [b], _ = find_challenges(document("Something.", "High costs limit its use in patients."))
    assert (a.id, a.start != b.start) == (b.id, True)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Solar evaporators", "Carbon stands out for its low cost."),
        ("Ageing water meters", "Infrastructure is lacking."),
        ("Zebrafish follicles", "Manual separation is laborious and time-consuming."),
        ("Report", "Does earlier surgery predict treatment failure in {S sinusitis}?"),
        ("Corrigendum", "Corrigendum to the high cost of {D alphanib}."),
    ],
)
def test_other_fields_questions_and_notices_state_nothing(title: str, sentence: str) -> None:
    assert find_challenges(document(sentence, title=title))[0] == ()


def test_a_title_without_a_verb_and_a_method_state_nothing() -> None:
    assert find_challenges(document("Something.", title="Health and economic costs of early {D alphanib}"))[0] == ()
    assert find_challenges(document("Severe toxicity of {D alphanib} ended treatment.", category="METHODS"))[0] == ()
    [stated], _ = find_challenges(document("Something.", title="High costs of {D alphanib} limit its use"))
    assert stated.classes == ("cost",)
