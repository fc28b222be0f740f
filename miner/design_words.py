"""What a study observed - people, animals, the bench, a computer - told by the words of its text, each with a weight.

The weights stand in design_words.toml. They were set by hand, reading one half of the labelled articles of designs.tsv
(miner/train/labels/README.md), other abstracts of the same file and abstracts on lung cancer; designs_unseen.tsv, whose
articles nobody read, says how far the weights carry.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from miner.document import Document

_FILE = Path(__file__).with_name("design_words.toml")
_TOKEN = re.compile(r"[^\W_]+|[<%=]")
#: a phrase in the title tells more than one in the text, one in the opening sentences, where others' work stands, less
_TITLE, _OPENING = 2.5, 0.5
#: the share of an abstract without labelled parts that counts as its opening
_OPENING_SHARE = 0.2
#: what the second and the third time of a phrase add
_AGAIN = (1.0, 0.5, 0.5)
_SHOWN = 4
_OPENING_LABEL = re.compile(
    r"background|introduction|objective|aim|purpose|context|importance|rationale", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """How strongly the text tells one thing, and the phrases that say so, weightiest first."""

    weight: float = 0.0
    phrases: tuple[str, ...] = ()


def weigh(document: Document) -> dict[str, Weighed]:
    """The weight of every kind of the word list; 0 where none of its phrases is there."""
    opening = opening_end(document)
    seen: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for kind, phrase, weight, start in _found(document.text):
        factor = _TITLE if start < len(document.title) and weight > 1 else _OPENING if start < opening else 1.0
        seen[kind][phrase].append(weight * factor)
    return {kind: _weighed(seen.get(kind, {})) for kind in kinds()}


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of the word list."""
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def _weighed(phrases: dict[str, list[float]]) -> Weighed:
    totals = {
        phrase: sum(weight * share for weight, share in zip(sorted(weights, reverse=True), _AGAIN, strict=False))
        for phrase, weights in phrases.items()
    }
    ordered = sorted(totals, key=lambda phrase: (-totals[phrase], phrase))
    return Weighed(sum(totals.values()), tuple(ordered[:_SHOWN]))


def _found(text: str) -> Iterator[tuple[str, str, float, int]]:
    """(kind, phrase, weight, start) of each phrase of the list in the text.

    Of each kind the longest phrase at a place; what lies within it is not looked at again, so that a phrase without
    weight ("small cell") keeps its words from telling anything.
    """
    matches = list(_TOKEN.finditer(text.lower()))
    words = tuple(_plain(match[0]) for match in matches)
    table = _table()
    free: dict[str, int] = {}
    for at, word in enumerate(words):
        for rest, kind, weight in table.get(word, ()):
            end = at + 1 + len(rest)
            if at < free.get(kind, 0) or words[at + 1 : end] != rest:
                continue
            free[kind] = end
            if weight:
                yield kind, " ".join((word, *rest)), weight, matches[at].start()


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], str, float]]]:
    """First word -> (words that follow, kind, weight), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str, float]]] = defaultdict(list)
    for kind, weights in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        for weight, phrases in weights.items():
            for phrase in phrases.split(";"):
                first, *rest = (_plain(word) for word in _TOKEN.findall(phrase.lower()))
                table[first].append((tuple(rest), kind, float(weight)))
    return {word: sorted(entries, key=lambda entry: -len(entry[0])) for word, entries in table.items()}


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def opening_end(document: Document) -> int:
    """Where the opening ends: the labelled parts of background and aim, else whole sentences of a share."""
    end = len(document.title)
    labelled = [p for p in document.passages if p.start >= end and (p.label or p.category)]
    for passage in labelled:
        if passage.category not in ("BACKGROUND", "OBJECTIVE") and not _OPENING_LABEL.match(passage.label):
            return end
        end = passage.end
    begin = len(document.title)
    share = begin + int(_OPENING_SHARE * (len(document.text) - begin))
    return max(document.text.rfind(". ", begin, share) + 1, begin)
