"""The spans of the network in the text, with brackets made whole and short forms read as their long forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from miner.abbreviations import Abbreviation, short_form_uses
from miner.calibration import ACROSS, NOTHING, SAME
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


def text_spans(named: Named, tagged: Tagged) -> list[TextSpan]:
    """The network's spans in code points, in order, with the short forms of the names among them."""
    spans = [_whole_brackets(named.text, span) for span in _in_text(tagged)]
    for abbreviation in named.abbreviations:
        source = next((s for s in spans if _names(s, abbreviation)), None)
        if source is None:
            continue
        for start, end in short_form_uses(named.text, abbreviation):
            standing = [s for s in spans if s.start < end and start < s.end]
            if all(s.end - s.start <= end - start for s in standing):
                spans = [s for s in spans if s not in standing]
                spans.append(TextSpan(start, end, source.type, source.probability))
    return sorted(spans, key=lambda s: s.place)


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


def _names(span: TextSpan, abbreviation: Abbreviation) -> bool:
    """The span ends where the long form ends and is at least half of it."""
    whole = abbreviation.long_end - abbreviation.long_start
    return span.end == abbreviation.long_end and 2 * (span.end - max(span.start, abbreviation.long_start)) >= whole


def agreement(span: TextSpan, beside: Sequence[Mention]) -> int:
    """What the vocabularies say of the span, in the terms of miner.calibration."""
    alike = [m for m in beside if m.type == span.type]
    if any((m.start, m.end) == span.place for m in alike):
        return SAME
    return ACROSS if alike else NOTHING
