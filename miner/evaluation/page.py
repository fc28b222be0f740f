"""Writes docs/quality.md from what was measured; the same measurements give the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from miner.evaluation.calibration import Reliability, reliabilities
from miner.evaluation.intervals import RESAMPLES, Estimate, Interval
from miner.evaluation.linking import LinksReport
from miner.evaluation.mentions import Judged
from miner.evaluation.published import PublishedScores
from miner.evaluation.quality import MeasuredSet, Quality
from miner.evaluation.scores import Score
from miner.evaluation.sets import mention_counts
from miner.train.corpora import SAME

_HEAD = """# Quality

Made by `theragraph evaluate quality DATA`, where DATA is a folder with the corpora named below; do not edit. The
corpora are not in the repository: they are public, under terms of their own, and fetched from their makers. Without
them this page cannot be made again; everything else builds, runs and is tested.

Every score names its split. Numbers are percent, with 95 % intervals in brackets from {resamples} draws of whole
documents with replacement. What is counted: a mention is right when its stretch and type are (strict), or when it
overlaps one of the type (relaxed, each paired once); a concept is right when one of its ids is the gold's.

Recogniser: `{recogniser}`.
"""

_OVERLAP = """## Documents

A document that trains is never scored. Two documents count as the same when they share their PMID, or when one has
{same:.0f} % of its runs of twelve words in the other. The recipe leaves out of training whatever meets a scored set of
BC5CDR, BioRED or NCBI Disease; of the other sets, which were not kept apart, the documents that meet one of the
{trained} that train are left out of the score. Types that a set annotates in another sense are left out of it.
"""

_MENTIONS = """## Mentions

Rows "without classes" leave out what was found of kind `class` (therapy classes and procedures such as radiotherapy),
rows "without states" states of genes and markers ("EGFR mutation", "MSI-H"): [by definition](definitions.md) they are
drugs and variants, and no corpus annotates them.
"""

_LINKS = """## Links

"document": the concepts of a document as a set, against the ids that gold names there. "mention": the share of gold
mentions with an id that carry the right one, under "recall", and of those with any id on them, under "precision".
"outside" are concepts of documents that have no id in the gold's vocabularies at all and count as wrong. "gene human"
leaves out gold ids that no human gene has, and what was linked to none.
"""

_CALIBRATION = """## Calibration

How far a mention's `score` is the probability that it is right. Expected calibration error (ECE) over ten bins of equal
width, over the sets {sets} together, without classes and states. Each line of a
diagram is a bin: the bar is the share of right ones, `|` stands at the mean score; where scores are probabilities, the
bar ends at the mark.
"""

_APART = """Drawn by chance from what was mined of whole abstracts, of every field and of lung cancer. None was fitted
on, and each stands as the rules read it when it was judged; rules have been mended on some of them since."""

_CHECK = """What was read at that time in the sentences of `findings_check.tsv`, which are harder than those of
chance."""

_THRESHOLDS = "What `load.finding_confidence` keeps of them, in percent:"

_AGAIN = """## The same numbers again

```
theragraph evaluate quality DATA
{commands}
```

