"""Saved searches as their user asks for them: one line each, and the history of one."""

import difflib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.search_changes import Change, compared_runs, search_changes
from corpus.store import CorpusStore
from corpus.store_searches import RunEntry
from theragraph.exits import UsageFailure

SEARCH_COLUMNS = (
    "name", "query", "runs", "last_run", "complete", "count", "followed", "compared", "translation", "warnings"
)  # fmt: skip
HISTORY_COLUMNS = ("run", "what", "pmid", "why")


def search_row(name: str, store: CorpusStore) -> dict[str, Any]:
    """One saved search as it stands: its last run, and how far a refresh has followed it."""
    runs = store.run_entries(name)
    last = runs[-1] if runs else None
    mark = store.watermark(name)
    return {
        "name": name,
        "query": store.searches().get(name) or (last.query if last else ""),
        "runs": len(runs),
        "last_run": last.run_at if last else None,
        "complete": last.complete if last else None,
        "count": last.count if last else None,
        "followed": mark.followed if mark else None,
        "compared": mark.compared if mark else None,
        "translation": last.translation if last else None,
        "warnings": list(last.warnings) if last else [],
    }


def known_search(name: str, store: CorpusStore) -> str:
    """The name of a saved search; raises UsageFailure with near matches."""
    names = store.saved_names()
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=3)
    advice = f"did you mean {', '.join(near)}?" if near else f"saved are: {', '.join(names) or 'none yet'}"
    raise UsageFailure(f"no saved search is called {name!r}; {advice} (`theragraph harvest search QUERY --save NAME`)")


def iso_day(text: str | None) -> str:
    """The first day of YYYY, YYYY-MM or the day itself; "" for None; raises UsageFailure."""
    if not text:
        return ""
    whole = text + "-01" * max(0, 2 - text.count("-"))
    try:
        return date.fromisoformat(whole).isoformat()
    except ValueError:
        raise UsageFailure(f"{text!r} is no date; write it as 2026-03-01, 2026-03 or 2026") from None


def history(name: str, store: CorpusStore, since: str = "") -> dict[str, Any]:
    """A saved search with its runs and what entered and left between the complete ones."""
    return search_row(name, store) | {
        "run_list": [asdict(run) for run in _shown_runs(name, store, since)],
        "changes": [asdict(change) for change in search_changes(name, store, since)],
    }


def history_rows(name: str, store: CorpusStore, since: str = "") -> list[dict[str, Any]]:
    """The same as rows: each run, and below it what it changed."""
    changes: dict[int, list[Change]] = {}
    for change in search_changes(name, store, since):
        changes.setdefault(change.run, []).append(change)
    rows: list[dict[str, Any]] = []
    for run in _shown_runs(name, store, since):
        moved = changes.get(run.number, [])
        rows.append({"run": run.run_at, "what": "run", "pmid": None, "why": _run_words(run, moved)})
        rows += [{"run": x.run_at, "what": x.moved, "pmid": f"PMID:{x.pmid}", "why": x.why} for x in moved]
    return rows


def _shown_runs(name: str, store: CorpusStore, since: str) -> list[RunEntry]:
    """The runs from the first that is compared on."""
    runs = store.run_entries(name)
    compared = compared_runs(runs, since)
    first = compared[0].run_at if compared else since
    return [run for run in runs if run.run_at >= first]


def _run_words(run: RunEntry, moved: Iterable[Change]) -> str:
    listed = list(moved)
    entered = sum(x.moved == "entered" for x in listed)
    state = "complete" if run.complete else "incomplete, not compared"
    return f"{run.count:,} found, {state}; {entered:,} entered, {len(listed) - entered:,} left"
