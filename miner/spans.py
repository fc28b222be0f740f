"""The spans of the network in the text, with brackets made whole and short forms read as their long forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from miner.abbreviations import Abbreviation, short_form_uses
from miner.calibration import ACROSS, NOTHING, SAME
from miner.document import Disjoint
from miner.findings import EntityType, Mention
from miner.recognise import Named
from miner.tagger import Tagged

_PARTNERS = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A span of the network in code points, with the network's own probability."""

    start: int
    end: int
    type: EntityType
    probability: float

    @property
    def place(self) -> tuple[int, int]:
        return self.start, self.end


def text_spans(named: Named, tagged: Tagged) -> Disjoint[TextSpan]:
    """The network's spans in code points, with the short forms of the names among them."""
    spans = Disjoint(_whole_brackets(named.text, span) for span in _in_text(tagged))
    by_end = {span.end: span for span in spans}
    named_by = {a.short: (a, by_end[a.long_end]) for a in named.abbreviations if _names(by_end.get(a.long_end), a)}
    for abbreviation, source in named_by.values():
        for start, end in short_form_uses(named.text, abbreviation):
            if all(s.end - s.start <= end - start for s in spans.meeting(start, end)):
                spans.put(TextSpan(start, end, source.type, source.probability))
    return spans


def _in_text(tagged: Tagged) -> Iterator[TextSpan]:
    for span in tagged.spans:
        start, end = tagged.tokens[span.start][0], tagged.tokens[span.end - 1][1]
        yield TextSpan(start, end, span.type, span.probability)


def _whole_brackets(text: str, span: TextSpan) -> TextSpan:
    """The span without a bracket at its edge that has no partner inside."""
    start, end = span.place
    if end - start > 1 and text[end - 1] in _PARTNERS and _PARTNERS[text[end - 1]] not in text[start:end]:
        end -= 1
    if end - start > 1 and text[start] in "([" and not any(b in text[start:end] for b in _PARTNERS):
        start += 1
    return replace(span, start=start, end=end)


def _names(span: TextSpan | None, abbreviation: Abbreviation) -> bool:
    """The span, which ends where the long form ends, is at least half of it."""
    if span is None:
        return False
    whole = abbreviation.long_end - abbreviation.long_start
    return 2 * (span.end - max(span.start, abbreviation.long_start)) >= whole


def agreement(span: TextSpan, beside: Sequence[Mention]) -> int:
    """What the vocabularies say of the span, in the terms of miner.calibration."""
    alike = [m for m in beside if m.type == span.type]
    if any((m.start, m.end) == span.place for m in alike):
        return SAME
    return ACROSS if alike else NOTHING
