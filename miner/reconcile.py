"""Where network and vocabularies disagree on a stretch of text: which of both is believed, and why.

The network decides what is an entity. The vocabularies keep their word where the network cannot know better: on
notations of variants, on gates that no context opens (a cell line, a date, a short form that the text defines
otherwise), on the parts of a list of genes, and on a name they hold where the network's own reading has no concept.
"""

import re
from collections.abc import Iterable, Sequence

from miner.findings import Drop, Mention
from miner.link import context_words
from miner.recognise import Named
from miner.spans import TextSpan

#: gates that hold against the network as well: no context makes an entity of what they stop
_CLOSED = frozenset(
    ("capitals in capitals", "cell line", "date", "defined as something else", "label", "laboratory method",
     "single letter", "study jargon", "unit", "virus")
)  # fmt: skip
#: a gene that may well be an ordinary word, an initialism or a label needs a network that is this sure
_SURE = 0.9
_UNSURE = frozenset(("common word", "capitals without a gene word"))
#: one or two signs ("B3"), three or four capitals, and short words in small letters ("cat", "hedgehog")
_SHORT = re.compile(r"\S{1,2}|[A-Z]{3,4}|[a-z]{3,8}")
_LIST = re.compile(r"/|,|\band\b|\bor\b")


def without_notations(text: str, spans: Iterable[TextSpan], notations: Sequence[tuple[int, int]]) -> list[TextSpan]:
    """The spans cut off before the notation of a variant ("EGFR T790M"); what lies inside one is left out."""
    kept = []
    for span in spans:
        start, end = span.place
        for first, last in notations:
            if first <= start < last:
                start = min(last, end)
            if start < first < end:
                end = first
        words = text[start:end]
        start += len(words) - len(words.lstrip(" -(,;:\u2010\u2011\u2012\u2013"))
        end -= len(words) - len(words.rstrip(" -(,;:\u2010\u2011\u2012\u2013"))
        if (start, end) == span.place or start < end:
            kept.append(TextSpan(start, end, span.type, span.probability))
    return kept


def closed_gate(named: Named, span: TextSpan, spans: Sequence[TextSpan]) -> str:
    """The gate that keeps a span from being a mention, "" where none does."""
    if any((m.start, m.end) == span.place for m in named.mentions):
        return ""
    gates = {d.gate for d in named.drops if d.stage == "mention" and (d.start, d.end) == span.place}
    if span.probability < _SURE:
        if unsure := gates & _UNSURE:
            return min(unsure)
        if span.type == "gene" and not gates and _may_be_a_word(named, span):
            return "short and unsure"
    if "defined as something else" in gates and _long_form_read(named, span, spans):
        return ""
    return min(gates & _CLOSED) if gates and gates <= _CLOSED else ""


def _may_be_a_word(named: Named, span: TextSpan) -> bool:
    """A short word that no vocabulary names and the text does not define."""
    surface = named.text[span.start : span.end]
    return _SHORT.fullmatch(surface) is not None and all(a.short != surface for a in named.abbreviations)


def _long_form_read(named: Named, span: TextSpan, spans: Sequence[TextSpan]) -> bool:
    """The long form of the short form at the span is a span of the same type."""
    short = named.text[span.start : span.end]
    return any(
        a.short == short and any(s.type == span.type and s.end == a.long_end and s.start < a.long_end for s in spans)
        for a in named.abbreviations
    )


def believed(text: str, span: TextSpan, beside: Sequence[Mention], *, linked: bool) -> list[Mention]:
    """The vocabulary's mentions that stand in the span's place; none where the span itself is believed."""
    known = [m for m in beside if m.concept_id is not None]
    same = [m for m in known if (m.start, m.end) == span.place and m.type != span.type]
    if same and (not linked or _is_gene_here(text, same[0], span)):
        return same
    if span.type in ("gene", "drug"):
        around = [m for m in known if m.type == span.type and _holds(m, span)]
        if around:
            return around
    inside = [m for m in known if m.type == span.type and span.start <= m.start and m.end <= span.end]
    inside = [m for m in inside if (m.start, m.end) != span.place]
    if inside and (not linked or (span.type == "gene" and _LIST.search(text, span.start, span.end))):
        return inside
    return []


def _is_gene_here(text: str, mention: Mention, span: TextSpan) -> bool:
    """The vocabulary names a gene and the words beside it are those of a gene ("APC mutations")."""
    start, end = span.place
    beside = context_words(text, start, end, "gene")
    return mention.type == "gene" and beside > 0 and not context_words(text, start, end, span.type)


def _holds(mention: Mention, span: TextSpan) -> bool:
    """The mention is longer than the span and has it inside."""
    return mention.start <= span.start and span.end <= mention.end and (mention.start, mention.end) != span.place


def not_read(mention: Mention) -> Drop:
    """A vocabulary hit that the network does not share."""
    return Drop("mention", "not read as an entity", mention.start, mention.end, f"{mention.type} {mention.concept_id}")


def apart(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without those that a longer one meets."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not any(m.start < mention.end and mention.start < m.end for m in kept):
            kept.append(mention)
    return kept
