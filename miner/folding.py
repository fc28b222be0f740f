"""Text folded for look-up: hyphens, spaces, accents and letter case levelled, with every offset kept."""

import unicodedata
from dataclasses import dataclass

#: what hyphens, dashes and every kind of space become
_GAP = " "
#: sharp s and the micro sign stand for beta and mu in many records; final sigma is sigma
_LETTERS = {"ß": "β", "µ": "μ", "ς": "σ", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2032": "'"}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; shape keeps the letter case, key does not, both have the same length."""

    shape: str
    key: str
    #: index into the original text for each folded character and for the end; None = the same index
    offsets: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open span for a folded one."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


class _Folds(dict[int, str]):
    """Folded form of each code point, worked out when first met."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        folded = _fold_letter(letter)
        self[point] = folded
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    category = unicodedata.category(letter)
    if letter in _DROPPED or category == "Mn":
        return ""
    if category in ("Pd", "Zs", "Cc", "Zl", "Zp") or letter == "\u2212":
        return _GAP
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if unicodedata.category(part) != "Mn")
    return _LETTERS.get(plain, plain) or letter


_FOLDS = _Folds()


def fold(text: str) -> Folded:
    """The text with hyphens and spaces as one space, no accents, in its own case (shape) and lower case (key)."""
    if text.isascii() and text.isprintable():
        shape = text.replace("-", _GAP)
        if "  " not in shape:
            return Folded(shape, shape.lower(), None)
    shape = text.translate(_FOLDS)
    if len(shape) == len(text) and "  " not in shape and (text.isascii() or all(map(_same_length, set(text)))):
        return Folded(shape, _lower(shape), None)
    letters: list[str] = []
    offsets: list[int] = []
    for index, letter in enumerate(text):
        for part in _FOLDS[ord(letter)]:
            if part == _GAP and letters and letters[-1] == _GAP:
                continue
            letters.append(part)
            offsets.append(index)
    shape = "".join(letters)
    return Folded(shape, _lower(shape), (*offsets, len(text)))


def _same_length(letter: str) -> bool:
    return len(_FOLDS[ord(letter)]) == 1


def _lower(shape: str) -> str:
    lowered = shape.lower()
    return lowered if len(lowered) == len(shape) else "".join(c.lower() if len(c.lower()) == 1 else c for c in shape)


def look_up_key(name: str) -> str:
    """Letters and digits of a folded name: "AZD-9291" and "azd 9291" have the same."""
    return letters_and_digits(fold(name).key)


def letters_and_digits(key: str) -> str:
    """A folded name without its gaps and signs."""
    return key if key.isalnum() else "".join(filter(str.isalnum, key))
