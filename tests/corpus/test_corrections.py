import pytest

from corpus.corrections import StudyState, study_state
from corpus.records import Article, Correction, PublicationDate, Term


def article(*links: Correction, title: str = "A study.", types: tuple[str, ...] = (), pmid: int = 1) -> Article:
    terms = tuple(Term(ui, "") for ui in types)
    return Article(pmid, 1, title, title, corrections=links, publication_types=terms)


RETRACTED = Correction("RetractionIn", "J Inv. 2022 May 3;1(2):3", 7)


def test_a_retracted_study() -> None:
    assert study_state(article(RETRACTED)) == StudyState("retracted", 7, "2022-05-03")


@pytest.mark.parametrize(
    ("study", "state"),
    [
        (article(), "current"),
        (article(types=("D016441",)), "retracted"),
        (article(title="WITHDRAWN: Drug for disease."), "retracted"),
        (article(title="RETRACTED ARTICLE: Drug for disease."), "retracted"),
        (article(title="Withdrawn patients in trials of drugs."), "current"),
        (article(Correction("ErratumIn", "x", 2)), "corrected"),
        (article(Correction("ErratumIn", "x", 2), Correction("ExpressionOfConcernIn", "x", 3)), "concern"),
        (article(Correction("ExpressionOfConcernIn", "x", 3), RETRACTED), "retracted"),
        (article(Correction("PartialRetractionIn", "x", 3)), "concern"),
        (article(Correction("RetractedandRepublishedIn", "x", 3)), "retracted"),
        (article(Correction("RetractedandRepublishedFrom", "x", 3)), "republished"),
        (article(types=("D016439",)), "republished"),
        (article(Correction("CorrectedandRepublishedIn", "x", 3)), "corrected"),
        (article(Correction("CommentIn", "x", 3), Correction("UpdateIn", "x", 3)), "current"),
    ],
)
def test_which_state_wins(study: Article, state: str) -> None:
    assert study_state(study).state == state


@pytest.mark.parametrize(
    ("notice", "kind"),
    [
        (article(Correction("RetractionOf", "x", 3), title="Retracted: A study."), "retraction"),
        (article(types=("D016440",)), "retraction"),
        (article(Correction("ErratumFor", "x", 3)), "erratum"),
        (article(types=("D000075742",)), "concern"),
    ],
)
def test_a_notice_is_not_what_it_announces(notice: Article, kind: str) -> None:
    assert study_state(notice) == StudyState(notice=kind)  # type: ignore[arg-type]


def test_a_link_with_a_pmid_is_preferred() -> None:
    links = (Correction("RetractionIn", "J Inv. 2020;1:2"), RETRACTED)
    assert study_state(article(*links)).notice_pmid == 7


def test_the_notices_own_date_is_preferred() -> None:
    notice = Article(7, 1, "", "", publication_date=PublicationDate("2022", 2022, "year"), electronic_date="2022-04-30")
    assert study_state(article(RETRACTED), {7: notice}).date == "2022-04-30"


def test_a_citation_without_a_date_gives_none() -> None:
    assert study_state(article(Correction("RetractionIn", "doi: 10.1/x"))) == StudyState("retracted", None, "")


def test_a_notice_that_is_held_speaks_before_the_record_does() -> None:
    study = article()
    assert study_state(study, {}, [("RetractionOf", 9)]).state == "retracted"
    assert study_state(study, {}, [("ErratumFor", 9)]).state == "corrected"
    assert study_state(study, {}, [("ExpressionOfConcernFor", 8), ("RetractionOf", 9)]).notice_pmid == 9
