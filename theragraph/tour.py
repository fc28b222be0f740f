"""The three answers at the end of the demo, and what to try next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.store import CorpusStore
from graph.engines import GraphEngine
from miner.sentences import split_sentences
from queries.answers import CLOSING
from queries.evidence import evidence
from queries.library import run_query
from queries.report import cell_text
from theragraph.reading import evidence_lines
from theragraph.session import Session

#: neoplasm, with all its subtypes
_TUMOURS = "MONDO:0005070"
#: challenge classes shown, one study each
_CHALLENGES = 4


def three_answers(session: Session) -> Iterator[str]:
    """Evidence for the most studied therapy, what stands in the way, and rare diseases without a studied therapy."""
    with session.engine() as engine:
        yield from _evidence(session, engine)
        yield from _barriers(session, engine)
        yield from _rare(session, engine)


def _evidence(session: Session, engine: GraphEngine) -> Iterator[str]:
    tumours = run_query(engine, "top_therapies", {"disease": _TUMOURS, "limit": "1"}, concepts=session.concepts())
    best = next(tumours.records(), None) or next(run_query(engine, "top_therapies", {"limit": "1"}).records(), None)
    yield ""
    if best is None:
        yield "1. No targeted therapy has evidence in this corpus."
        return
    yield f"1. What do studies say about {best['therapy']}, the targeted therapy most studied in tumours here?"
    answer = evidence(engine, therapy=best["therapy_id"], concepts=session.concepts(), limit=3)
    yield from (f"   {line}" for line in evidence_lines(answer, studies=2))


def _barriers(session: Session, engine: GraphEngine) -> Iterator[str]:
    yield "2. What stands in the way of therapies and tests here?"
    found = run_query(engine, "challenges_by_class", {"limit": "200"}, concepts=session.concepts())
    seen: set[str] = set()
    for row in sorted(found.records(), key=lambda row: (-row["barrier"], row["challenge"], row["about_id"])):
        if row["barrier"] and row["challenge"] not in seen and len(seen) < _CHALLENGES:
            seen.add(row["challenge"])
            yield from _barrier(session, engine, row)
    yield f"   {_closing()}"


def _barrier(session: Session, engine: GraphEngine, row: Mapping[str, Any]) -> Iterator[str]:
    """The challenge's newest study about this therapy or test, in its own words."""
    named = {"challenge": row["challenge_id"], row["about"]: row["about_id"]}
    found = run_query(engine, "studies_of_challenge", named, concepts=session.concepts())
    study = next((study for study in found.records() if study["barrier"] and study["sentences"]), None)
    if study is not None:
        yield f"   {row['challenge']} of {row['name']}: {study['study_id']}, {study['year']}, {study['design']}"
        yield f'      "{study["sentences"][0]}"'


def _rare(session: Session, engine: GraphEngine) -> Iterator[str]:
    yield ""
    yield "3. Which rare diseases of this corpus have an associated gene but no studied therapy?"
    wanted = {"limit": "3", "minimum_reports": "1"}
    found = run_query(engine, "rare_diseases_without_therapy_evidence", wanted, concepts=session.concepts())
    with session.corpus() as store:
        for row in found.records():
            yield f"   {row['disease']}: {row['reports']} reports, gene {cell_text(row['genes'][:5])}"
            yield from (f"      {line}" for line in _naming(store, _names(session, row["disease_id"])))
    yield f"   {_closing()}"


def _names(session: Session, concept_id: str) -> tuple[str, ...]:
    """Name and synonyms that are long enough to mean one thing only."""
    concept = session.concepts().get(concept_id)
    return tuple(name for name in (concept.name, *concept.synonyms) if len(name) > 6) if concept else ()


def _naming(store: CorpusStore, names: Sequence[str]) -> Iterator[str]:
    """PMID and sentence of the first match that names the disease in so many words."""
    for name in names:
        for article in store.articles(store.search(f'"{name}"', limit=3)):
            for sentence in split_sentences(article.text, article.passages):
                text = article.text[sentence.start : sentence.end]
                if name.lower() in text.lower():
                    yield f'PMID:{article.pmid}: "{text}"'
                    return


def _closing() -> str:
    return f"{CLOSING[0].upper()}{CLOSING[1:]}."


def what_next(folder: str) -> Iterator[str]:
    """Commands to try on the demo's graph."""
    yield ""
    yield "Try next:"
    yield f"  theragraph --home {folder} query list"
    yield f"  theragraph --home {folder} gaps --rows therapy --columns challenge"
    yield f"  theragraph --home {folder} evidence --gene EGFR"
    yield f"  theragraph --home {folder} stop"
