"""Parameters of a question: from a header line to a bound value."""

from typing import Any

import pytest

from queries.errors import ParameterError, UnknownConcept
from queries.parameters import Parameter, bound, parse_parameter, resolve
from tests.queries import world
from tests.queries.conftest import WorldConcepts

THERAPY = parse_parameter("therapy: therapy - the drug")
LIMIT = parse_parameter("limit: integer = 20 - most rows")
GENES = parse_parameter("genes: gene list - the genes")
STRICT = parse_parameter("strict: boolean = false - only the sure ones")
FAMILIES = parse_parameter('families: string list = ["economic", "delivery"] - families')


def test_a_name_becomes_the_id_and_the_rest_its_default(concepts: WorldConcepts) -> None:
    assert bound("q", [THERAPY, LIMIT], {"therapy": "Osimertinib"}, concepts) == {"therapy": world.OSI, "limit": 20}


def test_header_lines_say_what_is_required() -> None:
    assert Parameter("therapy", "therapy", "the drug") == THERAPY
    optional = parse_parameter("disease: disease = null - only this one")
    assert (optional.required, optional.default) == (False, None)
    assert FAMILIES.default == ["economic", "delivery"]
    assert FAMILIES.described()["type"] == "string list"


@pytest.mark.parametrize(
    "line", ["therapy", "therapy: medicine - x", "limit: integer = ten - x", "limit: integer", "Limit: integer - x"]
)
def test_a_bad_header_line_is_refused(line: str) -> None:
    with pytest.raises(ParameterError, match="header"):
        parse_parameter(line)


@pytest.mark.parametrize(
    ("parameter", "given", "value"),
    [
        (LIMIT, "7", 7),
        (LIMIT, 7.0, 7),
        (LIMIT, " ", 20),
        (STRICT, "yes", True),
        (STRICT, "0", False),
        (STRICT, True, True),
        (GENES, "EGFR, MYC;EGFR", [world.EGFR, world.MYC]),
        (GENES, '["EGFR", "TP53"]', [world.EGFR, world.TP53]),
        (GENES, ("hgnc:3236",), [world.EGFR]),
        (FAMILIES, "clinical", ["clinical"]),
    ],
)
def test_typed_text_becomes_a_value(parameter: Parameter, given: Any, value: Any, concepts: WorldConcepts) -> None:
    assert bound("q", [parameter], {parameter.name: given}, concepts) == {parameter.name: value}


@pytest.mark.parametrize(
    ("parameter", "given", "wanted"),
    [
        (LIMIT, "many", "an integer"),
        (LIMIT, "2.5", "an integer"),
        (LIMIT, True, "an integer"),
        (LIMIT, "nan", "an integer"),
        (LIMIT, "inf", "an integer"),
        (STRICT, "perhaps", "true or false"),
        (GENES, "[1", "a list of gene values"),
        (GENES, ",", "a list of gene values"),
        (GENES, {"a": 1}, "a list of gene values"),
        (THERAPY, 5, "a therapy"),
    ],
)
def test_a_wrong_type_is_named(parameter: Parameter, given: Any, wanted: str, concepts: WorldConcepts) -> None:
    with pytest.raises(ParameterError, match=f"{parameter.name} must be {wanted}"):
        bound("q", [parameter], {parameter.name: given}, concepts)


@pytest.mark.parametrize("given", ["0", "-3"])
def test_a_limit_lets_at_least_one_row_through(given: str, concepts: WorldConcepts) -> None:
    with pytest.raises(ParameterError, match="limit must be at least 1"):
        bound("q", [LIMIT], {"limit": given}, concepts)


def test_every_problem_is_told_at_once(concepts: WorldConcepts) -> None:
    with pytest.raises(ParameterError) as error:
        bound("q", [THERAPY, LIMIT], {"terapy": "osimertinib", "limit": "x"}, concepts)
    assert error.value.problems == (
        "there is no parameter 'terapy' (did you mean therapy?)",
        "the parameter therapy (the drug) is missing",
        "the parameter limit must be an integer, not 'x'",
    )


def test_unknown_names_come_with_near_matches(concepts: WorldConcepts) -> None:
    with pytest.raises(UnknownConcept, match=r"'osimertinip' \(did you mean osimertinib") as error:
        resolve("therapy", "osimertinip", concepts)
    assert error.value.names == ("osimertinip",)
    with pytest.raises(UnknownConcept) as error:
        bound("q", [GENES], {"genes": "EGFR, QQQ, ZZZ"}, concepts)
    assert error.value.names == ("QQQ", "ZZZ")


def test_a_name_of_another_kind_is_unknown(concepts: WorldConcepts) -> None:
    with pytest.raises(UnknownConcept, match="no gene is known as 'osimertinib'"):
        resolve("gene", "osimertinib", concepts)


def test_without_a_vocabulary_only_ids_are_taken() -> None:
    assert resolve("therapy", world.OSI, None) == world.OSI
    with pytest.raises(UnknownConcept):
        resolve("therapy", "osimertinib", None)
