import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.sample_size import read_sample_size
from tests.miner.marked import document


@pytest.mark.parametrize(
    ("body", "size"),
    [
        ("A total of 1,234 patients were enrolled.", 1234),
        ("A total of 1\u2009234 patients were enrolled.", 1234),
        ("We enrolled 173 adult patients; 86 patients received alphanib.", 173),
        ("Sixty-two patients were treated.", 62),
        ("One hundred and four women were enrolled.", 104),
        ("Participants were 118 older adults (mean age 65 years).", 118),
        ("Of 1123 women assessed, 456 were enrolled.", 456),
        ("Of 601 men enrolled from 1993 through December 1994 were evaluable 574 patients.", 574),
        ("We screened 900 patients. In total, 210 patients were included.", 210),
        ("Four patients were lost to follow-up, but the remaining 169 patients were followed up.", 169),
        ("We compared 143 patients with glioma and 58 healthy volunteers.", 201),
        ("A cohort of adolescents (n = 364) completed the interviews.", 364),
        ("Volunteers got alphanib (n = 12) or placebo (n = 9).", 21),
        ("Young adults (n = 60) formed three groups (n = 20; n = 20; n = 20).", 60),
        ("The rate was 3 deaths per 100,000 people.", None),
        ("The signal was clear (S/N = 3).", None),
        ("In 2019 patients were rare.", None),
        ("Tumours were grown in 12 mice.", None),
        ("The \u025b2/\u025b4 carriers were older.", None),
        ("Eighteen (12%) patients had a rash; overall, 150 patients were treated.", 150),
    ],
)
def test_people_of_the_study(body: str, size: int | None) -> None:
    assert read_sample_size(document("Alphanib was tried.", body), "cohort")[0] == size


@pytest.mark.parametrize(
    ("design", "body", "size"),
    [
        ("case report", "A man had a rash.", 1),
        ("case report", "We present two cases of glioma.", 2),
        ("case series", "Glioma arose in 6 of 843 patients.", 6),
        ("cohort", "Glioma arose in 6 of 843 patients.", 843),
        ("meta-analysis", "We included 28 trials (11,165 patients).", 11165),
        ("meta-analysis", "We included 28 trials.", None),
        ("protocol", "A sample of 240 students will be recruited.", 240),
        ("review", "A trial enrolled 400 patients.", None),
        ("in vitro", "Cells of 12 patients were used.", None),
        ("other", "We interviewed 26 relatives of the sick.", 26),
        ("other", "It tells 12 individuals apart.", None),
    ],
)
def test_people_by_design(design: str, body: str, size: int | None) -> None:
    assert read_sample_size(document("Alphanib was tried.", body), design)[0] == size


@given(
    st.lists(st.sampled_from(["12", "n = 9", "patients", "and", "of", "one hundred", "(", "%", "women,"]), max_size=60)
)
def test_a_number_is_read_or_none(words: list[str]) -> None:
    size = read_sample_size(document(" ".join(words)), "cohort")[0]
    assert size is None or size > 0
