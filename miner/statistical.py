"""The default recogniser: a network reads the vocabularies' hints and decides; the linker names what it found.

The network's spans are the mentions of genes, drugs and diseases. Therapy classes, procedures and tests, which its
training corpora do not annotate, come from the vocabularies. A vocabulary hit that the network does not share stays
only where the network is in doubt, and is otherwise a drop that --explain shows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from miner.concepts import ConceptTable
from miner.document import Disjoint
from miner.findings import Drop, Mention, digest
from miner.pipeline import Pipeline
from miner.recognise import DictionaryRecogniser, Named, Recognised, not_read
from miner.reconcile import Gates, apart, believed, without_notations
from miner.sentences import Sentence
from miner.span_link import SpanLinker
from miner.spans import TextSpan, agreement, text_spans
from miner.tagger import WEIGHTS, Tagged, Tagger

#: a vocabulary hit without a span stays from this probability on that its words belong to an entity
_DOUBT = 0.3
#: score from which a name of the vocabularies helps to choose among the concepts of another one
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class StatisticalPipeline:
    """The default pipeline; a damaged weight file raises ModelFileError when it is built."""

    cache_dir: Path
    #: vocabulary files of the user
    extra: tuple[Path, ...] = ()
    weights: Path = WEIGHTS

    def build(self) -> Pipeline:
        """A new pipeline; the vocabulary cache is built first where it is missing."""
        from miner.concept_store import open_concepts

        return Pipeline(StatisticalRecogniser(open_concepts(self.cache_dir, self.extra), Tagger(self.weights)))


class StatisticalRecogniser:
    """Network over vocabulary hints, linked by the vocabularies."""

    def __init__(self, concepts: ConceptTable, tagger: Tagger) -> None:
        self.digest = digest("statistical", concepts.digest, tagger.digest)
        self._dictionary = DictionaryRecogniser(concepts)
        self._concepts = concepts
        self._linker = SpanLinker(concepts)
        self._tagger = tagger

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        """The entities of a text whose sentences are given."""
        named = self._dictionary.names(text, sentences)
        mentions, drops = self._merge(named, self._tagger.tag(named))
        return self._dictionary.complete(named, sentences, mentions, drops)

    def _merge(self, named: Named, tagged: Tagged) -> tuple[list[Mention], list[Drop]]:
        """The network's spans, linked, and the vocabulary's mentions that stay beside them."""
        notations = Disjoint(n for n in named.notations if not n.symbol)
        spans = without_notations(named.text, text_spans(named, tagged), notations)
        gates, known = Gates(named, spans), Disjoint(named.mentions)
        sure = {m.concept_id for m in named.mentions if m.concept_id and m.score >= _SURE}
        long_forms = {a.short: named.text[a.long_start : a.long_end] for a in reversed(named.abbreviations)}
        mentions: list[Mention] = []
        drops = list(named.drops)
        settled: set[int] = set()
        for span in spans:
            gate = gates.closed(span)
            if gate:
                said = f"{span.type} {named.text[span.start : span.end]}"
                drops.append(Drop("mention", gate, span.start, span.end, said))
                continue
            beside = known.meeting(span.start, span.end)
            if any(self._outranks(m, span) for m in beside):
                continue
            own = self._mention(named.text, span, beside, long_forms, sure)
            if own.concept_id is None and gates.otherwise_defined(span):
                drops.append(Drop("mention", "defined as something else", span.start, span.end, f"gene {own.text}"))
                continue
            chosen = believed(named.text, span, beside, linked=own.concept_id is not None)
            mentions += [m for m in chosen if m.start not in settled] if chosen else [own]
            settled.update(m.start for m in beside)
        for mention in named.mentions:
            if mention.start in settled:
                continue
            if self._spanless(mention) or tagged.inside(mention.start, mention.end) >= _DOUBT:
                mentions.append(mention)
            else:
                drops.append(not_read(mention))
        return list(apart(mentions)), drops

    def _spanless(self, mention: Mention) -> bool:
        """Of a kind that the network does not predict: a test, or a class or procedure that is a therapy."""
        if mention.type == "test":
            return True
        concept = self._concepts.get(mention.concept_id) if mention.kind == "class" and mention.concept_id else None
        return concept is not None and concept.therapy

    def _outranks(self, mention: Mention, span: TextSpan) -> bool:
        """A class, procedure or test whose name holds the span ("PARP inhibitor", "EGFR mutation testing").

        So does one that goes on behind a gene ("receptor tyrosine kinase" of "tyrosine kinase inhibitors").
        """
        held = mention.start <= span.start or (span.type == "gene" and span.end < mention.end)
        return held and span.end <= mention.end and self._spanless(mention)

    def _mention(
        self,
        text: str,
        span: TextSpan,
        beside: Sequence[Mention],
        long_forms: Mapping[str, str],
        sure: Collection[str],
    ) -> Mention:
        """A span with the concept it means; the score is that of place and type times that of the link."""
        probability = self._tagger.calibration.probability(span.type, span.probability, agreement(span, beside))
        same = next((m for m in beside if m.type == span.type and (m.start, m.end) == span.place), None)
        if same is not None and same.concept_id is not None:
            return replace(same, score=round(same.score * probability, 3))
        surface = text[span.start : span.end]
        link = self._linker.link_span(
            text, span.start, span.end, span.type, long_form=long_forms.get(surface, ""), seen=sure
        )
        return Mention(
            span.start,
            span.end,
            surface,
            span.type,
            link.kind,
            link.concept_id,
            link.name or surface,
            round(probability * (link.score if link.concept_id else 1.0), 3),
            runners_up=link.runners_up,
        )
