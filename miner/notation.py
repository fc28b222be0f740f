"""Reads variant notations: HGVS and its everyday forms, exon events, rs numbers, HLA and star alleles, tumour markers.

Forms follow HGVS (den Dunnen et al. 2016) and what tmVar (Wei et al. 2013) lists as used in abstracts. Matching is on
raw text: spaCy's and scispaCy's tokenisers split "T790M" and "c.2369C>T".
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from miner.lexicon import lexicon

_THREE = {
    "Ala": "A", "Arg": "R", "Asn": "N", "Asp": "D", "Cys": "C", "Gln": "Q", "Glu": "E", "Gly": "G", "His": "H",
    "Ile": "I", "Leu": "L", "Lys": "K", "Met": "M", "Phe": "F", "Pro": "P", "Ser": "S", "Thr": "T", "Trp": "W",
    "Tyr": "Y", "Val": "V", "Ter": "*", "Stop": "*",
}  # fmt: skip
_AA = "ACDEFGHIKLMNPQRSTVWY"
_AA3 = "|".join(_THREE)
_DASH = "[-\u2010-\u2013_]"


@dataclass(frozen=True, slots=True)
class Notation:
    """A variant as written; code points into the text."""

    start: int
    end: int
    #: the part of the id behind the gene ("p.T790M"), or behind "TGV:" where gene is not needed ("rs704", "MSI-H")
    form: str
    #: how a name shows it ("T790M", "exon 19 deletion")
    label: str
    needs_gene: bool = True
    #: symbol of the gene that the notation itself names (HLA and star alleles)
    symbol: str = ""


def read_notations(text: str) -> list[Notation]:
    """Every notation of a text, by start; of overlapping ones the longer stays."""
    found: list[Notation] = []
    for pattern, trigger, read in _READERS:
        if trigger and not any(t in text for t in trigger):
            continue
        for match in pattern.finditer(text):
            found.extend(read(match))
    if _MARKER_HINT.search(text):
        found.extend(_markers(text))
    found.sort(key=lambda n: (n.start - n.end, n.start, n.form))
    kept: set[Notation] = set()
    spans: set[tuple[int, int]] = set()
    taken = bytearray(len(text))
    for notation in found:
        start, end = notation.start, notation.end
        if (start, end) in spans or taken.find(1, start, end) < 0:
            kept.add(notation)
            spans.add((start, end))
            taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=lambda n: (n.start, n.end, n.form))


_PROTEIN = re.compile(
    rf"(?<![\w*.])(?P<p>p\.)?(?P<open>\()?(?P<ref>[{_AA}])(?P<pos>[1-9]\d{{0,4}})"
    rf"(?:(?P<alts>[{_AA}*X](?:/[{_AA}]){{0,3}})|(?P<fs>[{_AA}]?fs(?:[*X]?\d*|Ter\d+)|del|dup|=))(?(open)\))(?![\w*]|-\d)"
)
#: one-letter shapes that are something else: S100 proteins, cell lines, mouse strains, histone marks, calbindin
_NOT_PROTEIN = re.compile(
    r"S100[A-Z]|T47D|C57[A-Z]|D28K|D9K|A20[A-Z]|H\d{1,2}[A-Z]|P\d{1,2}X|T[12]D|[A-Z]\d[A-Z]|E2F|G1[SM]|P450[A-Z]"
)


def _protein(match: re.Match[str]) -> Iterator[Notation]:
    ref, position = match["ref"], match["pos"]
    written = match[0][2:] if match["p"] else match[0].strip("()")
    start = match.start() + (1 if match["open"] and not match["p"] else 0)
    end = match.end() - (1 if match["open"] and not match["p"] else 0)
    if not match["p"] and (_NOT_PROTEIN.fullmatch(written) and written not in ("E17K", "H3K")):
        return
    if match["fs"]:
        tail = match["fs"]
        if not match["p"] and tail in ("=", "dup"):
            return
        form = f"{ref}{position}{tail}"
        yield Notation(start, end, f"p.{form}", form)
        return
    for alt in match["alts"].split("/"):
        if alt == ref:
            continue
        form = f"{ref}{position}{'*' if alt == 'X' else alt}"
        if not match["p"] and set(ref + alt) <= set("ACGT") and _is_nucleotide(match, int(position)):
            yield Notation(start, end, f"c.{position}{ref}>{alt}", f"{ref}{position}{alt}")
        else:
            yield Notation(start, end, f"p.{form}", form)


_SNP_WORDS = re.compile(r"polymorphi|\bSNPs?\b|genotyp|\ballel|\bMTHFR\b|\bhaplotyp", re.IGNORECASE)
_PROTEIN_WORDS = re.compile(r"\bmutant|\bmutated|\bKRAS|\bNRAS|\bEGFR|\bBRAF|\bp\.")


def _is_nucleotide(match: re.Match[str], position: int) -> bool:
    """ "C677T" is a base change, "G12C" an amino acid: both are spelled with A, C, G and T only."""
    if position >= 1500:
        return True
    around = match.string[max(0, match.start() - 60) : match.end() + 24]
    return position > 61 and bool(_SNP_WORDS.search(around)) and not _PROTEIN_WORDS.search(around)


_PROTEIN3 = re.compile(
    rf"(?<![\w*.])(?:p\.)?\(?(?P<ref>{_AA3})\s?(?P<pos>[1-9]\d{{0,3}})\s?"
    rf"(?P<alt>(?:{_AA3}|\*|X|=)(?:fs(?:\*|Ter|X)?\d*)?|fs(?:\*|Ter|X)?\d*|del|dup)(?![a-z\d])\)?"
)


def _protein3(match: re.Match[str]) -> Iterator[Notation]:
    alt = re.sub(rf"{_AA3}", lambda m: _THREE[m[0]], match["alt"]).replace("X", "*")
    form = f"{_THREE[match['ref']]}{match['pos']}{alt}"
    end = match.end() - (1 if match[0].endswith(")") and "(" not in match[0] else 0)
    yield Notation(match.start(), end, f"p.{form}", form)


_INDEL = re.compile(
    rf"(?<![\w*.])(?:p\.)?\(?(?P<a>(?:[{_AA}]|{_AA3})\d{{1,4}}){_DASH}(?P<b>(?:[{_AA}]|{_AA3})\d{{1,4}})\s?"
    rf"(?P<what>delins[{_AA}]*|del(?:ins[{_AA}]*)?|ins[{_AA}]*|dup)\)?(?!\w)"
    rf"|(?<![\w*.])del\s?(?P<a2>[{_AA}]\d{{1,4}}){_DASH}(?P<b2>[{_AA}]\d{{1,4}})(?P<ins>ins[{_AA}]+)?(?!\w)"
)


def _indel(match: re.Match[str]) -> Iterator[Notation]:
    first, second = match["a"] or match["a2"], match["b"] or match["b2"]
    what = match["what"] or f"del{match['ins'] or ''}"
    one = re.compile(rf"^(?:{_AA3})")
    first, second = (one.sub(lambda m: _THREE[m[0]], x) for x in (first, second))
    end = match.end() - (1 if match[0].endswith(")") and "(" not in match[0] else 0)
    yield Notation(match.start(), end, f"p.{first}_{second}{what}", f"{first}_{second}{what}")


_CODING = re.compile(
    r"(?<![\w.])(?P<level>[cgmn])\.\s?(?P<pos>[-*\u2212]?\d+(?:[-+]\d+)?(?:_\*?\d+(?:[-+]\d+)?)?)\s?"
    r"(?P<what>[ACGT]+\s?(?:>|&gt;|\u2192)\s?[ACGT]+|del[ACGT]*(?:ins[ACGT]+)?|dup[ACGT]*|ins[ACGT]+|inv)(?!\w)"
)
_BARE_CODING = re.compile(
    r"(?<![\w.>])(?P<pos>(?:(?<![\w)])-)?[1-9]\d{1,4}(?:[-+]\d+)?)(?P<what>[ACGT]\s?>\s?[ACGT]|del[ACGT]{1,4}|ins[ACGT]{1,4}|dup[ACGT]{0,4})(?![\w>])"
)
_MIRRORED = re.compile(
    r"(?<![\w.>])(?P<ref>[ACGT])\(?(?P<pos>-?[1-9]\d{1,4})\)?(?:>|-->|\u2192)(?P<alt>[ACGT])(?![\w>])"
)


def _coding(match: re.Match[str]) -> Iterator[Notation]:
    level = match.groupdict().get("level") or "c"
    what = re.sub(r"\s|", "", match["what"]).replace("&gt;", ">").replace("\u2192", ">")
    form = f"{level}.{match['pos'].replace(chr(0x2212), '-')}{what}"
    yield Notation(match.start(), match.end(), form, form)


def _mirrored(match: re.Match[str]) -> Iterator[Notation]:
    form = f"c.{match['pos']}{match['ref']}>{match['alt']}"
    yield Notation(match.start(), match.end(), form, form)


_EXON = re.compile(
    r"\b(?:(?:in-?frame\s)?(?P<what1>deletions?|del|insertions?|ins|duplications?|skipping)\s(?:mutations?\s)?(?:in|of|at|within)\s(?:the\s)?exon\s?(?P<n1>\d{1,2})"
    r"|exon[\s-]?(?P<n2>\d{1,2})[\s-](?:in-?frame\s)?(?P<what2>deletions?|del|insertions?|ins|duplications?|skipping|skipped)(?:[\s-](?:mutations?|alterations?))?"
    r"|(?:ex(?:on)?)[\s-]?(?P<n3>\d{1,2})[\s-]?(?P<what3>del|ins|skip(?:ping)?|dup)s?"
    r"|(?:E|ex)?(?P<n4>19|20)[\s-]?(?P<what4>del|ins)"
    r"|(?P<what5>del|ins)(?:etion)?[\s-]?(?P<n5>19|20)"
    r"|exon[\s-]?(?P<n6>\d{1,2})[\s-](?P<what6>mutations?|mutant|mutated))(?![\w>])"
    r"(?!/\d)",
    re.IGNORECASE,
)
_EVENTS = (
    ("del", "del", "deletion"),
    ("ins", "ins", "insertion"),
    ("dup", "dup", "duplication"),
    ("skip", "skipping", "skipping"),
    ("mut", "mutation", "mutation"),
)


def _exon(match: re.Match[str]) -> Iterator[Notation]:
    number, what = next((match[f"n{i}"], match[f"what{i}"].lower()) for i in range(1, 7) if match[f"n{i}"])
    for begin, short, long in _EVENTS:
        if what.startswith(begin):
            yield Notation(match.start(), match.end(), f"exon{int(number)}{short}", f"exon {int(number)} {long}")
            return


_POSITION = re.compile(
    rf"(?<![\w*.-])(?P<ref>[{_AA}])(?P<pos>[1-9]\d{{1,3}})(?=[\s-](?:mutat|mutant|substitut|hotspot|codon|alteration))"
)


def _position(match: re.Match[str]) -> Iterator[Notation]:
    form = f"{match['ref']}{match['pos']}"
    if not re.fullmatch(r"S100|H\d{1,2}|P450|[A-Z]1?\d", form) or form in ("G12", "G13"):
        yield Notation(match.start(), match.end(), f"p.{form}", form)


_ITD = re.compile(r"(?<!\w)(?:ITD|internal[-\s]tandem[-\s]duplications?)(?!\w)")


def _itd(match: re.Match[str]) -> Iterator[Notation]:
    yield Notation(match.start(), match.end(), "ITD", "ITD")


_RS = re.compile(r"(?<!\w)rs\s?(\d{3,12})(?!\d)")
_HLA = re.compile(
    r"(?<!\w)HLA[-\s](?P<class1>[ABC]|D[PQR][AB]?\d?|Cw)\s?(?:\*\s?(?P<a>\d{2})(?::?(?P<b>\d{2}))?(?::\d{2})*(?!\d)|(?P<serotype>\d{1,2})(?!\d))"
)
_STAR = re.compile(
    r"(?<!\w)(?P<gene>CYP\d[A-Z]\d{1,2}|UGT1A\d{1,2}|UGT2B\d{1,2}|TPMT|NUDT15|DPYD|NAT[12]|SLCO1B1|SULT1A1|G6PD|CYP4F2)\s?(?P<first>\*\d{1,3}[A-Z]?)"
    r"(?P<more>(?:(?:\s?/\s?|\sand\s|,\s)\*\d{1,3}[A-Z]?)*)"
)


def _rs(match: re.Match[str]) -> Iterator[Notation]:
    yield Notation(match.start(), match.end(), f"rs{match[1]}", f"rs{match[1]}", needs_gene=False)


def _hla(match: re.Match[str]) -> Iterator[Notation]:
    gene = f"HLA-{match['class1'].replace('Cw', 'C')}"
    if match["a"]:
        allele = f"{gene}*{match['a']}" + (f":{match['b']}" if match["b"] else "")
    else:
        allele = f"{gene}{match['serotype']}"
    yield Notation(match.start(), match.end(), allele, allele, needs_gene=False, symbol=gene)


def _star(match: re.Match[str]) -> Iterator[Notation]:
    gene = match["gene"]
    yield Notation(match.start(), match.end("first"), match["first"], match["first"], symbol=gene)
    for more in re.finditer(r"\*\d{1,3}[A-Z]?", match["more"]):
        start = match.start("more") + more.start()
        yield Notation(start, start + len(more[0]), more[0], more[0], symbol=gene)


@cache
def _marker_pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The markers of the lexicon; group m3 is the third name."""
    markers = lexicon().markers
    groups = (rf"(?<!\w)(?P<m{i}>{'|'.join(patterns)})" for i, (_, patterns) in enumerate(markers))
    return re.compile("|".join(groups)), tuple(name for name, _ in markers)


