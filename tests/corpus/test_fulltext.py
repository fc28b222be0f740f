import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fulltext import match_expression


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("lung cancer", '"lung" AND "cancer"'),
        ("EGFR-mutant", '"EGFR-mutant"'),
        ('"lung cancer" OR melanoma', '"lung cancer" OR "melanoma"'),
        ("lung NOT mouse", '"lung" NOT "mouse"'),
        ("NOT mouse", ""),
        ("resist*", '"resist" *'),
        ("title: (x", '"title:" AND "(x"'),
        ("OR", ""),
        ('"', ""),
        ("--", ""),
    ],
)
def test_expressions(text: str, expression: str) -> None:
    assert match_expression(text) == expression


_INDEX = sqlite3.connect(":memory:")
_INDEX.execute("CREATE VIRTUAL TABLE t USING fts5 (title)")


@given(st.text(max_size=40) | st.text('"ORNTAD *-:()^+ab', max_size=40))
def test_whatever_is_typed_can_be_asked(text: str) -> None:
    expression = match_expression(text)
    if expression:
        _INDEX.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,)).fetchall()
