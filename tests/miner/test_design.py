import pytest

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
        ((), (), "Alphanib", "Tumours were grown in mice.", "in vivo"),
        ((), (), "Alphanib", "Three cell lines were used.", "in vitro"),
        ((), (), "Alphanib", "Molecular docking was used.", "computational"),
        ((), (), "Alphanib", "Text.", "other"),
    ],
)
def test_design(types: tuple[str, ...], mesh: tuple[str, ...], title: str, body: str, design: str) -> None:
    found = read_design(document(body, title=title, publication_types=types, mesh=mesh))
    assert found.design == design
    assert design in DESIGNS
    assert found.source in ("publication type", "mesh", "text", "none")
    assert (found.source == "none") == (design == "other")


@pytest.mark.parametrize(
    ("body", "phase"),
    [
        ("This phase III trial ended.", "3"),
        ("A phase 1/2 study.", "1/2"),
        ("A phase I-II study.", "1/2"),
        ("A phase 2b study.", "2"),
        ("The early phase was long.", ""),
    ],
)
def test_phase(body: str, phase: str) -> None:
    assert read_design(document(body)).phase == phase


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("A total of 1,234 patients were enrolled.", 1234),
        ("We enrolled 173 adult patients; 86 patients received alphanib.", 173),
        ("Sixty patients were treated.", None),
        ("Tumours were grown in 12 mice.", None),
    ],
)
def test_patients(body: str, size: int | None) -> None:
    assert read_design(document(body)).sample_size == size


def test_trial_ids_of_record_and_text_each_once() -> None:
    found = read_design(document("Registered as NCT00949650.", registry_ids=("NCT00000001", "NCT00949650")))
    assert found.trial_ids == ("NCT00000001", "NCT00949650")
