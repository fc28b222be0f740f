"""What a load did and what claims say differently: the record and its wording."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.history import ClaimChange

_SORTS = {
    "new": "new",
    "gone": "gone",
    "level": "best level changed",
    "direction": "direction changed",
    "counts": "only numbers changed",
}


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, and what claims say differently now."""

    studies_added: int
    studies_changed: int
    studies_removed: int
    #: rows by label or relation type
    created: Mapping[str, int]
    changed: Mapping[str, int]
    deleted: Mapping[str, int]
    #: what did not become rows, by reason, over the whole graph
    dropped: Mapping[str, int]
    claim_changes: tuple[ClaimChange, ...]
    release: str
    digest: str

    @property
    def rows(self) -> int:
        """Rows created, changed and deleted."""
        return sum(sum(counts.values()) for counts in (self.created, self.changed, self.deleted))

    def lines(self, limit: int = 10) -> list[str]:
        """The report in words; at most limit claims of each sort of change."""
        lines = [
            f"studies: {self.studies_added} added, {self.studies_changed} changed, {self.studies_removed} removed",
            *_counted("created", self.created),
            *_counted("changed", self.changed),
            *_counted("deleted", self.deleted),
            *_counted("not loaded", self.dropped),
        ]
        for sort, wording in _SORTS.items():
            found = [change for change in self.claim_changes if change.change == sort]
            if found:
                lines.append(f"claims, {wording}: {len(found)}")
            if sort != "counts":
                lines += [f"  {change.statement}{_before_after(change)}" for change in found[:limit]]
        return [*lines, f"release {self.release}, graph digest {self.digest}"]


def _counted(what: str, counts: Mapping[str, int]) -> list[str]:
    if not counts:
        return []
    parts = ", ".join(f"{kind} {number:,}" for kind, number in sorted(counts.items()))
    return [f"{what}: {parts}"]


def _before_after(change: ClaimChange) -> str:
    return f" ({change.before} -> {change.after})" if change.before and change.after else ""
