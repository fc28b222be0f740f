"""Scores of findings against sentences that a reader labelled.

Only asserted findings on both sides. A finding is right when kind, relation and polarity agree, its drugs are the gold
drugs as a set, every gold gene is there, and at least one gold variant where gold names any. Gold strings are as
written, so a string agrees with a participant when a mention of that participant overlaps it in the sentence, or the
names are equal after folding case, hyphens and spaces.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.records import Article
from miner.errors import MinerInputError
from miner.evaluation.mentions import Judged
from miner.evaluation.scores import Annotate, Score, ScoredError, score_row, score_rows, scores_of
from miner.findings import Finding, Mention, Participant
from miner.relating.scene import SAID
from miner.train.labelled import Labelled, with_text

#: id, title, sentence and the list of its findings
GoldSentence = dict[str, Any]

_FOLD = re.compile(r"[^a-z0-9+]+")


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """Scores of findings: all kinds first, then each kind in name order."""

    sentences: int
    scores: tuple[Score, ...]
    #: sentences without any gold finding, and how many of them were left alone
    empty_sentences: int
    left_alone: int
    errors: tuple[ScoredError, ...]
    #: confidence and truth of each finding, by kind
    judged: tuple[Judged, ...] = ()

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score, then the sentences left alone."""
        yield from score_rows(self.scores)
        yield score_row("sentences without a finding left alone", self.left_alone, None, self.empty_sentences)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        return ({"id": e.id, "error": e.kind, "finding": e.what, "sentence": e.sentence} for e in self.errors)


def score_findings(gold: Iterable[GoldSentence], annotate: Annotate) -> FindingsReport:
    """Scores against labelled sentences; each is read with its title alone."""
    counts: dict[str, Counter[str]] = {"all": Counter()}
    errors: list[ScoredError] = []
    sentences = empty = alone = 0
    judged: list[Judged] = []
    for row in gold:
        sentences += 1
        wanted = [f for f in row["findings"] if f.get("certainty") == "asserted"]
        mined = annotate(str(row["id"]), row["title"], row["sentence"])
        offset = len(row["title"]) + 1 if row["title"] else 0
        found = [f for f in mined.findings if f.start >= offset and f.certainty == "asserted"]
        if not row["findings"]:
            empty += 1
            alone += not found
        left = list(wanted)
        for finding in found:
            match = next((g for g in left if agrees(finding, g, mined.mentions, row["sentence"], offset)), None)
            if match is not None:
                left.remove(match)
            else:
                errors.append(ScoredError(str(row["id"]), "extra", _describe(finding), row["sentence"]))
            judged.append(Judged(finding.kind, finding.confidence, match is not None))
            for name in ("all", finding.kind):
                counts.setdefault(name, Counter())["extracted"] += 1
                counts[name]["right"] += match is not None
        for item in wanted:
            for name in ("all", item["kind"]):
                counts.setdefault(name, Counter())["gold"] += 1
        errors += [ScoredError(str(row["id"]), "missed", _describe_gold(g), row["sentence"]) for g in left]
    return FindingsReport(sentences, scores_of(counts), empty, alone, tuple(errors), tuple(judged))


def read_findings(path: Path) -> Iterator[GoldSentence]:
    """The sentences of a JSONL file with id, title, sentence and findings on each line.

    Raises:
        MinerInputError: a line is no such object.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                row = {"title": "", **row, "findings": list(row["findings"]), "sentence": str(row["sentence"])}
            except (ValueError, KeyError, TypeError) as error:
                raise MinerInputError(
                    f"{path} line {number}", "not a gold sentence; each line needs id, sentence and findings as JSON"
                ) from error
            yield row


def labelled_findings(rows: Iterable[Labelled], articles: Iterable[Article]) -> Iterator[GoldSentence]:
    """The sentences of a label file that stand in the articles as they stood."""
    for row, article, sentence in with_text(rows, articles):
        id_ = f"{row.pmid}:{row.start}"
        yield {"id": id_, "title": article.title, "sentence": sentence, "findings": row.values}


def agrees(finding: Finding, gold: dict[str, Any], mentions: Sequence[Mention], sentence: str, offset: int) -> bool:
    """Whether a finding is the gold one, certainty apart; offset is where the sentence starts in the text."""
    polarity = gold.get("polarity", "supports")
    if (finding.kind, finding.relation, finding.polarity) != (gold["kind"], gold["relation"], polarity):
        return False

    def same(participant: Participant, text: str) -> bool:
        return _same(participant, text, mentions, sentence, offset)

    drugs = gold["drugs"]
    if not all(any(same(p, d) for p in finding.drugs) for d in drugs):
        return False
    if not all(any(same(p, d) for d in drugs) for p in finding.drugs):
        return False
    if not all(any(same(p, g) for p in finding.genes) for g in gold["genes"]):
        return False
    variants = gold["variants"]
    return not variants or any(same(p, v) for p in finding.variants for v in variants)


def _same(participant: Participant, text: str, mentions: Sequence[Mention], sentence: str, offset: int) -> bool:
    if _fold(participant.name) == _fold(text):
        return True
    if participant.id is None and _fold(participant.name) in _fold(text):
        return True
    if any(re.search(cue, text, re.IGNORECASE) and (participant.id or "").endswith(f":{state}") for cue, state in SAID):
        return True
    places = [(m.start() + offset, m.end() + offset) for m in re.finditer(re.escape(text), sentence)]
    for mention in mentions:
        known = (
            mention.concept_id == participant.id if participant.id else mention.text.lower() == participant.name.lower()
        )
        if (known or participant.id in mention.gene_ids) and any(
            mention.start < e and s < mention.end for s, e in places
        ):
            return True
    return False


def _fold(text: str) -> str:
    return _FOLD.sub("", text.lower())


def _describe(finding: Finding) -> str:
    parts = [finding.kind, finding.relation, " + ".join(p.name for p in finding.drugs)]
    parts += [" ".join(p.name for p in (*finding.genes, *finding.variants))]
    return " ".join(part for part in parts if part)


def _describe_gold(gold: dict[str, Any]) -> str:
    parts = [gold["kind"], gold["relation"], " + ".join(gold["drugs"]), " ".join((*gold["genes"], *gold["variants"]))]
    return " ".join(part for part in parts if part)
