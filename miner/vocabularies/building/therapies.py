"""Which drugs are therapies, which of them are targeted, and what they act on."""

from collections.abc import Iterable, Mapping, Sequence

from miner.folding import look_up_key
from miner.vocabularies.building.curated import TherapyClass, drug_index
from miner.vocabularies.building.oncology import AgentTarget
from miner.vocabularies.building.tables import ConceptRow

#: flags that make a substance a therapy; a DrugBank name alone ("drugbank-named", "drugbank-only") does not
_REASONS = ("inn", "drugbank", "stem", "oncology", "added")
_CLASS_SOURCE = "TheraGraph classes.toml"


def targets_and_therapies(
    drugs: list[ConceptRow],
    genes: Iterable[ConceptRow],
    classes: Sequence[TherapyClass],
    joined: Mapping[str, Sequence[TherapyClass]],
    pairs: Iterable[AgentTarget],
    stopped: Iterable[Mapping[str, str]],
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Rows of targets.tsv and of therapies.tsv.

    A member of a class gets the class's targets; a source row counts when its agent is held and its symbol is approved.
    """
    symbols = {row.symbol: row.id for row in genes if row.symbol}
    index = drug_index(drugs)
    links: set[tuple[str, ...]] = set()
    for pair in pairs:
        row = index.get(look_up_key(pair.agent))
        if row and pair.symbol in symbols:
            links.add((row.id, symbols[pair.symbol], pair.action, pair.source, row.name, pair.symbol))
    names = {row.id: row.name for row in drugs}
    for item in classes:
        holders = [(item.row.id, item.row.name), *((key, names[key]) for key in joined if item in joined[key])]
        for symbol in item.targets:
            for key, name in holders:
                links.add((key, symbols[symbol], item.action, _CLASS_SOURCE, name, symbol))
    linked = {link[0] for link in links}
    stop = {look_up_key(row["name"]) for row in stopped}
    therapies = [_class_row(item) for item in classes if item.therapy]
    for row in drugs:
        reasons = [reason for reason in _REASONS if reason in row.flags]
        reasons += ["class"] if row.id in joined else []
        if reasons and look_up_key(row.name) not in stop:
            targeted = row.id in linked or "targeted-stem" in row.flags
            targeted = targeted or any(item.targeted for item in joined.get(row.id, ()))
            therapies.append((row.id, row.name, "substance", "|".join(reasons + ["targeted"] * targeted)))
    kept = {row[0] for row in therapies}
    return sorted(link for link in links if link[0] in kept), therapies


def _class_row(item: TherapyClass) -> tuple[str, ...]:
    return (item.row.id, item.row.name, "class", "|".join(["class"] + ["targeted"] * item.targeted))
