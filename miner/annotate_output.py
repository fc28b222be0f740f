"""Writes annotations: JSON lines, PubTator, a tab-separated table, or one self-contained HTML page."""

import json
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from miner.annotate import Annotation, AnnotationJson, BadDocument, in_text_order
from miner.concepts import ConceptTable
from miner.drop_reasons import reason
from miner.errors import MinerInputError
from miner.findings import Drop, Finding, Mention

FORMATS = ("jsonl", "pubtator", "table", "html")
COLUMNS = ("document", "start", "end", "text", "type", "id", "name", "score", "negated")
#: added by --explain; empty for what was not dropped
EXPLAINED = ("dropped", "why")
#: PubTator's names of our types
PUBTATOR_TYPES = {"gene": "Gene", "variant": "Variant", "drug": "Chemical", "disease": "Disease", "test": "Test"}
CLOSING = (
    "Machine-suggested, from abstracts only, not for clinical decisions; "
    "courtesy of the U.S. National Library of Medicine."
)
_FLAT = str.maketrans("\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 11)

Result = Annotation | BadDocument


def write(results: Iterable[Result], format: str, concepts: ConceptTable, *, explain: bool = False) -> Iterator[str]:
    """The output in pieces, one or more a document, in order; raises MinerInputError for an unknown format."""
    if format == "jsonl":
        return _jsonl(results, AnnotationJson(concepts, explain=explain))
    if format == "pubtator":
        return _pubtator(results, explain=explain)
    if format == "table":
        return _table(results, explain=explain)
    if format == "html":
        return _html(results, explain=explain)
    raise MinerInputError("format", f"{format!r} is unknown; known: {', '.join(FORMATS)}")


def _jsonl(results: Iterable[Result], objects: AnnotationJson) -> Iterator[str]:
    for result in results:
        yield json.dumps(objects.object(result), ensure_ascii=False) + "\n"


def _pubtator(results: Iterable[Result], *, explain: bool) -> Iterator[str]:
    """A text without a title stands in the title line, so that offsets hold; a failed document is left out.

    What was dropped is of type Dropped, with stage, gate and candidate in place of an id.
    """
    for result in results:
        if isinstance(result, BadDocument):
            continue
        document = result.document
        title = document.title or document.text
        abstract = document.text[len(title) + 1 :]
        lines = [f"{document.id}|t|{title.translate(_FLAT)}", f"{document.id}|a|{abstract.translate(_FLAT)}"]
        lines += [
            "\t".join(
                (
                    document.id,
                    str(m.start),
                    str(m.end),
                    m.text.translate(_FLAT),
                    PUBTATOR_TYPES[m.type],
                    m.concept_id or "-",
                )
            )
            for m in result.mined.mentions
        ]
        for drop in in_text_order(result.mined.drops) if explain else ():
            stopped = f"{drop.stage}: {drop.gate} ({drop.detail})" if drop.detail else f"{drop.stage}: {drop.gate}"
            cells = (document.id, drop.start, drop.end, document.text[drop.start : drop.end], "Dropped", stopped)
            lines.append("\t".join(str(cell).translate(_FLAT) for cell in cells))
        yield "\n".join(lines) + "\n\n"


def _table(results: Iterable[Result], *, explain: bool) -> Iterator[str]:
    more = EXPLAINED if explain else ()
    blank = ("",) * len(more)
    yield _cells((*COLUMNS, *more))
    for result in results:
        if isinstance(result, BadDocument):
            yield _cells((result.id or "-", "", "", result.message, f"error: {result.stage}", "", "", "", "", *blank))
            continue
        id, mined = result.document.id, result.mined
        for m in mined.mentions:
            yield _cells((id, m.start, m.end, m.text, m.type, m.concept_id or "", m.name, m.score, m.negated, *blank))
        for drop in in_text_order(mined.drops) if explain else ():
            yield _cells((id, *_dropped_cells(drop, result.document.text)))


def _cells(cells: Iterable[object]) -> str:
    return "\t".join(str(cell).translate(_FLAT) for cell in cells) + "\n"


def _dropped_cells(drop: Drop, text: str) -> tuple[object, ...]:
    """A drop in the columns of a mention: of a mention its type and id, else the stage and what it would have been."""
    type, id, name = drop.stage, "", drop.detail
    if drop.stage == "mention" and " " in drop.detail:
        type, id = drop.detail.split(" ", 1)
        name = ""
    return drop.start, drop.end, text[drop.start : drop.end], type, id, name, "", "", drop.gate, reason(drop.gate)


_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24}
article{border-top:1px solid #d0d7de;padding:1rem 0}mark{padding:0 .15em;border-radius:.2em;color:inherit}
mark.gene{background:#cfe8ff}mark.variant{background:#e6d8ff}mark.drug{background:#d2f4d3}mark.disease{background:#ffdcd6}
mark.test{background:#fff0b3}mark.negated{text-decoration:line-through}ul{padding-left:1.2rem}.error{color:#a40e26}
td,th{text-align:left;vertical-align:top;padding:0 .6em .2em 0}details{font-size:.9em}
footer{border-top:1px solid #d0d7de;color:#57606a;padding-top:1rem}
"""


def _html(results: Iterable[Result], *, explain: bool) -> Iterator[str]:
    legend = " ".join(f'<mark class="{name}">{name}</mark>' for name in PUBTATOR_TYPES)
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Annotations</title>"
        f"<style>{_STYLE}</style></head><body>\n<h1>Annotations</h1><p>{legend}</p>\n"
    )
    for result in results:
        yield _html_article(result, explain=explain)
    yield f"<footer>{escape(CLOSING)}</footer>\n</body></html>\n"


def _html_article(result: Result, *, explain: bool) -> str:
    if isinstance(result, BadDocument):
        where = f"{escape(result.id or 'document')}: {escape(result.stage)}: {escape(result.message)}"
        return f'<article><p class="error">{where}</p></article>\n'
    text, mined = result.document.text, result.mined
    statements = [_statement(f, text) for f in mined.findings]
    statements += [
        f"<li>challenge {escape(', '.join(c.classes))} ({escape(c.polarity)}): {escape(text[c.start : c.end])}</li>"
        for c in mined.challenges
    ]
    listed = f"<ul>{''.join(statements)}</ul>" if statements else ""
    heading = f"<h2>{escape(result.document.id)}</h2><p>design: {escape(mined.design.design)}</p>"
    dropped = _html_drops(mined.drops, text) if explain else ""
    return f"<article>{heading}<p>{_highlighted(text, mined.mentions)}</p>{listed}{dropped}</article>\n"


def _html_drops(drops: Sequence[Drop], text: str) -> str:
    """What was dropped, folded away."""
    rows = "".join(
        f"<tr><td>{escape(text[d.start : d.end])}</td><td>{escape(d.stage)} {escape(d.detail)}</td>"
        f"<td>{escape(d.gate)}</td><td>{escape(reason(d.gate))}</td></tr>"
        for d in in_text_order(drops)
    )
    head = "<tr><th>text</th><th>candidate</th><th>gate</th><th>why</th></tr>"
    return f"<details><summary>dropped: {len(drops)}</summary><table>{head}{rows}</table></details>"


def _highlighted(text: str, mentions: Iterable[Mention]) -> str:
    """The text with its outermost mentions marked."""
    parts, at = [], 0
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.start < at:
            continue
        tip = f"{m.name} ({m.concept_id or 'not linked'}), score {m.score}"
        kind = f"{m.type} negated" if m.negated else m.type
        parts.append(escape(text[at : m.start]))
        parts.append(f'<mark class="{kind}" title="{escape(tip)}">{escape(text[m.start : m.end])}</mark>')
        at = m.end
    return "".join(parts) + escape(text[at:])


def _statement(f: Finding, text: str) -> str:
    who = [p.name for p in (*f.drugs, *f.genes, *f.variants)]
    who += [p.name for p in (f.disease, f.event) if p]
    how = f"{f.polarity.replace('_', ' ')}, {f.certainty}, level {f.level or 'none'}"
    says = f"{f.kind} {f.relation} ({how}): {', '.join(who)}"
    return f"<li>{escape(says)}<br>{escape(text[f.start : f.end])}</li>"