With `--errors` each of the last lists every error. `--recogniser` scores another recogniser by the same rules.
"""


def page(quality: Quality) -> str:
    """The whole page as Markdown."""
    parts = [_HEAD.format(resamples=f"{RESAMPLES:,}", recogniser=quality.recogniser), *_documents(quality)]
    parts += [_MENTIONS, _score_table(quality.sets), _LINKS, _link_table(quality.sets)]
    parts += [
        *_findings(quality),
        *_published(quality.published),
        *_calibration(quality),
        _again(quality),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _documents(quality: Quality) -> Iterator[str]:
    yield _OVERLAP.format(same=100 * SAME, trained=f"{quality.trained:,}")
    yield _table(
        ("set", "file", "split", "documents", "left out", "gold mentions"),
        (
            (
                f"{m.loaded.about.name} ({m.loaded.about.source})",
                f"`{m.loaded.about.file}`",
                m.loaded.about.split,
                f"{len(m.loaded.documents):,}",
                f"{m.loaded.left_out:,}",
                ", ".join(f"{type_} {n:,}" for type_, n in mention_counts(m.loaded.documents).items()),
            )
            for m in quality.sets
        ),
    )
    if quality.missing:
        yield f"Not in the data folder this time: {', '.join(quality.missing)}."


def _score_table(sets: Sequence[MeasuredSet]) -> str:
    rows = ((m.loaded.about.name, *_cells(estimate)) for m in sets for estimate in m.mentions.estimates)
    return _table(_COLUMNS, rows)


def _link_table(sets: Sequence[MeasuredSet]) -> str:
    rows = ((m.loaded.about.name, *cells) for m in sets for cells in _link_cells(m.links))
    return _table((*_COLUMNS, "outside"), rows)


def _link_cells(report: LinksReport) -> Iterator[tuple[str, ...]]:
    for estimate in report.estimates:
        cells = _cells(estimate)
        if estimate.scoring == "document":
            yield (*cells, f"{report.outside[estimate.score.name]:,}")
        else:
            yield (*cells[:4], "", *cells[5:], "")


_COLUMNS = ("set", "scoring", "what", "precision", "recall", "F1", "right", "found", "gold")


def _cells(estimate: Estimate) -> tuple[str, ...]:
    score = estimate.score
    rates = (
        (score.precision, estimate.precision),
        (score.recall, estimate.recall),
        (score.f1, estimate.f1),
    )
    counts = (score.right, score.extracted, score.gold)
    return (estimate.scoring, score.name, *(_rate(*r) for r in rates), *(f"{n:,}" for n in counts))


def _rate(rate: float | None, interval: Interval) -> str:
    if rate is None:
        return ""
    return f"{100 * rate:.1f}" + (f" ({100 * interval[0]:.1f}-{100 * interval[1]:.1f})" if interval else "")


def _findings(quality: Quality) -> Iterator[str]:
    if quality.sentences:
        yield "## Findings and challenges\n\nSentences that readers labelled; development."
        columns = ("file", "sentences", "what", "precision", "recall", "F1", "right", "found", "gold")
        rows = ((f"`{m.file}`", f"{m.sentences:,}", *_plain(s)) for m in quality.sentences for s in m.scores)
        yield _table(columns, rows)
    passed, cases = quality.complaints
    yield (
        f"## Complaints\n\n{passed} of {cases} cases of the complaint pack pass ({100 * passed / cases:.1f} %). "
        "`theragraph evaluate complaints --errors` lists those that fail."
    )


def _plain(score: Score) -> tuple[str, ...]:
    rates = (_rate(rate, None) for rate in (score.precision, score.recall, score.f1))
    return (score.name, *rates, f"{score.right:,}", f"{score.extracted:,}", f"{score.gold:,}")


def _published(sets: Sequence[PublishedScores]) -> Iterator[str]:
    if sets:
        yield "## Gold that others made\n\nEach measures something a little different from what this project says."
    for scored in sets:
        yield f"### {scored.title}\n\n{scored.about}"
        yield f"```\ntheragraph evaluate {scored.command}\n```"
        if scored.judged:
            yield _table(_COLUMNS[1:], map(_cells, scored.estimates))
        else:
            kept = [_COLUMNS.index(column) - 1 for column in ("scoring", "what", "recall", "right", "gold")]
            cells = map(_cells, scored.estimates)
            yield _table([_COLUMNS[1:][i] for i in kept], ([row[i] for i in kept] for row in cells))


def _calibration(quality: Quality) -> Iterator[str]:
    own = [m for m in quality.sets if m.loaded.about.own]
    yield _CALIBRATION.format(sets=", ".join(m.loaded.about.name for m in own))
    yield from _reliability("Mentions: strict stretch and type", chain(*(m.mentions.judged for m in own)))
    yield from _reliability(
        "Links: the right id, at a gold mention that has one", chain(*(m.links.judged for m in own))
    )
    judged = list(chain(*(m.judged for m in quality.sentences)))
    said = [j for j in judged if j.type != "challenge"]
    yield from _reliability("Findings: kind, direction, participants, in the sentences above", said)
    yield from _reliability("Challenges: any, in the sentences above", (j for j in judged if j.type == "challenge"))
    yield from _reliability("Findings that readers judged: direction and main participants", quality.apart, _APART)
    yield from _thresholds(quality.apart)
    yield from _reliability("Findings in sentences labelled for checking", quality.check, _CHECK)
    yield from _thresholds(quality.check)


def _thresholds(judged: Sequence[Judged]) -> Iterator[str]:
    yield _THRESHOLDS
    yield _table(("from", "kept", "right ones kept", "precision"), _kept(judged))


def _kept(judged: Sequence[Judged]) -> Iterator[tuple[str, ...]]:
    """What is left from each threshold on."""
    right, before = sum(item.right for item in judged), 0
    for tenths in range(10):
        kept = [item.right for item in judged if item.score >= tenths / 10]
        if kept and len(kept) != before:
            share = f"{100 * sum(kept) / right:.1f}" if right else ""
            yield f"{tenths / 10:.1f}", f"{len(kept):,}", share, f"{100 * sum(kept) / len(kept):.1f}"
        before = len(kept)


def _reliability(title: str, judged: Iterable[Judged], about: str = "") -> Iterator[str]:
    found = list(reliabilities(judged))
    if not found:
        return
    yield f"### {title}" + (f"\n\n{about}" if about else "")
    yield _table(("type", "count", "ECE"), ((r.type, f"{r.count:,}", f"{r.error:.3f}") for r in found))
    yield from (_diagram(reliability) for reliability in found)


def _diagram(reliability: Reliability) -> str:
    return f"```\n{reliability.type}\n{reliability.diagram()}\n```"


def _again(quality: Quality) -> str:
    lines = []
    for about in (m.loaded.about for m in quality.sets if m.loaded.about.own):
        kept = " --kept" if about.kept else ""
        lines += [f"theragraph evaluate {what} DATA/{about.file}{kept}" for what in ("ner", "linking")]
    return _AGAIN.format(commands="\n".join(lines))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell would end it."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
