import pytest

from miner.findings import Design, Subject
from miner.levels import assign_level


@pytest.mark.parametrize(
    ("design", "patients", "subject", "sentence", "level"),
    [
        ("guideline", None, "patients", "", "A"),
        ("meta-analysis", None, "patients", "", "A"),
        ("systematic review", None, "animal", "", "D"),
        ("cohort", 40, "patients", "The FDA approved it.", "A"),
        ("cohort", 40, "patients", "It is not approved by the FDA.", "B"),
        ("randomised trial", 300, "patients", "", "B"),
        ("other", None, "patients", "", "B"),
        ("case report", 1, "patients", "", "C"),
        ("cohort", 5, "patients", "", "C"),
        ("cohort", 6, "patients", "", "B"),
        ("in vivo", None, "animal", "", "D"),
        ("cohort", 50, "cell_line", "", "D"),
        ("in vitro", None, "unknown", "", "D"),
        ("computational", None, "patients", "", "E"),
        ("other", None, "unknown", "", "E"),
        ("other", None, "in_silico", "", "E"),
        ("review", None, "patients", "", None),
        ("protocol", None, "patients", "", None),
        ("editorial", None, "patients", "", None),
        ("notice", None, "patients", "", None),
    ],
)
def test_level(design: str, patients: int | None, subject: Subject, sentence: str, level: str | None) -> None:
    found, trace = assign_level(sentence, subject, Design(design, sample_size=patients))
    assert found == level
    assert trace[0] == f"design: {design}"
    assert trace[-1].startswith(f"level {level or 'none'}: ")