def _markers(text: str) -> Iterator[Notation]:
    pattern, names = _marker_pattern()
    for match in pattern.finditer(text):
        name = names[int((match.lastgroup or "m0")[1:])]
        yield Notation(match.start(), match.end(), name, name, needs_gene=False)


#: one of these stands in every text that names a marker
_MARKER_HINT = re.compile(r"MS[IS]|MMR|ismatch|icrosatellite|TMB|utation(?:al)? (?:burden|load)|HRR?[DP -]|omologous")
_Reader = Callable[[re.Match[str]], Iterator[Notation]]
#: pattern, strings of which one must stand in the text (a cheap test before a dear pattern), reader
_READERS: tuple[tuple[re.Pattern[str], tuple[str, ...], _Reader], ...] = (
    (_PROTEIN, (), _protein),
    (_PROTEIN3, (), _protein3),
    (_INDEL, ("del", "ins", "dup"), _indel),
    (_CODING, ("c.", "g.", "m.", "n."), _coding),
    (_BARE_CODING, (">", "del", "ins", "dup"), _coding),
    (_MIRRORED, (">", "\u2192"), _mirrored),
    (_EXON, ("xon", "del", "Del", "ins", "Ins", "ex"), _exon),
    (_POSITION, ("mut", "hotspot", "codon", "substitut", "alteration"), _position),
    (_ITD, ("ITD", "tandem"), _itd),
    (_RS, ("rs",), _rs),
    (_HLA, ("HLA",), _hla),
    (_STAR, ("*",), _star),
)
