"""What a person types -> an FTS5 expression that cannot fail (pure)."""

import re

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile(r"\w", re.UNICODE)


def match_expression(text: str) -> str:
    """Words must all occur; "quoted phrases", OR, NOT and a trailing * are understood; "" if no word is left.

    Every word is quoted, so that hyphens, colons and brackets are read as the tokeniser reads them and
    never as FTS5 syntax.
    """
    terms: list[str] = []
    operator = ""
    for match in _TOKEN.finditer(text.replace("\0", " ")):
        phrase, word = match[1], match[2]
        if word in ("OR", "NOT", "AND"):
            operator = word
            continue
        term = _quoted(phrase) if phrase is not None else _quoted(word.rstrip("*"), word.endswith("*"))
        if not term:
            continue
        if terms:
            terms.append(operator or "AND")
        elif operator == "NOT":
            continue
        terms.append(term)
        operator = ""
    return " ".join(terms)


def _quoted(words: str, prefix: bool = False) -> str:
    if not _WORD.search(words):
        return ""
    return '"' + words.replace('"', " ") + '"' + (" *" if prefix else "")
