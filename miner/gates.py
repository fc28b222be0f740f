"""The gates a vocabulary hit must pass before it counts as a mention; each has a name that --explain prints.

Unfiltered dictionaries are useless: measured on 18,445 abstracts, the commonest "genes" were for, was and not, the
commonest "drugs" may, life and water.
"""

import re
from collections.abc import Mapping

from miner.concepts import SurfaceEntry
from miner.lexicon import Lexicon
from miner.link import context_words, word_behind

_UNIT_BEFORE = re.compile(r"\d[\s\u00a0]?\Z")
_CELL_AFTER = re.compile(r"[\s-]?cells?(?:[\s-]lines?)?\b")
_GENE_STATE = re.compile(
    r"[\s\u2010-\u2015-]*(?:(?:gene|protein|receptor)\s)?(?:positive|negative|mutant|mutated|amplified|rearranged|deficient|"
    r"low\b|high\b|\+|overexpressing|wild[\s-]type|activated|driven)",
    re.IGNORECASE,
)
#: a figure, table, site, group, time point or grade: "Arm B", "group A", "stage IV"
_LABEL_BEFORE = re.compile(
    r"\b(?:arm|group|grade|stage|type|class|cohort|phase|fig|table|cycle|day|week|level|step|part|category|zone|"
    r"subtype|vitamin|hepatitis|influenza|factor|apolipoprotein|complex|cluster|model|site|panel|score)s?\.?\s\Z",
    re.IGNORECASE,
)
#: a gene alias of up to three characters, or four letters, is more often something else (IgM, ANA, RNP, Hb, LSD, TACE)
_SHORT = 3
_SHORT_LETTERS = 4
_FUNCTION_WORDS = frozenset(("the", "and", "for", "with", "type", "of"))
_OTHER_NAMES = frozenset(("alias", "abbreviation", "code", "brand", "previous"))
_GREEK = re.compile(r"\b(?:alpha|beta|gamma|delta|type|like)\b")
_VIRUS = re.compile(r"(?:sars|mers|severe acute respiratory syndrome|middle east respiratory syndrome)")
_VIRUS_AFTER = re.compile(r"(?:[-\s]?Co-?V|[-\s(A-Z)]{0,40}coronavirus)", re.IGNORECASE)
#: amino acids that only name what an enzyme acts on, or a place in a protein
_AMINO_ACID = re.compile(
    r"(?:l-)?(?:serine|threonine|tyrosine|cysteine|histidine|arginine|lysine|proline|glutamine|leucine)"
)
_RESIDUE_AFTER = re.compile(
    r"[-/\s]*(?:threonine|kinase|protease|proteinase|peptidase|phosphat|phosphoryl|residue|zipper|rich|repeat|methyl|\d)"
)
#: "11 March 2020", cell counting kit 8, attenuated total reflection
_DATE = re.compile(r"(?i:march|sept?|dec)[\s-]\d{1,2}|(?:March|Sept?|Dec|sept?|dec)\d{1,2}")
_LABORATORY = re.compile(r"CCK[-\s\u2010-\u2015]?8|ATR[-\s/]?(?:FT-?)?IR")
_DISEASE_BEFORE = re.compile(
    r"\b(?:with|diagnosed|diagnosis of|history of|risk of|treatment of|severe|acute|chronic|advanced|metastatic|"
    r"recurrent|refractory|relapsed|familial|early|late|and|or)\s\Z",
    re.IGNORECASE,
)
#: how names of proteins end ("leptin", "catalase"); other lower-case words are just words ("flower", "staring")
_PROTEIN_WORD = re.compile(r"(?:in|ins|ase|ases|gen|gens|ogen|globulin|kine|kines|tide|tor|factor)\Z")


