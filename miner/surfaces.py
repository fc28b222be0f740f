"""From a concept's names to the surface forms that may be looked for in text, each with its matching mode and prior.

The filters are those measured on BioRED and BC5CDR: gene symbols case-sensitive unless they carry a digit or are
long and no common word, short forms in capitals as written, no common words, no names of one or two characters.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from miner.concepts import SurfaceEntry
from miner.folding import fold

_PRIORS = {
    "name": 1.0,
    "symbol": 1.0,
    "nickname": 0.95,
    "salt": 0.95,
    "brand": 0.9,
    "code": 0.9,
    "alias": 0.8,
    "abbreviation": 0.7,
    "previous": 0.6,
}
_GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "sigma": "σ",
    "omega": "ω",
}
_GREEK_WORD = re.compile(rf"(?<![A-Za-z])({'|'.join(_GREEK)})(?![A-Za-z])", re.IGNORECASE)
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK.values())}]")
_GREEK_NAMES = {letter: word for word, letter in _GREEK.items()}
#: American and British spellings, by the word part that differs
_SPELLINGS = (
    ("tumor", "tumour"),
    ("leukemia", "leukaemia"),
    ("anemia", "anaemia"),
    ("hemo", "haemo"),
    ("hemat", "haemat"),
    ("emia", "aemia"),
    ("esophag", "oesophag"),
    ("edema", "oedema"),
    ("pediatric", "paediatric"),
    ("penia", "paenia"),
    ("ization", "isation"),
)
_JOINABLE = re.compile(r"([A-Za-z]{2,6})[- ]?(\d{1,7}[A-Za-z]?)")
#: abstracts of the word count (of 14,832) from which a word in capitals is more often a heading than a symbol
_TOO_COMMON = 150
#: factor on aliases of at most four letters without a digit: MRI, EMT, ROS and their like stood first among the genes
#: of 5,000 abstracts, and hardly any was one
_BARE_ALIAS = 0.5
_MAX_LENGTH = 100
#: word ends that make a common word a disease all the same
_DISEASE_END = re.compile(
    r"(?:oma|omas|itis|osis|emia|aemia|pathy|pathies|plegia|trophy|rrhea|penia|algia|lepsy|phrenia|uria|plasia|"
    r"noea|pnea|ectasis|stasis|static|cancer|cancers)$"
)
_MAX_SHARED = 4
#: kinds of name that a concept bears before others that share it; a nickname is one that corrections.tsv prefers
_OWN_NAMES = ("name", "symbol", "nickname")
#: shorter names of MeSH's supplementary chemicals are more often an abbreviation of something else
_MIN_SUPPLEMENTARY = 6


@dataclass(frozen=True, slots=True)
class Named:
    """What surfaces needs of a concept: its identity and its names as (name, kind of name)."""

    id: str
    type: str
    kind: str
    names: tuple[tuple[str, str], ...]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordList:
    """Common words with the number of abstracts they stand in, and what a person decided about single names."""

    counts: dict[str, int]
    #: folded names never to be matched, per type ("*" for every type)
    stopped: frozenset[tuple[str, str]]
    #: folded names to be kept whatever the counts say, per type
    kept: frozenset[tuple[str, str]]

    def common(self, key: str) -> bool:
        return key in self.counts


def surfaces(concepts: Iterable[Named], words: WordList) -> Iterator[tuple[str, list[SurfaceEntry]]]:
    """Folded key and its entries, best first, sorted by key."""
    groups: dict[str, dict[tuple[str, str, str], SurfaceEntry]] = defaultdict(dict)
    for concept in concepts:
        for key, entry in _entries(concept, words):
            reading = (entry.concept_id, entry.mode, fold(entry.surface).shape if entry.mode == "exact" else "")
            held = groups[key].setdefault(reading, entry)
            if held.prior < entry.prior:
                groups[key][reading] = entry
    for key in sorted(groups):
        entries = _rank(groups[key].values())
        if entries:
            yield key, entries


def _rank(entries: Iterable[SurfaceEntry]) -> list[SurfaceEntry]:
    """Entries best first; names that several concepts share lose to the one that is called so, or are all marked."""
    held = list(entries)
    ids = {entry.concept_id for entry in held}
    if len(ids) == 1:
        return sorted(held, key=_order)
    preferred = {(e.type, e.concept_id) for e in held if e.name_kind in _OWN_NAMES}
    ranked = []
    for entry in held:
        rivals = {e.concept_id for e in held if e.type == entry.type} - {entry.concept_id}
        beaten = any(kind == entry.type and other != entry.concept_id for kind, other in preferred)
        chosen = (entry.type, entry.concept_id) in preferred
        if len(rivals) >= _MAX_SHARED and not chosen:
            continue
        factor = 1.0 if chosen or not rivals else (0.4 if beaten else 0.6)
        ranked.append(
            SurfaceEntry(
                entry.concept_id,
                entry.type,
                entry.kind,
                entry.mode,
                entry.surface,
                round(entry.prior * factor, 3),
                entry.name_kind,
                True,
            )
        )
    return sorted(ranked, key=_order)


def _order(entry: SurfaceEntry) -> tuple[float, str, str, str]:
    return -entry.prior, entry.concept_id, entry.mode, entry.surface


def _entries(concept: Named, words: WordList) -> Iterator[tuple[str, SurfaceEntry]]:
    for name, kind in concept.names:
        for form in sorted({name, *_variants(name, concept.type, concept.kind, words)}):
            key = fold(form).key.strip()
            mode, factor = _mode(form, key, kind, concept, words)
            if mode:
                prior = round(_PRIORS[kind] * factor, 3)
                yield key, SurfaceEntry(concept.id, concept.type, concept.kind, mode, form, prior, kind)


def _mode(form: str, key: str, kind: str, concept: Named, words: WordList) -> tuple[str, float]:
    """(matching mode, factor on the prior); mode "" = not looked for."""
    if (concept.type, key) in words.kept:
        return ("exact" if concept.type == "gene" and len(key) <= 5 else "folded"), 1.0
    if len(form) > _MAX_LENGTH or not any(letter.isalpha() for letter in key):
        return "", 0.0
    if ("*", key) in words.stopped or (concept.type, key) in words.stopped:
        return "", 0.0
    if concept.type == "gene":
        return _gene_mode(form, key, kind, concept, words)
    if concept.type == "drug" and concept.kind == "substance":
        return _drug_mode(form, key, kind, concept, words)
    return _term_mode(form, key, kind, concept, words)


def _gene_mode(form: str, key: str, kind: str, concept: Named, words: WordList) -> tuple[str, float]:
    if kind in ("name", "nickname") and (" " in key or len(key) >= 6):
        return "folded", 1.0
    if kind == "nickname" and len(key) >= 3:
        return "exact", 1.0
    if len(key) < 3 or (concept.flags & {"pseudo", "noncoding"} and kind != "symbol" and len(key) < 6):
        return "", 0.0
    letters = sum(letter.isalpha() for letter in key)
    digits = any(letter.isdigit() for letter in key)
    if words.counts.get(key, 0) >= _TOO_COMMON or (words.common(key) and form.islower()):
        return "", 0.0
    if words.common(key):
        return "exact", 0.5
    if " " in key and not digits and all(words.common(part) for part in key.split()):
        return ("folded", 0.8) if len(key) >= 12 else ("", 0.0)
    factor = 0.7 if concept.flags & {"pseudo", "noncoding"} else 1.0
    if re.match(r"[a-z]+ \d", key) and words.common(key.split()[0]):
        return "exact", 0.5
    if kind in ("alias", "previous") and not digits and len(key) <= 4 and concept.kind == "gene":
        return "exact", _BARE_ALIAS
    if (digits and letters >= 2 and len(key) >= 4) or len(key) >= 6 or re.fullmatch(r"p\d\d", key):
        return "folded", factor
    return "exact", factor * (1.0 if kind == "symbol" or digits else 0.8)


def _drug_mode(form: str, key: str, kind: str, concept: Named, words: WordList) -> tuple[str, float]:
    if len(key) < 3 or (len(key) < 4 and kind != "name"):
        return "", 0.0
    if key.startswith(("a ", "an ")):
        return "", 0.0
    if "supplementary" in concept.flags and (len(key) < _MIN_SUPPLEMENTARY or words.common(key)):
        return "", 0.0
    if kind == "name":
        if "chemical" in concept.flags and words.counts.get(key, 0) >= _TOO_COMMON // 5:
            return "", 0.0
        return ("exact", 0.7) if form.isupper() and len(key) < 6 else ("folded", 1.0)
    if words.common(key):
        return ("folded", 0.8) if kind == "alias" and words.counts[key] < _TOO_COMMON and len(key) >= 7 else ("", 0.0)
    if kind == "brand":
        return "capital", 1.0
    if kind == "code":
        enough = len(key) >= 5 and any(letter.isdigit() for letter in key)
        return ("folded", 1.0) if enough and sum(c.isalpha() for c in key) >= 2 else ("", 0.0)
    if len(key) < 5:
        return "", 0.0
    return "folded", 1.0


def _term_mode(form: str, key: str, kind: str, concept: Named, words: WordList) -> tuple[str, float]:
    short = " " not in key and len(key) <= 6 and sum(letter.isupper() for letter in form) >= 2
    if len(key) < 3 or (kind == "abbreviation" and not short and len(key) < 4):
        return "", 0.0
    if short:
        return ("", 0.0) if words.counts.get(key, 0) >= _TOO_COMMON else ("exact", 0.7 if words.common(key) else 1.0)
    if concept.type == "disease" and " " not in key and words.common(key) and kind != "name":
        return ("folded", 0.9) if _DISEASE_END.search(key) else ("", 0.0)
    return "folded", 1.0


def _variants(name: str, type_: str, kind: str, words: WordList) -> set[str]:
    found: set[str] = set()
    if type_ in ("gene", "drug"):
        found.update(_greek(name))
        joinable = _JOINABLE.fullmatch(name)
        if joinable and not words.common(joinable.group(1).lower()):
            found.update((f"{joinable.group(1)}-{joinable.group(2)}", joinable.group(1) + joinable.group(2)))
    if type_ in ("disease", "test") or kind == "class":
        found.update(_spellings(name))
        for form in (name, *sorted(found)):
            if re.search(r"[bcdfghjklmnpqrstvwxz]y$", form) and len(form) > 4:
                found.add(f"{form[:-1]}ies")
    return found


def _greek(name: str) -> set[str]:
    as_letter = _GREEK_WORD.sub(lambda match: _GREEK[match.group(1).lower()], name)
    as_word = _GREEK_LETTER.sub(lambda match: _GREEK_NAMES[match.group(0)], name)
    return {as_letter, as_word}


def _spellings(name: str) -> set[str]:
    found = set()
    for american, british in _SPELLINGS:
        if british in name:
            found.add(name.replace(british, american))
        elif american in name:
            found.add(name.replace(american, british))
    return found
