"""Mixed content of PubMed XML -> plain text, marked text and the passages of an article (pure).

Plain text keeps every character: inline tags vanish, MathML becomes its symbols. The marked form writes
superscripts as ^{..} and subscripts as _{..}, in MathML too. Double-escaped entities stay as given.
"""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.records import OtherAbstract, Passage

_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\t][ \t\r\n]*")
#: What stands before a MathML child in the marked form, by its parent's tag and its place
#: (MathML 3, sections 3.3.2 and 3.4).
_MATH_MARKS = {
    "msup": ("", "^"),
    "mover": ("", "^"),
    "msub": ("", "_"),
    "munder": ("", "_"),
    "msubsup": ("", "_", "^"),
    "munderover": ("", "_", "^"),
    "mfrac": ("", "/"),
}
#: Renderings of the same formula for machines.
_MATH_ASIDES = frozenset(("annotation", "annotation-xml"))


@dataclass(frozen=True, slots=True)
class Composed:
    """Article.text with its layout."""

    text: str
    passages: tuple[Passage, ...]
    #: "" where nothing is super- or subscript
    marked: str


def plain(element: Element | None) -> str:
    """The element's text without tags; line breaks become spaces."""
    if element is None:
        return ""
    if len(element):
        return forms(element)[0]
    text = element.text
    return _tidy(text) if text else ""


def forms(element: Element | None) -> tuple[str, str]:
    """Plain and marked text of an element."""
    if element is None:
        return "", ""
    if len(element) == 0:
        text = _tidy(element.text or "")
        return text, text
    plain_parts: list[str] = []
    marked_parts: list[str] = []
    _collect(element, plain_parts, marked_parts)
    return _tidy("".join(plain_parts)), _tidy("".join(marked_parts))


def compose(title: tuple[str, str], parts: list[Element]) -> Composed:
    """Title, one space, the abstract's parts joined by one space, labelled parts as "LABEL: text".

    The first passage is always the title, empty or not; parts without text are left out.
    """
    texts, marks = [title[0]], [title[1]]
    passages = [Passage("TITLE", "", 0, len(title[0]))]
    at = len(title[0])
    for part in parts:
        text, marked = forms(part)
        if not text:
            continue
        label = _tidy(part.get("Label") or "").rstrip(": ")
        head = f"{label}: " if label else ""
        start = at + 1 if at else 0
        at = start + len(head) + len(text)
        passages.append(Passage(label, part.get("NlmCategory") or "", start, at))
        texts.append(head + text)
        marks.append(head + marked)
    text = " ".join(x for x in texts if x)
    marked = " ".join(x for x in marks if x)
    return Composed(text, tuple(passages), marked if marked != text else "")


def other_abstract(element: Element) -> OtherAbstract:
    """An OtherAbstract with its parts joined like those of the abstract."""
    text = compose(("", ""), list(element.findall("AbstractText"))).text
    return OtherAbstract(element.get("Type") or "", element.get("Language") or "", text)


def is_translated(title: str) -> bool:
    """True for a title wholly in [brackets], NLM's sign of a translation; "[18F]FDG in ..." is not."""
    body = title.rstrip(". ")
    if not (body.startswith("[") and body.endswith("]")) or body == "[Not Available]":
        return False
    depth = 0
    for place, character in enumerate(body):
        depth += (character == "[") - (character == "]")
        if depth == 0:
            return place == len(body) - 1
    return False


def _collect(element: Element, plain_parts: list[str], marked_parts: list[str]) -> None:
    if element.text:
        plain_parts.append(element.text)
        marked_parts.append(element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            if tag.endswith("}math") or tag == "math":
                _collect_math(child, plain_parts, marked_parts)
            elif tag in ("sup", "sub"):
                marked_parts.append("^{" if tag == "sup" else "_{")
                _collect(child, plain_parts, marked_parts)
                marked_parts.append("}")
            else:
                _collect(child, plain_parts, marked_parts)
        if child.tail:
            plain_parts.append(child.tail)
            marked_parts.append(child.tail)


def _collect_math(element: Element, plain_parts: list[str], marked_parts: list[str]) -> None:
    """Symbols of a formula; layout between its elements is dropped, stray text is not."""
    name = _local_name(element)
    _add(element.text, plain_parts, marked_parts)
    marks = _MATH_MARKS.get(name, ())
    place = 0
    for child in element:
        if isinstance(child.tag, str) and _local_name(child) not in _MATH_ASIDES:
            mark = marks[place] if place < len(marks) else ""
            place += 1
            marked_parts.append(mark if mark in ("", "/") else mark + "{")
            _collect_math(child, plain_parts, marked_parts)
            marked_parts.append("" if mark in ("", "/") else "}")
        _add(child.tail, plain_parts, marked_parts)


def _add(text: str | None, plain_parts: list[str], marked_parts: list[str]) -> None:
    if text and (symbols := text.strip("\r\n\t ")):
        plain_parts.append(symbols)
        marked_parts.append(symbols)


def _local_name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _tidy(text: str) -> str:
    if "\n" in text or "\t" in text or "\r" in text:
        text = _LINE_BREAKS.sub(" ", text)
    return text.strip()
