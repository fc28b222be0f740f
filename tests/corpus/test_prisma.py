from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ExclusionError
from corpus.prisma import Candidate, Exclusion, Identified, Screening, flow

ALLOWED = {"design": ("review", "cohort"), "state": ("current", "retracted")}


def ones(**values: str) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in values.items()}


@pytest.mark.parametrize(
    ("text", "traits", "fits"),
    [
        ("design=review", ones(design="review"), True),
        ("design=Review", ones(design="cohort"), False),
        ("design != cohort", ones(design="review"), True),
        ("design!=cohort", ones(design=""), False),
        ("design!=cohort", {}, False),
        ("language=fre", ones(language="eng fre"), True),
        ("language!=eng", ones(language="eng fre"), False),
        ("language!=eng", ones(language="fre"), True),
        ("no-abstract", ones(abstract="no"), True),
        ("no-abstract", ones(abstract="yes"), False),
        ("type=letter", ones(type="letter"), True),
    ],
)
def test_what_an_exclusion_removes(text: str, traits: Mapping[str, frozenset[str]], fits: bool) -> None:
    assert Exclusion.of(text, ALLOWED).fits(traits) is fits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reviews", "use no-abstract, or one of design, state, language, type"),
        ("year=2019", "use no-abstract, or one of"),
        ("design=", "with = or != and a value"),
        ("design=poem", "use one of review, cohort"),
        ("state!=sound", "use one of current, retracted"),
    ],
)
def test_an_exclusion_that_is_not_known_is_refused(text: str, said: str) -> None:
    with pytest.raises(ExclusionError, match=said):
        Exclusion.of(text, ALLOWED)


def test_the_first_exclusion_that_fits_counts_a_record() -> None:
    exclusions = [Exclusion.of(x, ALLOWED) for x in ("no-abstract", "design=review")]
    candidates = [
        Candidate(1, ones(design="review", abstract="no")),
        Candidate(2, ones(design="review", abstract="yes")),
        Candidate(3, ones(design="cohort", abstract="yes")),
        Candidate(4, absent="deleted by NLM"),
    ]
    found = flow([Identified("a", "a", "", "2026", 3), Identified("b", "b", "", "2026", 3)], candidates, exclusions)
    assert (found.duplicates, found.automation) == (2, (("no-abstract", 1), ("design=review", 1)))
    assert (found.other_reasons, found.to_screen) == ((("deleted by NLM", 1),), 1)
    assert found.screening == Screening(), "nobody has decided yet"


LISTS = st.lists(st.sets(st.integers(1, 30)), min_size=1, max_size=4)
TRAITS = st.fixed_dictionaries(
    {}, optional={"design": st.sampled_from((frozenset(("review",)), frozenset(("cohort",)), frozenset[str]()))}
)


@given(LISTS, st.lists(st.tuples(TRAITS, st.sampled_from(("", "deleted"))), min_size=30, max_size=30))
def test_every_record_ends_in_one_box(lists: list[set[int]], said: list[tuple[dict[str, frozenset[str]], str]]) -> None:
    candidates = [Candidate(pmid, *said[pmid - 1]) for pmid in sorted(set().union(*lists))]
    identified = [Identified(str(n), "", "", "", len(found)) for n, found in enumerate(lists)]
    exclusions = [Exclusion.of(x, ALLOWED) for x in ("design=review", "design!=cohort")]
    made = flow(identified, candidates, exclusions)
    removed = made.duplicates + sum(n for _, n in made.automation) + sum(n for _, n in made.other_reasons)
    assert sum(x.records for x in made.identified) == removed + made.to_screen
