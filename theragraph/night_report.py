"""What a refresh did and what is different since, for the analyst's morning: Markdown, and the same as JSON."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.harvest_saved import SearchRefresh
from corpus.ledger import Failure
from queries.answers import CLOSING
from theragraph.refresh import Night

#: events in the order and the words in which they are told; what takes trust away comes first
_EVENTS = {
    "retracted": "retracted",
    "notice RetractionOf": "named by a notice of retraction",
    "notice RetractedandRepublishedFrom": "retracted and published anew under another PMID",
    "notice PartialRetractionOf": "named by a notice of partial retraction",
    "concern": "with an expression of concern",
    "notice ExpressionOfConcernFor": "named by an expression of concern",
    "new": "new",
    "returned": "back from deletion",
    "revised_text": "revised, text changed",
    "metadata_only": "revised, metadata only",
    "deleted": "deleted",
    "corrected": "corrected",
    "notice ErratumFor": "named by an erratum",
    "republished": "republished",
    "notice CorrectedandRepublishedFrom": "corrected and published anew under another PMID",
    "current": "whose notice was withdrawn",
}
_CLAIMS = {
    "new": "gained",
    "gone": "lost",
    "level": "with another best level",
    "direction": "whose studies speak otherwise",
}
#: most PMIDs or claims of one kind in the Markdown; the JSON has all
_SHOWN = 20


def night_json(night: Night) -> dict[str, Any]:
    """Everything, as JSON values."""
    loaded = night.loaded
    return {
        "started": night.started.isoformat(timespec="seconds"),
        "exit": int(night.exit),
        "versions": list(night.versions),
        "searches": [_search_json(found) for found in night.searches],
        "updates": None if night.updates is None else dataclasses.asdict(night.updates.counts),
        "studies": _by_event(night.events),
        "mining": None if night.mined is None else night.mined.lines(),
        "load": None if loaded is None else {"release": loaded.release, "digest": loaded.digest, "rows": loaded.rows},
        "claims": [dataclasses.asdict(change) for change in (loaded.claim_changes if loaded else ())],
        "cells": [dataclasses.asdict(change) for change in night.cells],
        "failures": [dataclasses.asdict(failure) for failure in night.failures],
        "warnings": list(night.warnings),
        "seconds": {stage: round(seconds, 1) for stage, seconds in night.seconds.items()},
        "requests": dataclasses.asdict(night.requests),
        "credit": CLOSING,
    }


def night_markdown(night: Night) -> str:
    """The same for reading, at most twenty of a kind."""
    sections = (_head(night), _studies(night), _searches(night), _claims(night), _cells(night), _trouble(night))
    lines = [line for section in sections for line in section]
    return "\n".join([*lines, "", CLOSING, ""])


def _head(night: Night) -> Iterator[str]:
    yield f"# Refresh of {night.started:%Y-%m-%d %H:%M} UTC"
    yield ""
    words = {
        0: "complete",
        1: "incomplete: see what to try again below",
        3: "nothing was reached, and what is held stays",
    }
    yield words.get(int(night.exit), "")
    yield ""
    yield "Took " + "; ".join(f"{stage} {seconds:.1f} s" for stage, seconds in night.seconds.items())
    yield f"Asked PubMed {night.requests.sent} times, {night.requests.repeated} of them again"
    yield "Made with " + ", ".join(night.versions)


def _studies(night: Night) -> Iterator[str]:
    yield from ("", "## Studies", "")
    told = _by_event(night.events)
    if not told:
        yield "Nothing came, changed or went."
    for what, pmids in told.items():
        yield f"- {len(pmids):,} {_EVENTS.get(what, what)}: {_some(map(str, pmids))}"
    if night.mined is not None:
        mined = night.mined
        again = f", drew findings anew from {mined.related:,} texts read before" if mined.related else ""
        yield from ("", f"Read {mined.read:,} new or changed texts{again}; {mined.unchanged:,} were as before.")


def _searches(night: Night) -> Iterator[str]:
    if night.searches:
        yield from ("", "## Searches", "")
    for found in night.searches:
        mark = (
            f"; followed to {found.after.followed}, all ids compared on {found.after.compared}" if found.after else ""
        )
        yield f"- **{found.name}** (`{found.run.query}`): {found.run.count:,} records{mark}"
        if not (found.entered or found.left):
            yield "  - none entered or left"
        for words, pmids in (("entered", found.entered), ("left", _gone(found)), ("deleted", found.deleted)):
            if pmids:
                yield f"  - {len(pmids):,} {words}: {_some(map(str, pmids))}"
    if night.updates is not None:
        counts = night.updates.counts
        yield from (
            "",
            f"Update files: {night.updates.sources} read, {counts.records:,} records in them: {counts.new:,} new, "
            f"{counts.revised_text + counts.metadata_only:,} revised, {counts.deleted:,} deleted, "
            f"{counts.unchanged + counts.outdated:,} not newer than what is held",
        )


def _claims(night: Night) -> Iterator[str]:
    if night.loaded is None:
        return
    yield from ("", "## Claims", "")
    changes = night.loaded.claim_changes
    counts = Counter[str](change.change for change in changes)
    loaded = night.loaded
    gained, lost, other = (rows.get("Evidence", 0) for rows in (loaded.created, loaded.deleted, loaded.changed))
    yield from (f"Evidence: {gained:,} gained, {lost:,} lost, {other:,} changed.", "")
    for sort, words in _CLAIMS.items():
        if not counts[sort]:
            continue
        yield f"- {counts[sort]:,} {words}"
        for change in [x for x in changes if x.change == sort][:_SHOWN]:
            moved = f" ({change.before} -> {change.after})" if change.before and change.after else ""
            yield f"  - {change.statement}{moved}"
    if counts["counts"]:
        yield f"- {counts['counts']:,} with other numbers of studies, level and direction as before"
        for change in [x for x in changes if x.change == "counts"][:_SHOWN]:
            yield f"  - {change.statement}"
    if not changes:
        yield "No claim changed."
    yield from ("", f"Release {night.loaded.release}, graph digest {night.loaded.digest}")


def _cells(night: Night) -> Iterator[str]:
    if night.cells:
        yield from ("", "## Cells of the gap map (most studied rows and columns)", "")
    for change in night.cells[:_SHOWN]:
        yield f"- {change.row} x {change.column}: {change.before} -> {change.after}"
    if len(night.cells) > _SHOWN:
        yield f"- and {len(night.cells) - _SHOWN} more"


def _trouble(night: Night) -> Iterator[str]:
    failures = list(dict.fromkeys(_where(failure) for failure in night.failures))
    failures += night.mined.lines()[1:] if night.mined else []
    if failures:
        yield from (
            "",
            "## To try again (the same command does)",
            "",
            *(f"- {failure}" for failure in failures[:_SHOWN]),
        )
    if night.warnings:
        yield from ("", "## Notes", "", *(f"- {warning}" for warning in night.warnings))


def _where(failure: Failure) -> str:
    """The error, with its source where it does not name it itself."""
    return failure.error if failure.error.startswith(failure.source) else f"{failure.source}: {failure.error}"


def _by_event(events: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    """PMIDs by what became of them, in the order in which it is told; a record that is new is not told as revised."""
    found: dict[str, list[int]] = {}
    for pmid, what in events:
        found.setdefault(what, []).append(pmid)
    fresh = {*found.get("new", ()), *found.get("returned", ())}
    for what in ("revised_text", "metadata_only"):
        found[what] = [pmid for pmid in found.get(what, ()) if pmid not in fresh]
    order = [*_EVENTS, *sorted(found.keys() - _EVENTS.keys())]
    return {what: found[what] for what in order if found.get(what)}


def _gone(found: SearchRefresh) -> tuple[int, ...]:
    return tuple(pmid for pmid in found.left if pmid not in found.deleted)


def _search_json(found: SearchRefresh) -> dict[str, Any]:
    return {
        "name": found.name,
        "query": found.run.query,
        "translation": found.run.translation,
        "count": found.run.count,
        "entered": list(found.entered),
        "left": list(_gone(found)),
        "deleted": list(found.deleted),
        "before": found.before and dataclasses.asdict(found.before),
        "after": found.after and dataclasses.asdict(found.after),
    }


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - _SHOWN:,} more" if len(listed) > _SHOWN else ""
    return ", ".join(listed[:_SHOWN]) + more
