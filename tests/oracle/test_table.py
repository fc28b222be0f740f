"""The oracle's judgement: a difference counts as explained only when a rule of that tool foretells the exact set."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from tests.oracle.table import Answer, Row, Truth, lines, row, unexplained

HELD = {"crohn's": {1, 2, 3, 4, 5}, "crohns": {9}}


def held(query: str) -> frozenset[int]:
    return frozenset(HELD[query])


TRUTH = Truth("crohn's", held("crohn's"), held, cap=3)
WHOLE = Answer(TRUTH.pmids, requests=2, terms=("crohn's",))
NEWEST = replace(WHOLE, pmids=frozenset({5, 4, 3}))
BARE = replace(WHOLE, pmids=held("crohns"), terms=("crohns",))


@pytest.mark.parametrize(
    ("tool", "answer", "explained", "reason"),
    [
        ("TheraGraph", WHOLE, True, ""),
        ("EDirect", BARE, True, "it asks for 'crohns'"),
        ("Bio.Entrez", NEWEST, True, "reaches its 3 newest records"),
        # ours is excused from nothing, and each peer only from its own
        ("TheraGraph", NEWEST, False, "missing 1, 2"),
        ("TheraGraph", BARE, False, "too many 9"),
        ("EDirect", NEWEST, False, "missing 1, 2"),
        ("Bio.Entrez", BARE, False, "too many 9"),
        # near what the rule foretells is not what it foretells
        ("Bio.Entrez", replace(NEWEST, pmids=frozenset({5, 4})), False, "missing 1, 2, 3"),
        ("Bio.Entrez", replace(NEWEST, pmids=frozenset({5, 4, 2})), False, "missing 1, 3"),
        ("EDirect", replace(BARE, pmids=frozenset({1})), False, "missing 2, 3, 4"),
        ("EDirect", replace(BARE, terms=("crohn's",)), False, "too many 9"),
        # the right set is worth nothing from a tool that broke off or never asked
        ("EDirect", replace(WHOLE, failed="no network"), False, "no network"),
        ("Bio.Entrez", replace(WHOLE, requests=0), False, "no request of it reached PubMed"),
    ],
)
def test_verdict(tool: str, answer: Answer, explained: bool, reason: str) -> None:
    judged = row(tool, TRUTH, answer)
    assert judged.explained is explained
    assert reason in judged.reason
    assert bool(judged.reason) is bool(reason)


def test_the_cap_excuses_no_query_below_it() -> None:
    small = replace(TRUTH, cap=5)
    assert not row("Bio.Entrez", small, NEWEST).explained


def test_one_unexplained_difference_fails_the_run() -> None:
    good, bad = row("Bio.Entrez", TRUTH, NEWEST), row("EDirect", TRUTH, NEWEST)
    assert unexplained([good]) == 0
    assert unexplained([good, bad]) == 1


def test_the_table_names_each_query_once_and_counts_both_directions() -> None:
    rows: list[Row] = [row("TheraGraph", TRUTH, WHOLE), row("EDirect", TRUTH, BARE), row("Bio.Entrez", TRUTH, BARE)]
    assert list(lines(rows)) == [
        "crohn's  (5 records)",
        "  TheraGraph       5 records    2 requests  equal",
        "  EDirect          1 records    2 requests  differs (5 missing, 1 too many): "
        "it asks for 'crohns', and for that it has everything the emulated PubMed holds",
        "  Bio.Entrez       1 records    2 requests  UNEXPLAINED (5 missing, 1 too many): missing 1, 2, 3; too many 9",
    ]


def test_the_child_in_the_other_environment_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(__file__).with_name("bio_entrez.py").read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {"corpus", "tests", "theragraph"} & {str(module).split(".")[0] for module in modules}
