"""Scores of findings and challenges against sentences that a reader labelled.

Findings: only asserted ones on both sides. A finding is right when kind, relation and polarity agree, its drugs are the
gold drugs as a set, every gold gene is there, and at least one gold variant where gold names any. Gold strings are as
written, so a string agrees with a participant when a mention of that participant overlaps it in the sentence, or the
names are equal after folding case, hyphens and spaces.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miner.errors import MinerInputError
from miner.findings import Finding, MinedArticle, Participant
from miner.relating.scene import SAID

#: (document id, title, text that follows the title) -> what mining makes of it
Annotate = Callable[[str, str, str], MinedArticle]
_FOLD = re.compile(r"[^a-z0-9+]+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one row of a report; rates are None where nothing was there to count."""

    name: str
    right: int
    extracted: int
    gold: int

    @property
    def precision(self) -> float | None:
        return round(self.right / self.extracted, 3) if self.extracted else None

    @property
    def recall(self) -> float | None:
        return round(self.right / self.gold, 3) if self.gold else None

    @property
    def f1(self) -> float | None:
        total = self.extracted + self.gold
        return round(2 * self.right / total, 3) if total else None


@dataclass(frozen=True, slots=True)
class ScoredError:
    """One thing extracted that gold does not have ("extra"), or the reverse ("missed")."""

    id: str
    kind: str
    what: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """Scores of findings: all kinds first, then each kind in name order."""

    sentences: int
    scores: tuple[Score, ...]
    #: sentences without any gold finding, and how many of them were left alone
    empty_sentences: int
    left_alone: int
    errors: tuple[ScoredError, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score, then the sentences left alone."""
        yield from _rows(self.scores)
        yield _row("sentences without a finding left alone", self.left_alone, None, self.empty_sentences)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        return ({"id": e.id, "error": e.kind, "finding": e.what, "sentence": e.sentence} for e in self.errors)


@dataclass(frozen=True, slots=True)
class ChallengesReport:
    """Scores of challenges: any, all classes together, each class; stance where both sides see a challenge."""

    sentences: int
    scores: tuple[Score, ...]
    stance_right: int
    stance_judged: int
    errors: tuple[ScoredError, ...]

    def score_rows(self) -> Iterator[dict[str, object]]:
        """Rows to print: one a score, then the stance."""
        yield from _rows(self.scores)
        yield _row("stance", self.stance_right, self.stance_judged, self.stance_judged)

    def error_rows(self) -> Iterator[dict[str, object]]:
        """One row for each error."""
        return ({"id": e.id, "error": e.kind, "class": e.what, "sentence": e.sentence} for e in self.errors)


def score_findings(gold: Path, annotate: Annotate) -> FindingsReport:
    """Scores of a JSONL file with id, title, sentence and findings on each line.

    Raises:
        MinerInputError: a line is no such object.
    """
    counts: dict[str, Counter[str]] = {"all": Counter()}
    errors: list[ScoredError] = []
    sentences = empty = alone = 0
    for row in _gold_lines(gold):
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
            match = next((g for g in left if _agrees(finding, g, mined, row["sentence"], offset)), None)
            if match is not None:
                left.remove(match)
            else:
                errors.append(ScoredError(str(row["id"]), "extra", _describe(finding), row["sentence"]))
            for name in ("all", finding.kind):
                counts.setdefault(name, Counter())["extracted"] += 1
                counts[name]["right"] += match is not None
        for item in wanted:
            for name in ("all", item["kind"]):
                counts.setdefault(name, Counter())["gold"] += 1
        errors += [ScoredError(str(row["id"]), "missed", _describe_gold(g), row["sentence"]) for g in left]
    return FindingsReport(sentences, _scores(counts), empty, alone, tuple(errors))


def score_challenges(gold: Path, annotate: Annotate) -> ChallengesReport:
    """Scores of a tab-separated file with the columns id, classes, polarity, title and sentence.

    Raises:
        MinerInputError: a column is missing.
    """
    counts: dict[str, Counter[str]] = {"any challenge": Counter(), "all classes": Counter()}
    errors: list[ScoredError] = []
    sentences = right = judged = 0
    for row in _gold_table(gold):
        sentences += 1
        wanted = set() if row["classes"] == "-" else set(row["classes"].split(","))
        title = row["title"].strip("[]")
        offset = len(title) + 1 if title else 0
        mined = annotate(row["id"], title, row["sentence"])
        found = [c for c in mined.challenges if c.start >= offset]
        classes = {name for challenge in found for name in challenge.classes}
        _count(counts, "any challenge", bool(classes and wanted), bool(classes), bool(wanted))
        for name in sorted(classes | wanted):
            for line in ("all classes", name):
                _count(counts, line, name in classes and name in wanted, name in classes, name in wanted)
            if name not in wanted or name not in classes:
                kind = "extra" if name in classes else "missed"
                errors.append(ScoredError(row["id"], kind, name, row["sentence"]))
        if classes and wanted:
            judged += 1
            right += found[0].polarity == row["polarity"]
    return ChallengesReport(sentences, _scores(counts), right, judged, tuple(errors))


def _gold_lines(path: Path) -> Iterator[dict[str, Any]]:
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


def _gold_table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"id", "classes", "polarity", "title", "sentence"} - set(rows.fieldnames or ())
        if missing:
            raise MinerInputError(
                str(path), f"the columns {', '.join(sorted(missing))} are missing from the header line"
            )
        yield from rows


def _agrees(finding: Finding, gold: dict[str, Any], mined: MinedArticle, sentence: str, offset: int) -> bool:
    polarity = gold.get("polarity", "supports")
    if (finding.kind, finding.relation, finding.polarity) != (gold["kind"], gold["relation"], polarity):
        return False

    def same(participant: Participant, text: str) -> bool:
        return _same(participant, text, mined, sentence, offset)

    drugs = gold["drugs"]
    if not all(any(same(p, d) for p in finding.drugs) for d in drugs):
        return False
    if not all(any(same(p, d) for d in drugs) for p in finding.drugs):
        return False
    if not all(any(same(p, g) for p in finding.genes) for g in gold["genes"]):
        return False
    variants = gold["variants"]
    return not variants or any(same(p, v) for p in finding.variants for v in variants)


def _same(participant: Participant, text: str, mined: MinedArticle, sentence: str, offset: int) -> bool:
    if _fold(participant.name) == _fold(text):
        return True
    if participant.id is None and _fold(participant.name) in _fold(text):
        return True
    if any(re.search(cue, text, re.IGNORECASE) and (participant.id or "").endswith(f":{state}") for cue, state in SAID):
        return True
    places = [(m.start() + offset, m.end() + offset) for m in re.finditer(re.escape(text), sentence)]
    for mention in mined.mentions:
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


def _count(counts: dict[str, Counter[str]], name: str, right: bool, extracted: bool, gold: bool) -> None:
    counter = counts.setdefault(name, Counter())
    counter["right"] += right
    counter["extracted"] += extracted
    counter["gold"] += gold


def _scores(counts: dict[str, Counter[str]]) -> tuple[Score, ...]:
    totals = [name for name in counts if name in ("all", "any challenge", "all classes")]
    names = totals + sorted(set(counts) - set(totals))
    return tuple(Score(n, counts[n]["right"], counts[n]["extracted"], counts[n]["gold"]) for n in names)


def _rows(scores: Sequence[Score]) -> Iterator[dict[str, object]]:
    for score in scores:
        yield {
            **_row(score.name, score.right, score.extracted, score.gold),
            "precision": score.precision,
            "recall": score.recall,
            "f1": score.f1,
        }


def _row(name: str, right: int, extracted: int | None, gold: int) -> dict[str, object]:
    share = round(right / gold, 3) if gold else None
    return {
        "what": name,
        "right": right,
        "extracted": extracted,
        "gold": gold,
        "precision": None,
        "recall": share,
        "f1": None,
    }


def _describe(finding: Finding) -> str:
    parts = [finding.kind, finding.relation, " + ".join(p.name for p in finding.drugs)]
    parts += [" ".join(p.name for p in (*finding.genes, *finding.variants))]
    return " ".join(part for part in parts if part)


def _describe_gold(gold: dict[str, Any]) -> str:
    parts = [gold["kind"], gold["relation"], " + ".join(gold["drugs"]), " ".join((*gold["genes"], *gold["variants"]))]
    return " ".join(part for part in parts if part)
