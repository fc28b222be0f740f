"""The word lists of lexicon.toml, read once a process."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("lexicon.toml")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the recogniser must know beside the vocabularies."""

    #: abbreviations of statistics and study jargon, as written
    statistics: frozenset[str]
    #: ordinary words, lower case
    common: frozenset[str]
    #: capitals that mean a gene only beside a gene word
    capitals: frozenset[str]
    cell_lines: frozenset[str]
    #: words that make a long form the name of a gene, lower case
    gene_words: frozenset[str]
    #: variant -> gene symbol
    hotspots: dict[str, str]
    #: gene symbol -> state that "positive" means for it
    positive: dict[str, str]
    #: "EML4-ALK"
    fusions: frozenset[str]
    #: words with a full stop that ends no sentence; those whose stop may end one; words that open sentences
    stops_inside: frozenset[str]
    stops_at_times: frozenset[str]
    openers: frozenset[str]
    #: genes whose translocation is a rearrangement
    translocated: frozenset[str]
    #: adjective -> noun of a disease, levelled
    adjectives: dict[str, str]
    #: words in front of and behind a name that leave what it names the same, by type, levelled
    modifiers: dict[str, frozenset[str]]
    trailing: dict[str, frozenset[str]]
    #: (tumour marker, patterns)
    markers: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def lexicon() -> Lexicon:
    """The lists of the file that ships with the package."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))

    def words(name: str) -> frozenset[str]:
        return frozenset(table[name]["words"].split())

    return Lexicon(
        statistics=words("statistics"),
        common=words("common"),
        capitals=words("capitals"),
        cell_lines=words("cell_lines"),
        gene_words=words("gene_words"),
        hotspots=table["hotspots"],
        positive={symbol: state for state, symbols in table["positive"].items() for symbol in symbols.split()},
        fusions=words("fusions"),
        translocated=words("translocated"),
        stops_inside=words("stops_inside"),
        stops_at_times=words("stops_at_times"),
        openers=words("openers"),
        adjectives=table["adjectives"],
        modifiers={type_: frozenset(text.split()) for type_, text in table["modifiers"].items()},
        trailing={type_: frozenset(text.split()) for type_, text in table["trailing"].items()},
        markers=tuple((m["name"], tuple(m["patterns"])) for m in table["marker"]),
    )
