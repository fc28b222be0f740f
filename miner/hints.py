"""What the vocabularies say of each token: the feature that carries the statistical recogniser across corpora.

A token of a mention gets its place and type ("B:drug:substance"); a token of a hit that a gate stopped gets the type
and the gate, so that the network can overrule it; a short form gets the last word of its long form.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from miner.abbreviations import Abbreviation, short_form_uses
from miner.findings import Drop, Mention


@dataclass(frozen=True, slots=True)
class Hints:
    """Three strings for each token, "" where there is nothing to say."""

    passed: tuple[str, ...]
    stopped: tuple[str, ...]
    long_form: tuple[str, ...]


def hints(
    text: str,
    tokens: Sequence[tuple[int, int]],
    mentions: Iterable[Mention],
    drops: Iterable[Drop],
    abbreviations: Iterable[Abbreviation],
) -> Hints:
    """The hints of a text whose dictionary mentions and drops are given."""
    starts = [start for start, _ in tokens]
    passed, stopped, long_form = ([""] * len(tokens) for _ in range(3))
    for mention in mentions:
        label = f"{mention.type}:{mention.kind}:{'linked' if mention.concept_id else 'open'}"
        _mark(passed, starts, mention.start, mention.end, label)
    for drop in drops:
        if drop.stage == "mention":
            _mark(stopped, starts, drop.start, drop.end, f"{drop.detail.split(' ', 1)[0]}:{drop.gate}")
    defined: set[str] = set()
    for abbreviation in abbreviations:
        if abbreviation.short in defined:
            continue
        defined.add(abbreviation.short)
        last = text[abbreviation.long_start : abbreviation.long_end].rsplit(None, 1)[-1].lower()
        for start, end in short_form_uses(text, abbreviation):
            _mark(long_form, starts, start, end, last)
    return Hints(tuple(passed), tuple(stopped), tuple(long_form))


def _mark(column: list[str], starts: list[int], start: int, end: int, label: str) -> None:
    """B: on the first free token of the range, I: on the others."""
    prefix = "B:"
    for index in range(bisect_left(starts, start), bisect_left(starts, end)):
        if not column[index]:
            column[index] = prefix + label
        prefix = "I:"