def closed_gate(text: str, start: int, end: int, entry: SurfaceEntry, words: Lexicon, *, shouted: bool) -> str | None:
    """Name of the gate that stops this reading, None when it passes; shouted = its sentence is in capitals."""
    surface = text[start:end]
    lowered = surface.lower()
    if entry.type != "test" and surface in words.statistics:
        return "study jargon"
    if lowered in words.common and (not surface.isupper() or shouted or entry.type != "gene"):
        return "common word"
    if _VIRUS_AFTER.match(text, end) and _VIRUS.fullmatch(lowered):
        return "virus"
    if len(surface) <= _SHORT and _UNIT_BEFORE.search(text, max(0, start - 3), start):
        return "unit"
    if len(surface) == 1 or (len(surface) == 2 and _LABEL_BEFORE.search(text, max(0, start - 16), start)):
        return "single letter" if len(surface) == 1 else "label"
    if entry.type != "drug" and surface in words.cell_lines:
        return "cell line"
    if entry.type == "gene":
        return _closed_for_gene(text, start, end, entry, words, shouted=shouted)
    if shouted and entry.type == "drug" and len(surface) <= _SHORT and surface.isalpha():
        return "capitals in capitals"
    if entry.type == "drug" and _RESIDUE_AFTER.match(text, end) and _AMINO_ACID.fullmatch(lowered):
        return "residue"
    if len(surface) <= _SHORT and entry.name_kind in _OTHER_NAMES and entry.mode != "folded":
        if entry.type == "disease":
            return None if _names_disease(text, start, end) else "short alias"
        return None if context_words(text, start, end, entry.type) else "short alias"
    return None


def short_lower_case(surface: str, entry: SurfaceEntry, name: str) -> bool:
    """A short word in small letters that the vocabulary lists for something of another name ("pin", "pest", "clam")."""
    if not surface.islower() or not surface.isalpha() or entry.name_kind not in _OTHER_NAMES:
        return False
    if entry.type == "gene":
        return _PROTEIN_WORD.search(surface) is None
    return len(surface) <= 5 and surface[:3] not in name.lower()


def _names_disease(text: str, start: int, end: int) -> bool:
    """Words beside an abbreviation that only a disease has; those of a gene rule it out."""
    if context_words(text, start, end, "gene"):
        return False
    before = _DISEASE_BEFORE.search(text, max(0, start - 24), start)
    return before is not None or word_behind(text, end, "disease")


def _closed_for_gene(
    text: str, start: int, end: int, entry: SurfaceEntry, words: Lexicon, *, shouted: bool
) -> str | None:
    surface = text[start:end]
    beside = context_words(text, start, end, "gene")
    if _DATE.fullmatch(surface):
        return "date"
    if _LABORATORY.match(text, start):
        return "laboratory method"
    if " " in surface and " " not in entry.surface and entry.name_kind != "name" and not beside:
        return "spaced symbol"
    if _CELL_AFTER.match(text, end) and not surface.upper().startswith("CD") and entry.name_kind != "name":
        return "cell line" if entry.name_kind != "symbol" or not beside else None
    if surface.upper() in words.capitals and not beside:
        return "capitals without a gene word"
    if shouted and surface.isalpha() and not beside:
        return "capitals without a gene word"
    if entry.name_kind in ("symbol", "name", "nickname") or beside:
        return None
    if len(surface) <= _SHORT or (len(surface) <= _SHORT_LETTERS and surface.isalpha()):
        return "short alias"
    return None


def holds_gene_state(text: str, start: int, end: int, genes: Mapping[int, int]) -> bool:
    """A disease name that begins with the state of a gene ("HER2-positive breast cancer"): read as two mentions.

    genes: start -> end of the gene hits of the text.
    """
    gene_end = genes.get(start)
    return gene_end is not None and gene_end < end and _GENE_STATE.match(text, gene_end, end) is not None


def names_gene(long_form: str, words: Lexicon) -> bool:
    """The long form says that it is a gene or gene product ("transforming growth factor")."""
    last = re.findall(r"[a-z]{3,}", _GREEK.sub("", long_form.lower()))[-1:]
    return not words.gene_words.isdisjoint(word.rstrip("s") for word in last)


#: words of so many names that sharing them says nothing ("stable disease" is not "Salla disease")
_ANY_ILLNESS = frozenset(("disease", "diseases", "disorder", "disorders", "syndrome", "syndromes"))


def shares_words(long_form: str, names: str) -> bool:
    """At least half of the long form's words stand in the concept's names."""
    said = {w for w in re.findall(r"[a-z]{3,}", long_form.lower()) if w not in _FUNCTION_WORDS}
    content = said - _ANY_ILLNESS or said
    known = set(re.findall(r"[a-z]{3,}", names.lower()))
    return bool(content) and 2 * len(content & known) >= len(content)
