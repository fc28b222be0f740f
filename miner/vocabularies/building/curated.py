"""The hand-written files beside the built tables: classes, tests, challenges, added drugs and reviewed decisions."""

import csv
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from miner.folding import look_up_key
from miner.vocabularies.building.tables import ConceptRow


@dataclass(frozen=True, slots=True)
class TherapyClass:
    """One entry of classes.toml."""

    row: ConceptRow
    members: tuple[str, ...]
    #: gene symbols the class acts on
    targets: tuple[str, ...]
    action: str
    therapy: bool
    targeted: bool


class CurationError(Exception):
    """A hand-written file names something that the built tables do not hold."""


def read_tsv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def therapy_classes(path: Path) -> list[TherapyClass]:
    found = []
    for entry in _entries(path, "class"):
        row = _row(entry, "drug", "class")
        row.parents.update(entry.get("parents", ()))
        control = entry.get("control", False)
        if control:
            row.flags.add("control")
        found.append(
            TherapyClass(
                row,
                tuple(entry.get("members", ())),
                tuple(entry.get("targets", ())),
                entry.get("action", "inhibits"),
                not control,
                bool(entry.get("targeted", entry.get("targets"))) and not control,
            )
        )
    return found


def tests(path: Path) -> list[ConceptRow]:
    rows = []
    for entry in _entries(path, "test"):
        row = _row(entry, "test", "")
        row.parents.update(entry.get("parents", ()))
        rows.append(row)
    return rows


def challenges(path: Path) -> list[ConceptRow]:
    rows = []
    for entry in _entries(path, "challenge"):
        row = _row(entry, "challenge", "")
        row.flags.add(f"family={entry['family']}")
        row.definition = entry["definition"]
        rows.append(row)
    return rows


def _entries(path: Path, key: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[key]
    return entries


def _row(entry: dict[str, Any], type_: str, kind: str) -> ConceptRow:
    row = ConceptRow(entry["id"], type_, kind, entry["name"])
    for short in entry.get("abbreviations", ()):
        row.add(short, "abbreviation")
    for synonym in entry.get("synonyms", ()):
        row.add(synonym, "alias")
    row.xrefs.update(entry.get("xrefs", ()))
    return row


def add_drugs(rows: list[ConceptRow], additions: Path) -> None:
    """Names that no package carries: new substances, or short names of held ones. Columns: name, id, names, source."""
    held = drug_index(rows)
    for entry in read_tsv(additions):
        row = held.get(look_up_key(entry["name"]))
        if row is None:
            if not entry["id"]:
                raise CurationError(f"{additions.name}: {entry['name']} is not held and has no id")
            row = ConceptRow(entry["id"], "drug", "substance", entry["name"])
            rows.append(row)
            held[look_up_key(entry["name"])] = row
        row.flags.add("added")
        for part in filter(None, entry["names"].split("|")):
            kind, _, name = part.partition(":")
            row.add(name, kind)


def correct(rows: Iterable[ConceptRow], type_: str, actions: tuple[str, ...], corrections: Path) -> None:
    """Mend names and cross-references of the sources. Columns: action, type, concept (id or gene symbol), name, reason.

    remove and remove-xref take away what the source says, rename replaces the name that is shown and keeps the other,
    prefer gives a concept a name that it bears alone.

    Raises:
        CurationError: the concept is not held, or what is to be removed is not there.
    """
    held: dict[str, ConceptRow] = {}
    for row in rows:
        held[row.id] = row
        if row.symbol:
            held[row.symbol] = row
    for entry in read_tsv(corrections):
        if entry["type"] != type_ or entry["action"] not in actions:
            continue
        action, name = entry["action"], entry["name"]
        if entry["concept"] not in held:
            raise CurationError(f"{corrections.name}: {entry['concept']} is not held")
        row = held[entry["concept"]]
        if action == "prefer":
            row.names[name] = "nickname"
        elif action == "rename":
            old, row.name = row.name, name
            row.names.pop(name, None)
            row.add(old, "alias")
        elif action == "remove" and (same := [n for n in row.names if look_up_key(n) == look_up_key(name)]):
            for written in same:
                del row.names[written]
        elif action == "remove-xref" and name in row.xrefs:
            row.xrefs.remove(name)
        else:
            raise CurationError(f"{corrections.name}: nothing to {action} for {entry['concept']}: {name}")


def drug_index(rows: Iterable[ConceptRow]) -> dict[str, ConceptRow]:
    """Drugs by folded name; a preferred name wins over a synonym, then the smaller id."""
    index: dict[str, ConceptRow] = {}
    ordered = sorted(rows, key=lambda row: ("chemical" in row.flags, row.id))
    for row in ordered:
        for name in row.names:
            index.setdefault(look_up_key(name), row)
    for row in reversed(ordered):
        index[look_up_key(row.name)] = row
    return index


def join_members(classes: list[TherapyClass], drugs: list[ConceptRow]) -> dict[str, list[TherapyClass]]:
    """Give every member its class as a parent; the classes by drug id.

    Raises:
        CurationError: a member is not held under its name.
    """
    index = drug_index(drugs)
    missing = [
        f"{item.row.name}: {name}" for item in classes for name in item.members if look_up_key(name) not in index
    ]
    if missing:
        raise CurationError(f"classes.toml names members that are not held: {'; '.join(missing)}")
    joined: dict[str, list[TherapyClass]] = {}
    for item in classes:
        for name in item.members:
            row = index[look_up_key(name)]
            row.parents.add(item.row.id)
            joined.setdefault(row.id, []).append(item)
    return joined
