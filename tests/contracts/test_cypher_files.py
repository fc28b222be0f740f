"""Every .cypher file of the query library keeps the rules that make it run everywhere, and runs."""

import re
from pathlib import Path

import pytest

from graph.engines import GraphEngine
from graph.schema import NODES, RELATIONS
from queries.library import FOLDER, list_queries, read_query
from queries.parameters import CONCEPT_TYPES, Parameter
from tests.queries import world

FILES = sorted(FOLDER.rglob("*.cypher"))
#: literals that are no words of the schema: empty and last in order, joiners, and the two things a challenge is about
PLAIN_LITERALS = {"", "Z", " PMID:", " + ", "test", "therapy", "finding"}
FORBIDDEN = (
    r"\bCREATE\b|\bMERGE\b|\bSET\b|\bDELETE\b|\bREMOVE\b|\bDROP\b|\bLOAD\b|\bFOREACH\b|\bCALL\b|\bIN TRANSACTIONS\b"
    r"|\bapoc\.|\bgds\.|\bid\(|\belementId\(|\bexists\(|\bCOLLECT\s*\{|\bUSING\b|\bPROFILE\b|\bEXPLAIN\b"
)

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def body(path: Path) -> str:
    """The statement without its header."""
    return "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("//"))


def bare(path: Path) -> str:
    """The statement without header and literals."""
    return re.sub(r"'[^']*'", "''", body(path))


def returned(path: Path) -> list[tuple[str, str]]:
    """(expression, alias) of the RETURN clause."""
    clause = re.search(r"^RETURN (.*?)^ORDER BY", body(path), re.DOTALL | re.MULTILINE)
    assert clause, "RETURN is followed by ORDER BY"
    items = []
    for item in split(" ".join(clause[1].split())):
        expression, as_, alias = item.rpartition(" AS ")
        assert as_, f"{item} has no alias"
        items.append((expression, alias))
    return items


def split(text: str) -> list[str]:
    """At commas outside brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def variables(path: Path) -> set[str]:
    """Every name that MATCH, WITH, UNWIND or a comprehension binds."""
    before = re.split(r"^RETURN ", bare(path), flags=re.MULTILINE)[0]
    bound = set(re.findall(r"[(\[](\w+)(?=:\w|\)|\]| \{)", before)) | set(re.findall(r"\bAS (\w+)", before))
    return {name for name in bound if not name.isupper() and not name.isdigit()}


def test_there_are_enough_questions() -> None:
    assert len(list_queries()) >= 14


@each_file
def test_header(path: Path) -> None:
    query = read_query(path)
    assert query.question.endswith("?")
    assert set(query.users) <= {"researcher", "analyst", "review author"}
    assert [column.name for column in query.columns] == [alias for _, alias in returned(path)]
    declared = {parameter.name for parameter in query.parameters}
    assert declared == set(re.findall(r"\$(\w+)", bare(path)))


@each_file
def test_one_statement_with_line_comments_in_the_header_only(path: Path) -> None:
    text = bare(path)
    assert ";" not in text
    assert "//" not in text
    assert "/*" not in text
    assert '"' not in text
    assert "`" not in text


@each_file
def test_aliases_differ_from_every_variable(path: Path) -> None:
    aliases = [alias for _, alias in returned(path)]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & variables(path)


@each_file
def test_no_bare_nodes_relationships_or_paths_leave(path: Path) -> None:
    matched = set(re.findall(r"[(\[](\w+)(?=:\w|\))", "\n".join(re.findall(r"MATCH .*", bare(path)))))
    assert not {expression for expression, _ in returned(path)} & matched
    assert not re.search(r"MATCH \w+\s*=", bare(path)), "no path is named"


@each_file
def test_one_pattern_a_match(path: Path) -> None:
    for pattern in re.findall(r"^\s*(?:OPTIONAL )?MATCH (.*)$", bare(path), re.MULTILINE):
        assert len(split(pattern)) == 1, pattern


@each_file
def test_paths_are_bounded(path: Path) -> None:
    for length in re.findall(r"\[[^\]]*?\*([^\]]*)\]", bare(path)):
        bounds = re.fullmatch(r"\d\.\.(\d)", length.strip())
        assert bounds
        assert int(bounds[1]) <= 6


@each_file
def test_counts_are_distinct_and_studies_count_by_key(path: Path) -> None:
    text = bare(path)
    assert len(re.findall(r"\bcount\(", text)) == len(re.findall(r"\bcount\(DISTINCT ", text))
    counted = re.findall(r"count\(DISTINCT [^)]*?(\w+)(?: END)?\)", text)
    assert set(counted) <= {"studyKey", "id", "titled", "paper"}


@each_file
def test_order_is_total_and_rows_are_limited(path: Path) -> None:
    clause = re.search(r"^ORDER BY ([^\n]*(?:\n  [^\n]*)*)\nLIMIT \$limit\s*\Z", body(path), re.MULTILINE)
    assert clause
    last = split(" ".join(clause[1].split()))[-1].removesuffix(" DESC")
    assert last == "r.id" or last.endswith("_id")


@each_file
def test_only_plain_reads(path: Path) -> None:
    assert not re.findall(FORBIDDEN, bare(path))
    assert re.match(r"(OPTIONAL )?MATCH ", body(path))


@each_file
def test_words_stand_in_the_schema(path: Path) -> None:
    text = bare(path)
    patterns = "\n".join(re.findall(r"MATCH .*", text))
    types = {t for group in re.findall(r"\[\w*:([A-Z_|]+)", patterns) for t in group.split("|")}
    assert types <= RELATIONS.keys()
    assert set(re.findall(r"\(\w*:(\w+)", patterns)) <= NODES.keys()
    known = {p.name for kind in (*NODES.values(), *RELATIONS.values()) for p in kind.properties}
    maps = {name for group in re.findall(r"\{(\w+: [^{}]*)\}", text) for name in re.findall(r"(\w+):", group)}
    assert set(re.findall(r"\b[a-z]\w*\.(\w+)", text)) <= known | maps
    words = {value for kind in (*NODES.values(), *RELATIONS.values()) for p in kind.properties for value in p.values}
    words |= RELATIONS.keys() | NODES.keys() | {"challenge"} | DOMAIN_WORDS
    assert set(re.findall(r"'([^']*)'", body(path))) <= words | PLAIN_LITERALS


#: kinds, relations and designs: free strings in the schema, fixed by the miner
DOMAIN_WORDS = {
    *("predictive", "efficacy", "safety", "prognostic", "diagnostic", "predisposing"),
    *("benefit", "sensitivity", "resistance", "reduced_sensitivity"),
    *("meta-analysis", "systematic review", "review", "guideline", "protocol", "editorial", "notice"),
    *("randomised trial", "single-arm trial", "considers"),
}


@each_file
def test_it_runs_on_an_empty_graph(path: Path, module_engine: GraphEngine) -> None:
    query = read_query(path)
    values = {p.name: example(p) if p.required else p.default for p in query.parameters}
    result = module_engine.read(query.statement, values)
    #: what asks for each given gene answers for each given gene
    assert len(result.rows) == (1 if path.stem == "genes_without_drug_target" else 0)


def example(parameter: Parameter) -> object:
    """Some value of the parameter's type."""
    if parameter.type in CONCEPT_TYPES:
        value: object = {"therapy": world.OSI, "disease": world.NSCLC, "gene": world.EGFR, "test": world.WGS}.get(
            parameter.type, world.COST
        )
    else:
        value = {"integer": 1, "number": 1.0, "boolean": True}.get(parameter.type, "none")
    return [value] if parameter.many else value
