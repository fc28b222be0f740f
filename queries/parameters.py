"""Parameters of a question: declared in its header, given as Python values or as typed text, bound as Cypher values."""

import difflib
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from miner.concepts import Concept, ConceptTable
from queries.errors import ParameterError, UnknownConcept

__all__ = ["Parameter", "bound", "parse_parameter", "resolve"]

#: parameter type that names a concept -> the concept types it may mean
CONCEPT_TYPES: dict[str, tuple[str, ...]] = {
    "therapy": ("drug",),
    "disease": ("disease",),
    "gene": ("gene",),
    "test": ("test",),
    "challenge": ("challenge",),
}
_TYPES = (*CONCEPT_TYPES, "string", "integer", "number", "boolean")
#: whole numbers that a float holds exactly
_LARGEST = 2**53
_LINE = re.compile(r"(?P<name>[a-z]\w*): (?P<type>[a-z]+)(?P<many> list)?(?: = (?P<default>.+?))? - (?P<meaning>.+)")
_CURIE = re.compile(r"[A-Za-z][\w.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query."""

    name: str
    #: therapy | disease | gene | test | challenge | string | integer | number | boolean
    type: str
    meaning: str
    #: takes a list of values of the type
    many: bool = False
    required: bool = True
    #: bound when the caller gives nothing; None where required, or where None means "no restriction"
    default: Any = None

    def described(self) -> dict[str, Any]:
        """What `query list --format json` prints for it."""
        return {
            "name": self.name,
            "type": f"{self.type} list" if self.many else self.type,
            "required": self.required,
            "default": self.default,
            "meaning": self.meaning,
        }


def parse_parameter(line: str) -> Parameter:
    """The parameter in a header line `name: type [list] [= JSON default] - meaning`; raises ParameterError."""
    match = _LINE.fullmatch(line)
    if match is None or match["type"] not in _TYPES:
        raise ParameterError("header", [line])
    try:
        default = json.loads(match["default"]) if match["default"] else None
    except json.JSONDecodeError as error:
        raise ParameterError("header", [line]) from error
    return Parameter(
        match["name"], match["type"], match["meaning"], bool(match["many"]), match["default"] is None, default
    )


def bound(
    query: str,
    declared: Sequence[Parameter],
    given: Mapping[str, Any],
    concepts: ConceptTable | None,
) -> dict[str, Any]:
    """A value for every declared parameter, ready to bind; raises ParameterError or UnknownConcept."""
    problems = [_unknown(name, declared) for name in given if name not in {p.name for p in declared}]
    missing = [p for p in declared if p.required and _absent(given.get(p.name))]
    problems += [f"the parameter {p.name} ({p.meaning}) is missing" for p in missing]
    values: dict[str, Any] = {}
    for parameter in declared:
        value = given.get(parameter.name)
        if _absent(value):
            values[parameter.name] = parameter.default
            continue
        try:
            values[parameter.name] = _typed(parameter, value)
        except (ValueError, TypeError):
            wanted = f"a list of {parameter.type} values" if parameter.many else _article(parameter.type)
            problems.append(f"the parameter {parameter.name} must be {wanted}, not {value!r}")
            continue
        if parameter.name == "limit" and values["limit"] < 1:
            problems.append(f"the parameter limit must be at least 1, not {values['limit']}")
    if problems:
        raise ParameterError(query, problems)
    for parameter in declared:
        if parameter.type in CONCEPT_TYPES and values[parameter.name] is not None:
            values[parameter.name] = _resolved(parameter, values[parameter.name], concepts)
    return values


def resolve(kind: str, name: str, concepts: ConceptTable | None) -> str:
    """The id of the therapy, disease, gene, test or challenge that a user named; raises UnknownConcept."""
    return _ids(kind, [name], concepts)[0]


def _absent(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _unknown(name: str, declared: Sequence[Parameter]) -> str:
    names = [p.name for p in declared]
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"there is no parameter {name!r} (" + (
        f"did you mean {close[0]}?)" if close else f"known: {', '.join(names)})"
    )


def _typed(parameter: Parameter, value: Any) -> Any:
    if parameter.many:
        values = [_scalar(parameter.type, item) for item in _items(value)]
        if not values:
            raise ValueError(value)
        return list(dict.fromkeys(values))
    return _scalar(parameter.type, value)


def _items(value: Any) -> list[Any]:
    if isinstance(value, str):
        if value.lstrip().startswith("["):
            return _listed(json.loads(value))
        return [item.strip() for item in re.split(r"[,;\n]", value) if item.strip()]
    return _listed(value)


def _listed(value: Any) -> list[Any]:
    if isinstance(value, Mapping) or not isinstance(value, Sequence):
        raise TypeError(value)
    return list(value)


def _scalar(type_: str, value: Any) -> Any:
    if type_ == "boolean":
        return _truth(value)
    if type_ in ("integer", "number"):
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise TypeError(value)
        number = float(value)
        if not math.isfinite(number) or (type_ == "integer" and (number % 1 or abs(number) > _LARGEST)):
            raise ValueError(value)
        return number if type_ == "number" else int(number)
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value.strip()


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise ValueError(value)


def _article(type_: str) -> str:
    return f"{'an' if type_[0] in 'aeiou' else 'a'} {type_}" if type_ != "boolean" else "true or false"


def _resolved(parameter: Parameter, value: Any, concepts: ConceptTable | None) -> Any:
    ids = _ids(parameter.type, value if parameter.many else [value], concepts)
    return list(dict.fromkeys(ids)) if parameter.many else ids[0]


def _ids(kind: str, names: Sequence[str], concepts: ConceptTable | None) -> list[str]:
    if concepts is None:
        wrong = [name for name in names if not _CURIE.fullmatch(name)]
        if wrong:
            raise UnknownConcept(kind, wrong, [()] * len(wrong))
        return list(names)
    found = {name: _best(kind, concepts.find(name, CONCEPT_TYPES[kind])) for name in names}
    unknown = [name for name in names if found[name] is None]
    if unknown:
        near = [[match.name for match in concepts.near(name, CONCEPT_TYPES[kind], 3)] for name in unknown]
        raise UnknownConcept(kind, unknown, near)
    return [concept.id for name in names if (concept := found[name])]


def _best(kind: str, found: Sequence[Concept]) -> Concept | None:
    """The best match; for a therapy the best that is one, so that a brand name does not lead to an assay chemical."""
    if kind == "therapy":
        return next((concept for concept in found if concept.therapy), found[0] if found else None)
    return found[0] if found else None
