"""Writes annotations: JSON lines, PubTator, a tab-separated table, or one self-contained HTML page."""

import json
from collections.abc import Iterable, Iterator
from html import escape

from miner.annotate import Annotation, AnnotationJson, BadDocument
from miner.concepts import ConceptTable
from miner.errors import MinerInputError
from miner.findings import Finding, Mention

FORMATS = ("jsonl", "pubtator", "table", "html")
COLUMNS = ("document", "start", "end", "text", "type", "id", "name", "score", "negated")
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
        return _pubtator(results)
    if format == "table":
        return _table(results)
    if format == "html":
        return _html(results)
    raise MinerInputError("format", f"{format!r} is unknown; known: {', '.join(FORMATS)}")


def _jsonl(results: Iterable[Result], objects: AnnotationJson) -> Iterator[str]:
    for result in results:
        yield json.dumps(objects.object(result), ensure_ascii=False) + "\n"


def _pubtator(results: Iterable[Result]) -> Iterator[str]:
    """A text without a title stands in the title line, so that offsets hold; a failed document is left out."""
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
        yield "\n".join(lines) + "\n\n"


def _table(results: Iterable[Result]) -> Iterator[str]:
    yield "\t".join(COLUMNS) + "\n"
    for result in results:
        if isinstance(result, BadDocument):
            yield f"{result.id or '-'}\t\t\t{result.message.translate(_FLAT)}\terror: {result.stage}\t\t\t\t\n"
            continue
        for m in result.mined.mentions:
            cells = (result.document.id, m.start, m.end, m.text, m.type, m.concept_id or "", m.name, m.score, m.negated)
            yield "\t".join(str(cell).translate(_FLAT) for cell in cells) + "\n"


_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24}
article{border-top:1px solid #d0d7de;padding:1rem 0}mark{padding:0 .15em;border-radius:.2em;color:inherit}
mark.gene{background:#cfe8ff}mark.variant{background:#e6d8ff}mark.drug{background:#d2f4d3}mark.disease{background:#ffdcd6}
mark.test{background:#fff0b3}mark.negated{text-decoration:line-through}ul{padding-left:1.2rem}.error{color:#a40e26}
footer{border-top:1px solid #d0d7de;color:#57606a;padding-top:1rem}
"""


def _html(results: Iterable[Result]) -> Iterator[str]:
    legend = " ".join(f'<mark class="{name}">{name}</mark>' for name in PUBTATOR_TYPES)
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Annotations</title>"
        f"<style>{_STYLE}</style></head><body>\n<h1>Annotations</h1><p>{legend}</p>\n"
    )
    for result in results:
        yield _html_article(result)
    yield f"<footer>{escape(CLOSING)}</footer>\n</body></html>\n"


def _html_article(result: Result) -> str:
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
    return f"<article>{heading}<p>{_highlighted(text, mined.mentions)}</p>{listed}</article>\n"


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
