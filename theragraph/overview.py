"""The state of every stage in one mapping: what `status` prints."""

import dataclasses
from typing import Any

from theragraph.session import Session

#: stages of the store's counts as a reader calls them; what was dropped is named "stage: gate"
_COUNTED = {"mention": "mentions", "finding": "findings", "challenge": "challenges", "drop": "dropped"}


def overview(session: Session) -> dict[str, Any]:
    """Home, corpus, mining, decisions and graph; a stage that has not run says so. Starts and writes nothing."""
    return {
        "home": str(session.settings.home),
        "corpus": _corpus(session),
        "mining": _mining(session),
        "decisions": _decisions(session),
        "graph": _graph(session),
    }


def _corpus(session: Session) -> dict[str, Any]:
    if not session.settings.corpus_db.exists():
        return {"state": "empty: run `theragraph harvest`"}
    with session.corpus() as store:
        return dataclasses.asdict(store.status())


def _mining(session: Session) -> dict[str, Any]:
    if not session.settings.findings_db.exists():
        return {"state": "nothing mined: run `theragraph mine`"}
    with session.findings() as store:
        status = store.status()
        facts: dict[str, Any] = {"path": status.path, "articles": status.articles, "failures": status.failures}
        for stage, name, n in status.counts:
            facts.setdefault(_COUNTED.get(stage, stage), {})[name] = n
        return facts | {"digest": store.digest()}


def _decisions(session: Session) -> dict[str, Any]:
    judgements = session.judgements()
    if not judgements:
        return {"state": "nobody has judged a finding: `theragraph curate export` writes a table for it"}
    from theragraph.curation import judgement_counts, orphans

    facts: dict[str, Any] = {"path": str(session.settings.decisions_db), **judgement_counts(judgements)}
    if session.settings.findings_db.exists():
        with session.findings() as store:
            facts["orphaned"] = len(orphans(judgements, store, session.current_id))
    return facts


def _graph(session: Session) -> dict[str, Any]:
    from graph.engines.embedded import embedded_status
    from graph.manifest import last_load

    digest, left_out = last_load(session.manifest_file)
    facts: dict[str, Any] = {"engine": session.settings.engine, "digest": digest}
    if left_out:
        facts["not loaded"] = left_out
    if not facts["digest"]:
        facts["state"] = "nothing loaded: run `theragraph load`"
    if session.settings.engine == "embedded":
        server = embedded_status(session.settings.graph_folder)
        facts |= {
            "running": server.running,
            "uri": server.uri,
            "store_version": server.store_version,
            "size": server.size,
        }
    else:
        facts["uri"] = session.settings.neo4j_uri
    return facts
