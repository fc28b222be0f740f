"""The recipe of the confidence of findings, on cases small enough to see through."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.records import Article, Passage
from miner.confidence import WEIGHTS, ConfidenceModel
from miner.errors import MinerInputError
from miner.recognise import Recognised
from miner.relate import read_relations
from miner.sentences import Sentence
from miner.train.confidence import learn
from miner.train.confidence_cases import (
    APART,
    CHECK,
    FITTED,
    JUDGED,
    Case,
    apart_from_fitted,
    judged_cases,
    read_cases,
    stated_cases,
    write_cases,
)
from miner.train.labelled import Labelled, sentence_digest, teaches
from miner.weights import Weights, read_weights
from tests.miner.marked import document

DOCUMENT = document("{D alphanib} prolonged survival in patients with {S glioma}.", title="Report.")
SENTENCE = DOCUMENT.text[8:]
ARTICLE = Article(7, 1, "Report.", DOCUMENT.text, (Passage("TITLE", "", 0, 7), Passage("", "", 8, len(DOCUMENT.text))))


class Marked:
    """Finds what is marked, whatever it is given."""

    digest = "marked"

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        return Recognised(DOCUMENT.mentions, ())


def row(labels: str) -> Labelled:
    return Labelled(7, 8, len(DOCUMENT.text), sentence_digest(SENTENCE), labels)


def stated(relation: str, certainty: str = "asserted") -> list[bool]:
    gold = (
        f'[{{"kind": "efficacy", "relation": "{relation}", "certainty": "{certainty}", "drugs": ["alphanib"], '
        '"genes": [], "variants": []}]'
    )
    return [case.right for case in stated_cases([row(gold)], "stated", [ARTICLE], Marked())]


def test_a_finding_is_right_when_its_label_says_the_same() -> None:
    assert stated("benefit") == [True]
    assert stated("no_benefit") == [False]
    assert stated("benefit", "aim") == [False]


def test_a_judged_finding_is_right_unless_it_is_wrong() -> None:
    [finding] = read_relations(replace(DOCUMENT, id="7"))[0]
    for verdict, right in (("right", True), ("partly", True), ("wrong", False)):
        [case] = judged_cases(
            [row(f'[{{"id": "{finding.id}", "verdict": "{verdict}"}}]')], "judged", [ARTICLE], Marked()
        )
        assert (case.pmid, case.right, case.found["kind efficacy"]) == (7, right, 1.0)
    assert list(judged_cases([row('[{"id": "0", "verdict": "right"}]')], "judged", [ARTICLE], Marked())) == []


def cases() -> list[Case]:
    """Three hundred findings, of which those with a hedge are mostly wrong."""
    return [
        Case(
            number,
            "stated",
            "efficacy",
            number % 3 != 0 or number % 9 == 0,
            {"hedge": 1.0} if number % 3 == 0 else {"people": 1.0},
        )
        for number in range(300)
    ]


def test_it_learns_what_goes_with_wrong_readings() -> None:
    card, arrays = learn(cases())
    assert (card["findings"], card["right"]) == (300, 234)
    model = ConfidenceModel(Weights(card, arrays, "0"))
    assert abs(model.probability({"hedge": 1.0}) - 1 / 3) < 0.1
    assert model.probability({"people": 1.0}) > 0.9


def test_what_is_seldom_seen_has_no_weight_and_the_same_cases_give_the_same() -> None:
    rare = [Case(1, "stated", "efficacy", False, {"rare": 1.0, "people": 1.0}), *cases()]
    (card, first), (_, second) = learn(rare), learn(rare)
    assert card["features"] == ["hedge", "people"]
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_cases_come_back_as_written_and_a_row_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.tsv"
    made = [Case(8, "check", "target", True, {"length": 0.125}), Case(7, "stated", "efficacy", False, {})]
    write_cases(path, reversed(made))
    assert read_cases(path) == made
    path.write_text(path.read_text(encoding="utf-8") + "7\tstated\tefficacy\tperhaps\t{}\n", encoding="utf-8")
    with pytest.raises(MinerInputError, match=r"cases\.tsv line 4"):
        read_cases(path)
    path.write_text("pmid\n", encoding="utf-8")
    with pytest.raises(MinerInputError, match="must name the columns"):
        read_cases(path)


def test_the_committed_weights_are_those_of_the_committed_cases() -> None:
    card, arrays = learn([case for case in read_cases() if case.set in FITTED])
    committed = read_weights(WEIGHTS)
    assert committed.card == card
    assert np.allclose(committed.arrays["weights"], arrays["weights"], atol=0.002)


def test_judgements_of_the_articles_set_apart_are_not_fitted_on() -> None:
    cases = read_cases()
    assert all(teaches(case.pmid) for case in cases if case.set == JUDGED)
    assert {case.set for case in cases} - set(FITTED) == {APART, CHECK}
    assert apart_from_fitted(cases) == cases
    fitted, met, other = (Case(n, s, "target", True, {}) for n, s in ((1, JUDGED), (1, CHECK), (2, CHECK)))
    assert apart_from_fitted([fitted, met, other]) == [fitted, other]
    assert 0.6 < sum(map(teaches, range(3_000))) / 3_000 < 0.73
