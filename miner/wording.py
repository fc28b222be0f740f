"""Patterns that are tried only where letters stand that each of their matches needs.

Most patterns of the rules are long and most sentences hold none of their words. The letters are read off the pattern
itself, so that they cannot fall behind it: every match holds one of its `needs` and, where that can be told, begins
with one of its `starts`. What is found is what the pattern alone would find.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: spellings of a part that are told apart; a part with more ends the letters that are known in a row
_SPELLINGS = 24
#: of a set of characters; a larger one tells little
_MOST_CHARACTERS = 10
#: letters a match begins with: no more different ones, none longer
_MOST_STARTS, _LONGEST_START = 160, 5
#: letters that are needed are looked for before those a match begins with where they are fewer by this factor
_FEW = 0.5
_NOTHING = frozenset(("",))
_Letters = frozenset[str]


class Wording:
    """A pattern and the letters it needs; finds what the pattern finds."""

    __slots__ = ("_needs", "_pattern", "_starts")

    def __init__(self, pattern: str, flags: int = re.IGNORECASE) -> None:
        self._pattern = re.compile(pattern, flags)
        parsed = parser.parse(pattern, flags)
        self._starts = tuple(sorted(_shortened(_starts(list(parsed)))))
        needs = _without_longer(_read(parsed)[1])
        self._needs = needs if not self._starts or len(needs) <= _FEW * len(self._starts) else ()

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at one place."""
        return self._pattern.match(text, start)

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match."""
        stop = len(text) if end is None else end
        places = self.places(text, start, stop)
        if places is None:
            return self._pattern.search(text, start, stop)
        for place in places:
            if match := self._pattern.match(text, place, stop):
                return match
        return None

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in order."""
        stop = len(text) if end is None else end
        places = self.places(text, start, stop)
        if places is None:
            return self._pattern.finditer(text, start, stop)
        return self._from_starts(text, places, start, stop)

    def sub(self, replacement: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with its matches replaced."""
        places = self.places(text)
        return self._pattern.sub(replacement, text) if places is None or places else text

    def places(self, text: str, start: int = 0, stop: int | None = None) -> list[int] | None:
        """Where a match may begin, in order; None where it may begin anywhere."""
        letters = small(text)
        places: list[int] = []
        for need in self._needs:
            if need in letters:
                break
        else:
            if self._needs:
                return places
        if not self._starts:
            return None
        for begin in self._starts:
            place = letters.find(begin, start, stop)
            while place >= 0:
                places.append(place)
                place = letters.find(begin, place + 1, stop)
        places.sort()
        return places

    def _from_starts(self, text: str, places: list[int], free: int, stop: int) -> Iterator[re.Match[str]]:
        for place in places:
            if place >= free and (match := self._pattern.match(text, place, stop)):
                yield match
                free = match.end()


@lru_cache(maxsize=16)
def small(text: str) -> str:
    """The text in small letters, each in its place; what re takes for an i, s or k whatever its case, is one."""
    return text.replace("\u0130", "i").lower().replace("\u0131", "i").replace("\u017f", "s")


def _read(items: Iterable[Any]) -> tuple[_Letters | None, _Letters]:
    """All spellings of the items in a row, None where they are too many, and letters of which each match holds one."""
    known: list[_Letters] = []
    run, whole = _NOTHING, True
    for operator, argument in items:
        spellings, needs = _read_one(operator, argument)
        if spellings is not None and len(run) * len(spellings) <= _SPELLINGS:
            run = frozenset(a + b for a, b in product(run, spellings))
            continue
        whole = False
        known += [run, needs]
        run = spellings if spellings is not None else _NOTHING
    known.append(run)
    best = min((k for k in known if k and "" not in k), key=_chance, default=frozenset[str]())
    return (run if whole else None), best


def _read_one(operator: Any, argument: Any) -> tuple[_Letters | None, _Letters]:
    nothing = frozenset[str]()
    if operator in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return _NOTHING, nothing
    if operator in (ops.LITERAL, ops.IN):
        return _characters(operator, argument), nothing
    if operator is ops.SUBPATTERN:
        return _read(argument[3])
    if operator is ops.ATOMIC_GROUP:
        return _read(argument)
    if operator is ops.BRANCH:
        return _read_branch(argument[1])
    if operator in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        least, most, repeated = argument
        spellings, needs = _read(repeated)
        if (least, most) == (0, 1) and spellings is not None:
            return spellings | _NOTHING, nothing
        return (spellings if (least, most) == (1, 1) else None), (needs if least else nothing)
    return None, nothing


def _read_branch(branches: Iterable[Any]) -> tuple[_Letters | None, _Letters]:
    read = [_read(branch) for branch in branches]
    spellings = frozenset(s for found, _ in read for s in found or ())
    needs = frozenset(n for _, found in read for n in found)
    exact = all(found is not None for found, _ in read) and len(spellings) <= _SPELLINGS
    return (spellings if exact else None), (needs if all(found for _, found in read) else frozenset())


def _characters(operator: Any, argument: Any) -> _Letters | None:
    """The characters of a literal or a set in small letters; None where others may match."""
    found = set()
    for kind, code in [(operator, argument)] if operator is ops.LITERAL else argument:
        if kind not in (ops.LITERAL, ops.RANGE):
            return None
        first, last = code if kind is ops.RANGE else (code, code)
        if last - first >= _MOST_CHARACTERS:
            return None
        found |= {chr(c) for c in range(first, last + 1)}
    known = len(found) <= _MOST_CHARACTERS and all(_plain(c) for c in found)
    return frozenset(c.lower() for c in found) if known else None


def _plain(character: str) -> bool:
    return character.isascii() or character.lower() == character.upper()


def _starts(items: list[Any]) -> _Letters | None:
    """Letters with one of which each match begins; None where that cannot be told, "" where it may be empty."""
    found = _NOTHING
    for place, (operator, argument) in enumerate(items):
        spellings = _read_one(operator, argument)[0]
        if spellings is None:
            more = _starts_of(operator, argument, items[place + 1 :])
            return frozenset(a + b for a, b in product(found, more or _NOTHING))
        found = frozenset(a + b for a, b in product(found, spellings))
        if len(found) > _SPELLINGS:
            return found
    return found


def _starts_of(operator: Any, argument: Any, behind: list[Any]) -> _Letters | None:
    if operator is ops.SUBPATTERN:
        return _starts(list(argument[3]))
    if operator is ops.BRANCH:
        return _together(_starts(list(branch)) for branch in argument[1])
    if operator in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, _, repeated = argument
        inner = _starts(list(repeated))
        return inner if least else _together((inner, _starts(behind)))
    return None


def _together(parts: Iterable[_Letters | None]) -> _Letters | None:
    total = frozenset[str]()
    for part in parts:
        if part is None:
            return None
        total |= part
    return total


def _shortened(starts: _Letters | None) -> _Letters:
    """None of them longer than it must be; none at all where they are too many or one is empty."""
    for length in range(_LONGEST_START, 1, -1):
        cut = frozenset(s[:length] for s in starts or ())
        if len(cut) <= _MOST_STARTS:
            break
    else:
        return frozenset()
    kept = frozenset(s for s in cut if not any(s != other and s.startswith(other) for other in cut))
    return frozenset() if "" in kept else kept


def _without_longer(letters: _Letters) -> tuple[str, ...]:
    """Without those that hold another, shortest first."""
    kept = [s for s in letters if not any(s != other and other in s for other in letters)]
    return tuple(sorted(kept, key=lambda s: (len(s), s)))


def _chance(letters: _Letters) -> float:
    """How likely a text holds one of them, by their number and length: the fewer and longer, the better."""
    return sum(4.0 ** -len(s) for s in letters)
