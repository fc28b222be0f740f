"""What was mined from one held article, what almost was, and what was missing: `corpus show --explain`."""

from collections.abc import Iterator
from typing import Any

from corpus.records import Article
from miner.annotate import Annotation, AnnotationJson, in_text_order
from miner.drop_reasons import reason
from miner.findings import Drop, Finding, MinedArticle
from miner.pipeline import document_of
from theragraph.exits import UsageFailure
from theragraph.session import Session


def mined_of(session: Session, article: Article) -> MinedArticle:
    """What was mined from the article as it is held; raises UsageFailure where it was not."""
    with session.findings() as store:
        mined = store.get(article.pmid)
    if mined is None or mined.text_digest != article.text_digest:
        what = "has not been mined" if mined is None else "has changed since it was mined"
        raise UsageFailure(f"PMID {article.pmid} {what}; run `theragraph mine` first")
    return mined


def explained_json(session: Session, article: Article, mined: MinedArticle) -> dict[str, Any]:
    """The object that `annotate --explain` prints."""
    return AnnotationJson(session.concepts(), explain=True).object(Annotation(document_of(article), mined))


def explained_lines(article: Article, mined: MinedArticle) -> Iterator[str]:
    """For people: findings, then sentence by sentence what almost became a finding or a challenge."""
    yield f"Findings: {len(mined.findings)}"
    for finding in mined.findings:
        yield f"  {_worded(finding)}"
        yield f'    "{article.text[finding.start : finding.end]}"'
    almost = [drop for drop in in_text_order(mined.drops) if drop.stage != "mention"]
    yield f"Almost: {len(almost)}"
    before: tuple[int, int] | None = None
    for drop in almost:
        if (drop.start, drop.end) != before:
            before = drop.start, drop.end
            yield f'  "{article.text[drop.start : drop.end]}"'
        yield f"    {_stopped(drop)}"


def _worded(finding: Finding) -> str:
    who = [p.name for p in (*finding.drugs, *finding.genes, *finding.variants)]
    who += [p.name for p in (finding.disease, finding.event) if p]
    how = f"{finding.polarity.replace('_', ' ')}, {finding.certainty}, level {finding.level or 'none'}"
    return f"{finding.kind} {finding.relation}: {', '.join(who)} ({how}, id {finding.id})"


def _stopped(drop: Drop) -> str:
    what = f"{drop.gate}: {drop.detail}" if drop.detail else drop.gate
    why = reason(drop.gate)
    return f"{what} ({why})" if why else what
