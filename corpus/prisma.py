"""Numbers of a PRISMA 2020 flow diagram (Page et al., BMJ 2021;372:n71) from runs of saved searches (pure).

Each record that is removed is counted once: as not held, else under the first exclusion that fits, in the order named.
What a record does not say excludes nothing. The boxes of screening are people's work and stay empty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import ExclusionError

Key = Literal["design", "state", "language", "type", "abstract"]
NO_ABSTRACT = "no-abstract"
#: what may stand before = or !=
KEYS: tuple[Key, ...] = ("design", "state", "language", "type")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the user wants removed before screening."""

    text: str
    key: Key
    value: str
    #: written with !=: removes what says something else
    negated: bool = False

    @classmethod
    def of(cls, text: str, allowed: Mapping[str, Sequence[str]]) -> "Exclusion":
        """The exclusion of this text; allowed has the values of keys that know theirs. Raises ExclusionError."""
        if text.strip() == NO_ABSTRACT:
            return cls(NO_ABSTRACT, "abstract", "no")
        before, sign, value = (part.strip() for part in text.partition("="))
        negated = before.endswith("!")
        key = next((known for known in KEYS if known == before.removesuffix("!").strip().lower()), None)
        value = value.lower()
        if key is None or not sign or not value:
            raise ExclusionError(text, f"use {NO_ABSTRACT}, or one of {', '.join(KEYS)} with = or != and a value")
        if key in allowed and value not in allowed[key]:
            raise ExclusionError(text, f"use one of {', '.join(allowed[key])}")
        return cls(f"{key}{'!=' if negated else '='}{value}", key, value, negated)

    def fits(self, traits: Mapping[str, frozenset[str]]) -> bool:
        """True when a record with these traits is to be removed."""
        values = traits.get(self.key, frozenset())
        return bool(values) and (self.value in values) is not self.negated


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that any of the searches found."""

    pmid: int
    #: key of an exclusion -> what the record says, in small letters; left out where that is not known
    traits: Mapping[str, frozenset[str]] = field(default_factory=dict)
    #: why the record is not held; "" for one that is
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """What one search found in its last complete run."""

    search: str
    #: as it was asked, or the list that was taken in
    query: str
    translation: str
    run_at: str
    records: int


@dataclass(frozen=True, slots=True)
class Screening:
    """The boxes behind the search: empty until people have decided."""

    records_screened: int | None = None
    records_excluded: int | None = None
    reports_sought: int | None = None
    reports_not_retrieved: int | None = None
    reports_assessed: int | None = None
    reports_excluded: int | None = None
    studies_included: int | None = None
    reports_included: int | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """The numbers, box by box; identified less all that is removed is what is left to screen."""

    identified: tuple[Identified, ...]
    duplicates: int
    #: (exclusion, records), in the order named
    automation: tuple[tuple[str, int], ...]
    #: (reason, records), by reason
    other_reasons: tuple[tuple[str, int], ...]
    to_screen: int
    screening: Screening = Screening()


def flow(identified: Sequence[Identified], candidates: Iterable[Candidate], exclusions: Sequence[Exclusion]) -> Flow:
    """The flow of these searches; candidates are all that they found together, each once."""
    absent: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    found = left = 0
    for candidate in candidates:
        found += 1
        first = next((x.text for x in exclusions if x.fits(candidate.traits)), None)
        if candidate.absent:
            absent[candidate.absent] += 1
        elif first is not None:
            removed[first] += 1
        else:
            left += 1
    return Flow(
        tuple(identified),
        sum(x.records for x in identified) - found,
        tuple((x.text, removed[x.text]) for x in exclusions),
        tuple(sorted(absent.items())),
        left,
    )
