from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from miner.evaluation.mentions import MentionsReport, score_mentions
from miner.findings import EntityType, Mention
from miner.gold import GoldDocument, GoldMention

TEXT = "Report Alphanib and betamab after surgery in lung cancer with EGFR mutation"


def place(words: str) -> tuple[int, int]:
    begin = TEXT.index(words)
    return begin, begin + len(words)


def gold(*mentions: tuple[str, EntityType], text: str = TEXT) -> GoldDocument:
    return GoldDocument("1", "Report", text, tuple(GoldMention(*place(words), type_) for words, type_ in mentions))


def found(*mentions: tuple[str, EntityType], kind: str = "", score: float = 0.9) -> list[Mention]:
    return [Mention(*place(words), words, type_, kind, None, words, score) for words, type_ in mentions]


def score(document: GoldDocument, mentions: Sequence[Mention]) -> MentionsReport:
    return score_mentions([document], lambda id, title, text: mentions)


def counts(report: MentionsReport, scoring: str, name: str) -> tuple[int, int, int]:
    (row,) = [e.score for e in report.estimates if (e.scoring, e.score.name) == (scoring, name)]
    return row.right, row.extracted, row.gold


def test_strict_wants_the_same_stretch_and_type() -> None:
    document = gold(("Alphanib", "drug"), ("lung cancer", "disease"), ("EGFR", "gene"))
    report = score(document, found(("Alphanib", "drug"), ("cancer", "disease"), ("EGFR", "drug")))
    assert counts(report, "strict", "all") == (1, 3, 3)
    assert counts(report, "relaxed", "all") == (2, 3, 3)
    assert counts(report, "strict", "drug") == (1, 2, 1)
    assert counts(report, "relaxed", "disease") == (1, 1, 1)
    assert counts(report, "strict", "gene") == (0, 0, 1)


def test_rows_come_plain_first() -> None:
    report = score(gold(("Alphanib", "drug"), ("EGFR", "gene")), [])
    assert [f"{row['scoring']} {row['what']}" for row in report.score_rows()] == [
        "strict all",
        "strict gene",
        "strict drug",
        "relaxed all",
        "relaxed gene",
        "relaxed drug",
        "strict all without classes",
        "strict drug without classes",
        "relaxed all without classes",
        "relaxed drug without classes",
    ]


def test_types_that_gold_never_annotates_are_left_out() -> None:
    report = score(gold(("lung cancer", "disease")), found(("lung cancer", "disease"), ("EGFR", "gene")))
    assert counts(report, "strict", "all") == (1, 1, 1)
    assert {e.score.name for e in report.estimates} == {"all", "disease"}
    assert report.errors == ()


def test_procedures_count_in_the_plain_rows_only() -> None:
    mentions = found(("Alphanib", "drug")) + found(("surgery", "drug"), kind="class")
    report = score(gold(("Alphanib", "drug"), ("EGFR", "gene")), mentions)
    assert counts(report, "strict", "drug") == (1, 2, 1)
    assert counts(report, "strict", "drug without classes") == (1, 1, 1)
    assert counts(report, "strict", "all without classes") == (1, 1, 2)


def test_states_count_in_the_plain_rows_only() -> None:
    begin, end = place("EGFR mutation")
    states = [Mention(begin, end, "", "variant", "", "TGV:HGNC:3236:mutation", "", 0.9)]
    states += found(("mutation", "variant"), ("cancer", "variant"))
    named = [Mention(0, 6, "", "variant", "", "TGV:HGNC:3236:p.T790M", "", 0.9)]
    report = score(gold(("mutation", "variant"), ("Alphanib", "drug")), states + named)
    assert counts(report, "strict", "variant") == (1, 4, 1)
    assert counts(report, "strict", "variant without states") == (0, 1, 1)
    assert counts(report, "strict", "all without classes and states") == (0, 1, 2)
    assert [j.right for j in report.judged] == [False]


def test_gold_mentions_that_overlap_count_one_by_one() -> None:
    document = gold(("Alphanib and betamab", "drug"), ("betamab", "drug"), ("Alphanib", "drug"))
    report = score(document, found(("betamab", "drug")))
    assert counts(report, "strict", "drug") == (1, 1, 3)
    long = score(document, found(("Alphanib and betamab after surgery", "drug")))
    assert counts(long, "relaxed", "drug") == (1, 1, 3)


def test_two_readings_of_one_place_count_once() -> None:
    report = score(gold(("Alphanib", "drug")), found(("Alphanib", "drug"), ("Alphanib", "drug")))
    assert counts(report, "strict", "drug") == (1, 1, 1)


def test_errors_say_what_is_wrong_and_where() -> None:
    document = gold(("Alphanib", "drug"), ("lung cancer", "disease"), ("EGFR", "gene"), ("mutation", "variant"))
    report = score(
        document, found(("cancer", "disease"), ("EGFR", "drug"), ("surgery", "drug"), ("mutation", "variant"))
    )
    rows = list(report.error_rows())
    assert [(row["error"], row["gold"], row["found"]) for row in rows] == [
        ("missed", "Alphanib", None),
        ("extra", None, "surgery"),
        ("wrong boundary", "lung cancer", "cancer"),
        ("wrong type", "EGFR", "EGFR"),
    ]
    assert (rows[3]["gold_type"], rows[3]["found_type"]) == ("gene", "drug")
    assert rows[1]["context"] == "Report Alphanib and betamab after [surgery] in lung cancer with EGFR mutation"
    assert rows[2]["context"] == "t Alphanib and betamab after surgery in [lung cancer] with EGFR mutation"
    assert (rows[0]["start"], rows[0]["end"]) == place("Alphanib")


def test_scores_are_kept_with_what_came_of_them() -> None:
    report = score(
        gold(("Alphanib", "drug")), found(("Alphanib", "drug"), score=0.8) + found(("betamab", "drug"), score=0.4)
    )
    assert [(j.type, j.score, j.right) for j in report.judged] == [("drug", 0.8, True), ("drug", 0.4, False)]


def test_the_reader_gets_the_text_as_annotate_does() -> None:
    seen = []
    score_mentions([gold(("EGFR", "gene"))], lambda *given: seen.append(given) or [])
    assert seen == [("1", "Report", TEXT.removeprefix("Report "))]


PLACES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(("gene", "drug", "disease"))),
    max_size=8,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(PLACES, PLACES)
def test_every_difference_is_listed_once(
    wanted: list[tuple[int, int, EntityType]], given_: list[tuple[int, int, EntityType]]
) -> None:
    document = GoldDocument("1", "", TEXT, tuple(GoldMention(s, s + n, t) for s, n, t in wanted))
    mentions = [Mention(s, s + n, TEXT[s : s + n], t, "", None, "", 0.5) for s, n, t in given_]
    report = score(document, mentions)
    if not wanted:
        assert report.estimates == ()
        return
    right, extracted, gold_count = counts(report, "strict", "all")
    assert counts(report, "relaxed", "all")[0] >= right
    assert sum(e.gold is not None for e in report.errors) == gold_count - right
    assert sum(e.found is not None for e in report.errors) == extracted - right


@settings(max_examples=25, deadline=None)
@given(PLACES)
def test_gold_itself_scores_full_marks(wanted: list[tuple[int, int, EntityType]]) -> None:
    document = GoldDocument("1", "", TEXT, tuple(GoldMention(s, s + n, t) for s, n, t in wanted))
    report = score(document, [Mention(s, s + n, "", t, "", None, "", 0.5) for s, n, t in wanted])
    assert all(e.score.f1 == 1.0 for e in report.estimates if e.score.name == "all")
    assert report.errors == ()
