"""The schema as data, and everything generated from it."""

import re

import pytest

from graph.ddl import (
    data_dictionary,
    delete_statement,
    read_statement,
    relation_kinds,
    schema_checksum,
    schema_statements,
    upsert_statement,
)
from graph.engines import GraphEngine
from graph.errors import RowRefused
from graph.rows import NodeRow, RelationRow, Row, check_row
from graph.schema import CONCEPT_LABELS, NODES, RELATIONS, ROLES

#: words that a person would have to write in backticks (Cypher 25 manual, reserved keywords), of those near our names
KEYWORDS = {"IN", "OF", "AS", "BY", "ON", "IS", "CONTAINS", "SET", "ALL", "FROM", "WITH", "DISTINCT"}


def test_every_name_is_written_as_the_guide_says() -> None:
    for node in NODES.values():
        assert re.fullmatch(r"[A-Z][A-Za-z]+", node.label)
        assert node.properties[0].name == "id"
    for relation in RELATIONS.values():
        assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", relation.type)
        assert relation.type not in KEYWORDS
        assert relation.type.lower() not in {label.lower() for label in NODES}
        assert {label for pair in relation.ends for label in pair} <= NODES.keys()
    for kind in (*NODES.values(), *RELATIONS.values()):
        names = [prop.name for prop in kind.properties]
        assert len(names) == len(set(names))
        assert all(re.fullmatch(r"[a-z][A-Za-z]*", name) for name in names)
    assert {label for _, label in ROLES.values()} == set(CONCEPT_LABELS.values())


def test_every_statement_is_filled() -> None:
    kinds = [(label,) for label in NODES] + list(relation_kinds())
    for kind in kinds:
        for text in (upsert_statement(kind), delete_statement(kind), read_statement(kind)):
            assert "__" not in text


def test_upsert_sets_every_property_so_that_a_missing_one_is_removed() -> None:
    text = upsert_statement(("Study",))
    assert all(f"x.`{prop.name}` = r.`{prop.name}`" in text for prop in NODES["Study"].properties[1:])
    assert text.startswith("UNWIND $rows AS r\nMERGE (x:Study {id: r.id})")


def test_data_dictionary_names_every_kind_and_property() -> None:
    text = data_dictionary()
    for kind in (*NODES.values(), *RELATIONS.values()):
        assert all(f"| `{prop.name}` |" in text for prop in kind.properties)
    for name in (*NODES, *RELATIONS):
        assert f"### {name}\n" in text


def test_checksum_is_the_same_in_every_process() -> None:
    assert schema_checksum() == schema_checksum()
    assert len(schema_checksum()) == 32


def test_constraints_and_indexes_are_accepted_twice(engine: GraphEngine) -> None:
    engine.define(schema_statements())
    engine.define(schema_statements())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (NodeRow("Test", ""), "id"),
        (NodeRow("Test", "a\tb"), "tab"),
        (NodeRow("Nothing", "a"), "schema has no"),
        (NodeRow("Test", "a", {"synonyms": ()}), "name is missing"),
        (NodeRow("Test", "a", {"name": "x", "synonyms": (), "colour": "red"}), "colour"),
        (NodeRow("Test", "a", {"name": "x", "synonyms": ("a", 1)}), "synonyms"),  # type: ignore[dict-item]
        (NodeRow("Challenge", "a", {"name": True, "family": "f", "definition": "d"}), "name is True"),
        (
            RelationRow("RAISES", "Study", "a", "Challenge", "b", {"barrier": True, "overcome": 0, "absent": 0}),
            "barrier",
        ),
        (RelationRow("MENTIONS", "Study", "a", "Study", "b", {"count": 1, "inTitle": True}), "MENTIONS Study Study"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: Row, reason: str) -> None:
    with pytest.raises(RowRefused, match=reason):
        check_row(row)
