"""Drug targets from the curated oncology tables of oncoref and pirlygenes, each row with the package and its PMID."""

import csv
from dataclasses import dataclass
from pathlib import Path

from miner.vocabularies.building.packages import Wheel

_ACTIONS = {
    "antibody": "binds",
    "ADC": "binds",
    "bispecific": "binds",
    "TCE": "binds",
    "CAR-T": "binds",
    "TCR-T": "binds",
    "radioligand": "binds",
    "vaccine": "binds",
}


@dataclass(frozen=True, slots=True)
class AgentTarget:
    """A drug named in a source, and the symbol of the gene whose product it acts on."""

    agent: str
    symbol: str
    action: str
    source: str


def agent_targets(oncoref: Wheel, pirlygenes: Wheel, decisions: Path) -> list[AgentTarget]:
    """Every curated pair after the reviewed decisions, which name the drugs of a combination or drop a row.

    A decision row has agent, symbol ("*" for any), drugs (joined by "|", empty = dropped) and reason.
    """
    with decisions.open(encoding="utf-8", newline="") as file:
        decided = {(row["agent"], row["symbol"]): row["drugs"] for row in csv.DictReader(file, delimiter="\t")}
    found = []
    for row in oncoref.rows("oncoref/data/cancer-key-genes.csv", ","):
        if row["role"] == "target" and row["agent"]:
            drugs = decided.get((row["agent"], row["symbol"]), decided.get((row["agent"], "*"), row["agent"]))
            action = _ACTIONS.get(row["agent_class"], "inhibits")
            source = f"oncoref 1.20.0 {row['source']}".strip()
            found += [AgentTarget(name, row["symbol"], action, source) for name in drugs.split("|") if name]
    for member, column in (
        ("ADC-approved.csv", "Tumor_Target_Symbol"),
        ("CAR-T-approved.csv", "Tumor_Target_Symbol"),
        ("bispecific-antibodies-approved.csv", "Tumor_Target_Symbols"),
    ):
        for row in pirlygenes.rows(f"pirlygenes/data/{member}", ","):
            for symbol in row[column].replace(",", ";").split(";"):
                if symbol.strip():
                    source = f"pirlygenes 6.0.18 {member.removesuffix('.csv')}"
                    found.append(AgentTarget(row["Drug_Name"].strip().lower(), symbol.strip(), "binds", source))
    return found
