import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.design import read_design
from miner.findings import DESIGNS
from tests.miner.marked import document


@pytest.mark.parametrize(
    ("types", "mesh", "title", "body", "design"),
    [
        (("Randomized Controlled Trial",), (), "A trial", "Text.", "randomised trial"),
        (("Review", "Meta-Analysis"), (), "A trial", "Text.", "meta-analysis"),
        (("Review",), (), "A systematic review of alphanib", "Text.", "systematic review"),
        (("Review",), (), "Alphanib today", "Text.", "review"),
        (("Case Reports",), (), "A strange rash", "Text.", "case report"),
        (("Practice Guideline",), (), "Alphanib", "Text.", "guideline"),
        (("Published Erratum",), (), "Alphanib", "Text.", "notice"),
        (("Editorial",), (), "Alphanib", "Text.", "editorial"),
        (("Clinical Trial, Phase II",), (), "Alphanib", "Single-arm study.", "single-arm trial"),
        (("Clinical Trial, Phase II",), (), "Alphanib", "Patients were randomized.", "randomised trial"),
        (("Journal Article",), ("Retrospective Studies",), "Alphanib", "Text.", "cohort"),
        (("Journal Article",), ("Case-Control Studies",), "Alphanib", "Text.", "case-control"),
        ((), (), "Alphanib: study protocol for a trial", "Text.", "protocol"),
        ((), (), "Alphanib", "A cross-sectional survey was made.", "cross-sectional"),
        ((), (), "Alphanib", "We report a patient with glioma.", "case report"),
        ((), (), "Alphanib", "Tumours were grown in mice. The mice were killed.", "in vivo"),
        ((), (), "Alphanib", "Three cell lines were used. Cells were transfected.", "in vitro"),
        ((), (), "Alphanib", "Molecular dynamics simulations of the complex were run.", "computational"),
        ((), (), "Alphanib", "This review summarizes current knowledge; alphanib and its use are discussed.", "review"),
        ((), (), "Alphanib", "We held semi-structured interviews with nurses.", "other"),
        ((), (), "Alphanib", "Wheat seedlings were grown in soil, and their photosynthesis was measured.", "other"),
        ((), (), "Alphanib in glioma: a case report and literature review", "Text.", "case report"),
        ((), (), "Alphanib", "We report three patients with glioma, a rare disease.", "case series"),
        (("Case Reports",), (), "Three patients with glioma", "Text.", "case series"),
        (("Systematic Review",), (), "Alphanib: a systematic review and meta-analysis", "Text.", "meta-analysis"),
        (("Review",), (), "Alphanib", "We searched PubMed; twelve studies met the criteria.", "systematic review"),
        (
            (),
            (),
            "Randomised controlled trial of alphanib in rats",
            "Wistar rats were given alphanib by gavage.",
            "in vivo",
        ),
        ((), (), "Alphanib: design and rationale of a trial", "Text.", "protocol"),
        ((), (), "Revised guideline for alphanib", "Text.", "guideline"),
        ((), (), "Obituary: A. B. Smith", "She taught many.", "editorial"),
        (
            (),
            (),
            "Alphanib",
            "We searched PubMed and Embase; nine studies of 400 patients fitted.",
            "systematic review",
        ),
        ((), (), "Alphanib", "Rarely, emboli follow, as in the case presented herein, a patient.", "case report"),
        ((), (), "Alphanib", "Text.", "other"),
    ],
)
def test_design(types: tuple[str, ...], mesh: tuple[str, ...], title: str, body: str, design: str) -> None:
    found = read_design(document(body, title=title, publication_types=types, mesh=mesh))
    assert found.design == design
    assert design in DESIGNS
    assert found.source in ("publication type", "mesh", "text", "none")
    assert design == "other" or found.source != "none"


@pytest.mark.parametrize(
    ("title", "body", "design"),
    [
        ("Adherence to practice guidelines in glioma", "We reviewed the medical records of 90 patients.", "guideline"),
        ("Some concerns about a randomized controlled trial", "The patients were few.", "randomised trial"),
        ("Alphanib", "The patients were randomly divided into a training and a validation cohort.", "randomised trial"),
        ("Alphanib", "Mice were randomly divided into three groups.", "randomised trial"),
        (
            "Alphanib",
            "Earlier, a case-control study of men was made. We gave rats alphanib, and the rats slept.",
            "case-control",
        ),
        ("Correction of matrix effects in wastewater", "Text.", "notice"),
        ("Alphanib", "Several case series have shown benefit in patients. We enrolled 40 patients.", "case series"),
        ("Alphanib", "We searched databases of genes in 40 patients who were enrolled.", "systematic review"),
        ("Alphanib in non-small cell lung cancer", "We enrolled 40 patients. The cells were few.", "in vitro"),
        ("Alphanib and the Kirsten rat sarcoma gene", "We enrolled 40 patients.", "in vivo"),
        ("Alphanib", "The patients, we found, were present in 7 hospitals and were followed up.", "case series"),
    ],
)
def test_what_others_did_is_not_the_design(title: str, body: str, design: str) -> None:
    assert read_design(document(body, title=title)).design != design


def test_the_trace_names_the_words_that_decided() -> None:
    found = read_design(document("We enrolled 40 patients. They were randomly assigned to two arms.", title="Alphanib"))
    assert found.trace == ("text: 'randomly assigned'", "text: 40 patients, by '40 patients'")
    found = read_design(document("Tumours were grown in nude mice.", title="Alphanib"))
    assert found.trace[0].startswith("text: animals, by 'nude mice'")


@pytest.mark.parametrize(
    ("title", "body", "phase"),
    [
        ("Alphanib: a phase III randomized trial", "Text.", "3"),
        ("A phase 1/2 study", "Text.", "1/2"),
        ("A phase I-II study", "Text.", "1/2"),
        ("A phase 2b trial", "Text.", "2"),
        ("Alphanib", "In this single-arm phase 2 study, 40 patients were treated. A phase 3 trial is planned.", "2"),
        ("Alphanib: a cohort study", "A phase III trial had been positive.", ""),
        ("Alphanib", "The early phase was long.", ""),
    ],
)
def test_phase_is_that_of_this_study(title: str, body: str, phase: str) -> None:
    assert read_design(document(body, title=title)).phase == phase


def test_trial_ids_of_record_and_text_each_once() -> None:
    found = read_design(document("Registered as NCT00949650.", registry_ids=("NCT00000001", "NCT00949650")))
    assert found.trial_ids == ("NCT00000001", "NCT00949650")


@given(st.text(max_size=300))
def test_any_text_has_a_design(text: str) -> None:
    found = read_design(document(text.replace("{", "(")))
    assert found.design in DESIGNS
    assert (found.source == "none") <= (found.design == "other")
