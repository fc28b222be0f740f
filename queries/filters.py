"""Filters that narrow what is counted: a saved search and designs act on studies, levels and kinds on evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Filters"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is let through; an empty filter lets everything through."""

    #: name or id of a saved search
    search: str | None = None
    #: study designs
    designs: tuple[str, ...] = ()
    #: levels of evidence
    levels: tuple[str, ...] = ()
    #: kinds of claims
    kinds: tuple[str, ...] = ()

    @property
    def on_studies(self) -> Mapping[str, Any]:
        """The parameters of a statement that sees only such studies."""
        return {"search": self.search, "designs": list(self.designs) or None}

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """(filter, value) of each filter in force, for a legend."""
        parts = (
            ("search", (self.search,) if self.search else ()),
            ("design", self.designs),
            ("level", self.levels),
            ("kind", self.kinds),
        )
        return tuple((name, ", ".join(values)) for name, values in parts if values)
