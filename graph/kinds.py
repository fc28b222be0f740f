"""The words in which the schema is written: property, node kind, relation kind, and short forms for properties."""

from dataclasses import dataclass
from typing import Literal

PropertyType = Literal["string", "integer", "float", "boolean", "strings"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relation kind; a missing optional value is null, never an empty string."""

    name: str
    type: PropertyType
    description: str
    required: bool = False
    #: allowed values of a string, empty when free
    values: tuple[str, ...] = ()
    #: gets an index of its own
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class NodeKind:
    """One label; `id` is its unique key and always the first property."""

    label: str
    description: str
    properties: tuple[Property, ...]
    #: follows from corpus, findings, vocabularies and decisions, hence inside the graph's digest
    digested: bool = True


@dataclass(frozen=True, slots=True)
class RelationKind:
    """One relation type with the (start, end) labels it may join; at most one of a type between two nodes."""

    type: str
    description: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...] = ()
    #: a start may have very many of them, an end few
    hub_start: bool = False


def text(name: str, description: str, *values: str, indexed: bool = False) -> Property:
    """Text that may be missing; values = the only ones allowed."""
    return Property(name, "string", description, values=values, indexed=indexed)


def word(name: str, description: str, *values: str, indexed: bool = False) -> Property:
    """Text that is always there."""
    return Property(name, "string", description, required=True, values=values, indexed=indexed)


def whole(name: str, description: str, *, required: bool = True, indexed: bool = False) -> Property:
    """An integer."""
    return Property(name, "integer", description, required=required, indexed=indexed)


def flag(name: str, description: str) -> Property:
    """True or false, always there."""
    return Property(name, "boolean", description, required=True)


def texts(name: str, description: str) -> Property:
    """A list of texts, always there though it may be empty."""
    return Property(name, "strings", description, required=True)
