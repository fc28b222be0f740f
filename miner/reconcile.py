"""Where network and vocabularies disagree on a stretch of text: which of both is believed, and why.

The network decides what is an entity. The vocabularies keep their word where the network cannot know better: on
notations of variants, on gates that no context opens (a cell line, a date, a short form that the text defines
otherwise), on the parts of a list of genes, and on a name they hold where the network's own reading has no concept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from miner.document import Disjoint
from miner.findings import Mention
from miner.link import context_words
from miner.notation import Notation
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
#: what is left between a gene and the notation of its variant
_JOINTS = " -(,;:\u2010\u2011\u2012\u2013"
#: what makes another gene of the name before it: a GM-CSF receptor is no GM-CSF
_KIND = re.compile(r"[\s-](?:receptor|kinase|channel)s?")
_LIST = re.compile(r"/|,|\band\b|\bor\b")


def without_notations(text: str, spans: Iterable[TextSpan], notations: Disjoint[Notation]) -> list[TextSpan]:
    """The spans cut off before the notation of a variant ("EGFR T790M"); what lies inside one is left out."""
    kept = []
    for span in spans:
        start, end = span.place
        for notation in notations.meeting(start, end):
            if notation.start <= start:
                start = min(notation.end, end)
            else:
                end = min(notation.start, end)
        words = text[start:end]
        start += len(words) - len(words.lstrip(_JOINTS))
        end -= len(words) - len(words.rstrip(_JOINTS))
        if start < end:
            kept.append(replace(span, start=start, end=end))
    return kept


class Gates:
    """What keeps the spans of one text from being mentions."""

    def __init__(self, named: Named, spans: Iterable[TextSpan]) -> None:
        self._text = named.text
        self._named = {(m.start, m.end) for m in named.mentions}
        self._stopped: dict[tuple[int, int], set[str]] = {}
        for drop in named.drops:
            self._stopped.setdefault((drop.start, drop.end), set()).add(drop.gate)
        self._long_ends: dict[str, list[int]] = {}
        for abbreviation in named.abbreviations:
            self._long_ends.setdefault(abbreviation.short, []).append(abbreviation.long_end)
        self._read = {(span.type, span.end) for span in spans}

    def closed(self, span: TextSpan) -> str:
        """The gate that keeps a span from being a mention, "" where none does."""
        if span.place in self._named:
            return ""
        gates = self._stopped.get(span.place, set())
        if span.probability < _SURE:
            if unsure := gates & _UNSURE:
                return min(unsure)
            if span.type == "gene" and not gates and self._may_be_a_word(span):
                return "short and unsure"
        if "defined as something else" in gates and self._long_form_read(span):
            return ""
        return min(gates) if gates and gates <= _CLOSED else ""

    def otherwise_defined(self, span: TextSpan) -> bool:
        """A short form of a gene, not surely one, whose long form in the text was not read as a gene."""
        surface = self._text[span.start : span.end]
        defined = span.type == "gene" and surface in self._long_ends and span.probability < _SURE
        return defined and not self._long_form_read(span)

    def _may_be_a_word(self, span: TextSpan) -> bool:
        """A short word that no vocabulary names and the text does not define."""
        surface = self._text[span.start : span.end]
        return _SHORT.fullmatch(surface) is not None and surface not in self._long_ends

    def _long_form_read(self, span: TextSpan) -> bool:
        """The long form of the short form at the span is a span of the same type."""
        ends = self._long_ends.get(self._text[span.start : span.end], ())
        return any((span.type, end) in self._read for end in ends)


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
    inside = [m for m in inside if (m.start, m.end) != span.place and not _KIND.fullmatch(text, m.end, span.end)]
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


def apart(mentions: Iterable[Mention]) -> Disjoint[Mention]:
    """The mentions without those that a longer one meets."""
    kept: Disjoint[Mention] = Disjoint(())
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if not kept.meeting(mention.start, mention.end):
            kept.put(mention)
    return kept
