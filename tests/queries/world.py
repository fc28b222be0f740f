"""A small graph made by hand: for each question one answer and one near miss. No sentence in it was ever published."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.claims import ClaimKey, aggregate, claim_rows, claim_statement, contribution, opposed
from graph.engines import GraphEngine
from graph.rows import NodeRow, RelationRow
from graph.schema import ROLES

OSI, GEF, ERL, BEV, OLA, NIB = "UNII:OSI", "UNII:GEF", "UNII:ERL", "UNII:BEV", "UNII:OLA", "UNII:NIB"
ORB, PROBE, EGFRI, PARPI = "UNII:ORB", "UNII:PROBE", "TGC:egfr-inhibitor", "TGC:parp-inhibitor"
EGFR, BRCA1, MYC, TP53, SMN1, FIBRO = "HGNC:3236", "HGNC:1100", "HGNC:7553", "HGNC:11998", "HGNC:11117", "HGNC:3686"
T790M, L858R = "TGV:HGNC:3236:p.T790M", "TGV:HGNC:3236:p.L858R"
CANCER, LUNG, NSCLC, LUAD, BREAST = "MONDO:1", "MONDO:2", "MONDO:3", "MONDO:4", "MONDO:5"
RASH, RARE, TREATED, HOPED, GENELESS = "MONDO:6", "MONDO:7", "MONDO:8", "MONDO:9", "MONDO:10"
RARE_SUBTYPE = "MONDO:11"
WGS, PANEL = "TGT:whole-genome-sequencing", "TGT:gene-panel"
COST, ACCESS, PRIVACY, TOXICITY = "challenge:cost", "challenge:access", "challenge:privacy", "challenge:toxicity"

#: id -> (label, name, other properties)
CONCEPTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    OSI: ("Drug", "osimertinib", {"kind": "substance", "therapy": True, "targeted": True}),
    GEF: ("Drug", "gefitinib", {"kind": "substance", "therapy": True, "targeted": True}),
    ERL: ("Drug", "erlotinib", {"kind": "substance", "therapy": True, "targeted": True}),
    BEV: ("Drug", "bevacizumab", {"kind": "substance", "therapy": True, "targeted": True}),
    OLA: ("Drug", "olaparib", {"kind": "substance", "therapy": True, "targeted": True}),
    NIB: ("Drug", "mycnib", {"kind": "substance", "therapy": True, "targeted": True}),
    ORB: ("Drug", "orphanib", {"kind": "substance", "therapy": True, "targeted": False}),
    PROBE: ("Drug", "probe 7", {"kind": "substance", "therapy": False, "targeted": False}),
    EGFRI: ("Drug", "EGFR inhibitor", {"kind": "class", "therapy": True, "targeted": True}),
    PARPI: ("Drug", "PARP inhibitor", {"kind": "class", "therapy": True, "targeted": True}),
    EGFR: ("Gene", "epidermal growth factor receptor", {"symbol": "EGFR", "kind": "gene"}),
    BRCA1: ("Gene", "BRCA1 DNA repair associated", {"symbol": "BRCA1", "kind": "gene"}),
    MYC: ("Gene", "MYC proto-oncogene", {"symbol": "MYC", "kind": "gene"}),
    TP53: ("Gene", "tumor protein p53", {"symbol": "TP53", "kind": "gene"}),
    SMN1: ("Gene", "survival of motor neuron 1", {"symbol": "SMN1", "kind": "gene"}),
    FIBRO: ("Gene", "fibroblast growth factor 9", {"symbol": "FGF9", "kind": "gene"}),
    T790M: ("Variant", "EGFR T790M", {"hgvs": "p.T790M"}),
    L858R: ("Variant", "EGFR L858R", {"hgvs": "p.L858R"}),
    CANCER: ("Disease", "cancer", {"rare": False, "neoplasm": True}),
    LUNG: ("Disease", "lung cancer", {"rare": False, "neoplasm": True}),
    NSCLC: ("Disease", "non-small cell lung carcinoma", {"rare": False, "neoplasm": True}),
    LUAD: ("Disease", "lung adenocarcinoma", {"rare": False, "neoplasm": True}),
    BREAST: ("Disease", "breast cancer", {"rare": False, "neoplasm": True}),
    RASH: ("Disease", "rash", {"rare": False, "neoplasm": False}),
    RARE: ("Disease", "rare atrophy", {"rare": True, "neoplasm": False}),
    RARE_SUBTYPE: ("Disease", "rare atrophy type 2", {"rare": True, "neoplasm": False}),
    TREATED: ("Disease", "rare treated atrophy", {"rare": True, "neoplasm": False}),
    HOPED: ("Disease", "rare hoped-for atrophy", {"rare": True, "neoplasm": False}),
    GENELESS: ("Disease", "rare disease without gene", {"rare": True, "neoplasm": False}),
    WGS: ("Test", "whole-genome sequencing", {}),
    PANEL: ("Test", "gene panel", {}),
    COST: ("Challenge", "cost", {"family": "economic", "definition": "price"}),
    ACCESS: ("Challenge", "access", {"family": "delivery", "definition": "availability"}),
    PRIVACY: ("Challenge", "privacy", {"family": "societal", "definition": "confidentiality"}),
    TOXICITY: ("Challenge", "toxicity", {"family": "clinical", "definition": "adverse effects"}),
}
IS_A = {
    OSI: EGFRI, GEF: EGFRI, ERL: EGFRI, OLA: PARPI, LUAD: NSCLC, NSCLC: LUNG, LUNG: CANCER, BREAST: CANCER,
    RARE_SUBTYPE: RARE,
}  # fmt: skip
TARGETS = [(OSI, EGFR), (GEF, EGFR), (ERL, EGFR), (PROBE, EGFR), (OLA, BRCA1), (NIB, MYC)]
GENE_DISEASE = [(SMN1, RARE), (SMN1, TREATED), (MYC, HOPED), (EGFR, LUNG)]


def key(kind: str, relation: str, **participants: str | list[str]) -> ClaimKey:
    """A claim by its participants: key("efficacy", "benefit", drug=OSI, disease=NSCLC)."""
    pairs = [(role, id_) for role, ids in participants.items() for id_ in ([ids] if isinstance(ids, str) else ids)]
    return ClaimKey(kind, relation, tuple(sorted(pairs)))


SENSITIVE = key("predictive", "sensitivity", drug=OSI, gene=EGFR, variant=T790M, disease=NSCLC)
RESISTANT = key("predictive", "resistance", drug=GEF, gene=EGFR, variant=T790M, disease=NSCLC)
#: only speculation about it
HOPED_RESISTANT = key("predictive", "resistance", drug=OSI, gene=EGFR, variant=L858R, disease=NSCLC)
GEF_SENSITIVE = key("predictive", "sensitivity", drug=GEF, gene=EGFR, variant=L858R, disease=NSCLC)
GEF_T790M = key("predictive", "sensitivity", drug=GEF, gene=EGFR, variant=T790M, disease=NSCLC)
BENEFIT = key("efficacy", "benefit", drug=OSI, disease=LUAD)
COMBINED = key("efficacy", "benefit", drug=[ERL, BEV], disease=NSCLC)
PRECLINICAL = key("efficacy", "benefit", drug=NIB, disease=BREAST)
OLA_BREAST = key("efficacy", "benefit", drug=OLA, disease=BREAST)
RETRACTED_ONLY = key("efficacy", "benefit", drug=BEV, disease=BREAST)
SYNTHESIS_ONLY = key("efficacy", "benefit", drug=GEF, disease=BREAST)
TREATED_RARE = key("efficacy", "benefit", drug=ORB, disease=TREATED)
HOPED_RARE = key("efficacy", "benefit", drug=ORB, disease=HOPED)
RASHES = key("safety", "causes", drug=OSI, event=RASH)
BINDS = key("target", "inhibits", drug=OSI, gene=EGFR)
PROGNOSTIC = key("prognostic", "worse_outcome", gene=TP53, disease=BREAST)
WGS_COST = key("challenge", "hinders", test=WGS, challenge=COST)
OSI_COST = key("challenge", "hinders", drug=OSI, challenge=COST)
PANEL_ACCESS = key("challenge", "hinders", test=PANEL, challenge=ACCESS)
OSI_TOXIC = key("challenge", "hinders", drug=OSI, challenge=TOXICITY)


@dataclass(frozen=True)
class Said:
    """One piece of evidence."""

    claim: ClaimKey
    #: supports | contradicts | considers
    sign: str = "supports"
    relation: str = ""
    level: str | None = "B"
    certainty: str = "asserted"
    polarity: str = "supports"
    sentence: str = ""


@dataclass(frozen=True)
class Report:
    """One study with what it says, mentions and raises."""

    pmid: int
    design: str = "cohort"
    year: int | None = 2020
    said: tuple[Said, ...] = ()
    mentions: tuple[str, ...] = ()
    in_title: tuple[str, ...] = ()
    #: challenge -> (barrier, overcome, absent)
    raises: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    status: str = "current"
    study_key: str = ""
    phase: str | None = None
    trial_ids: tuple[str, ...] = ()


def barrier(claim: ClaimKey, sign: str = "supports", sentence: str = "") -> Said:
    """A challenge sentence tied to a therapy or test."""
    polarity = {"supports": "barrier", "contradicts": "absent", "considers": "overcome"}[sign]
    return Said(claim, sign, "hinders", None, polarity=polarity, sentence=sentence)


REPORTS = [
    Report(1, "randomised trial", 2018, (Said(SENSITIVE, level="B", sentence="Osimertinib worked with T790M."),),
           (OSI, NSCLC, T790M, EGFR), (OSI, NSCLC, T790M), study_key="NCT01", phase="3", trial_ids=("NCT01",)),
    # a second report of the same trial
    Report(2, "randomised trial", 2019, (Said(SENSITIVE, level="B"), Said(RASHES, level="B")), (OSI, NSCLC, RASH),
           study_key="NCT01"),
    Report(3, "cohort", 2020, (Said(SENSITIVE, level="B"),), (OSI, NSCLC)),
    Report(4, "cohort", 2021, (Said(SENSITIVE, "contradicts", "no_effect", "B"),), (OSI, NSCLC)),
    Report(5, "meta-analysis", 2021, (Said(SENSITIVE, level="A"),), (OSI, NSCLC)),
    Report(6, "cohort", 2012, (Said(RESISTANT, level="B", sentence="T790M conferred resistance to gefitinib."),),
           (GEF, NSCLC, T790M, BREAST)),
    Report(7, "in vitro", 2013, (Said(GEF_SENSITIVE, level="D"), Said(GEF_T790M, level="D")), (GEF, L858R)),
    Report(8, "cohort", 2014, (Said(HOPED_RESISTANT, "considers", certainty="speculative"),), (OSI, L858R)),
    Report(9, "single-arm trial", 2021, (Said(BENEFIT, level="B"),), (OSI, LUAD), phase="2"),
    Report(10, "randomised trial", 2015, (Said(COMBINED, level="B"),), (ERL, BEV, NSCLC)),
    Report(11, "in vivo", 2020, (Said(PRECLINICAL, level="D"),), (NIB, BREAST, MYC)),
    Report(12, "randomised trial", 2017, (Said(OLA_BREAST, level="B"),), (OLA, BREAST)),
    Report(13, "randomised trial", 2016, (Said(RETRACTED_ONLY, level="B", sentence="Bevacizumab helped."),),
           (BEV, BREAST), status="retracted"),
    Report(14, "review", 2020, (Said(SYNTHESIS_ONLY, level=None),), (GEF, BREAST)),
    Report(15, "case report", 2020, (Said(TREATED_RARE, level="C"),), (ORB, TREATED)),
    Report(16, "cohort", 2020, (Said(HOPED_RARE, "considers", certainty="aim"),), (ORB, HOPED)),
    Report(17, "cohort", 2020, (Said(PROGNOSTIC, level="B"),), (TP53, BREAST)),
    Report(18, "cross-sectional", 2019, (barrier(WGS_COST, sentence="The price of sequencing limits its use."),),
           (WGS,), raises={COST: (1, 0, 0)}),
    Report(19, "review", 2020, (barrier(WGS_COST), barrier(OSI_COST)), (WGS, OSI), raises={COST: (2, 0, 0)}),
    Report(20, "cohort", 2021, (barrier(WGS_COST, "considers"),), (WGS,), raises={COST: (0, 1, 0)}),
    # raises a challenge and names no therapy or test
    Report(21, "editorial", 2021, raises={COST: (1, 0, 0), PRIVACY: (1, 0, 0)}),
    # mentions a test beside a challenge that is not tied to it
    Report(22, "cohort", 2021, mentions=(PANEL,), raises={COST: (1, 0, 0)}),
    Report(23, "cohort", 2021, (barrier(PANEL_ACCESS, "contradicts"),), (PANEL,), raises={ACCESS: (0, 0, 1)}),
    # mentions a therapy and a disease without a word on the pair
    Report(24, "cohort", 2021, mentions=(OSI, BREAST), in_title=(OSI, BREAST)),
    Report(25, "protocol", 2021, mentions=(T790M, OLA, RARE)),
    Report(26, "in vitro", 2011, (Said(BINDS, level="D"),), (OSI, EGFR)),
    Report(27, "cohort", 2020, (barrier(OSI_TOXIC),), (OSI,), raises={TOXICITY: (1, 0, 0)}),
    Report(28, "cohort", 2022, (Said(PRECLINICAL, level="B"),), (NIB, BREAST), status="retracted"),
]  # fmt: skip
SEARCH = ("search:lung", "lung", (1, 3, 6))


def rows(reports: Iterable[Report]) -> list[NodeRow | RelationRow]:
    """The graph of these reports, claims added up by the loader's own rules."""
    made: list[NodeRow | RelationRow] = [_concept(id_) for id_ in CONCEPTS]
    made += _hierarchy()
    made += [RelationRow("VARIANT_OF", "Variant", v, "Gene", EGFR, {}) for v in (T790M, L858R)]
    made += [
        RelationRow("TARGETS", "Drug", d, "Gene", g, {"actions": ["inhibits"], "sources": ["oncoref 1.20.0 PMID:7"]})
        for d, g in TARGETS
    ]
    made += [
        RelationRow("ASSOCIATED_WITH", "Gene", g, "Disease", d, {"sources": ["orphanet"]}) for g, d in GENE_DISEASE
    ]
    given = defaultdict(list)
    for report in reports:
        made += _study(report)
        for number, said in enumerate(report.said):
            made += _evidence(report, number, said)
            given[said.claim].append(_contribution(report, number, said))
    for claim, own in given.items():
        rivals = [rival for rival in opposed(claim) if rival in given]
        numbers = aggregate(own, [c for rival in rivals for c in given[rival]])
        made += claim_rows(claim, numbers, claim_statement(claim, lambda id_: CONCEPTS[id_][1]), rivals)
    made += _shortcuts(reports)
    made.append(NodeRow("Release", "release:current", {"name": "2026-11-24", "createdAt": "2026-11-24T00:00:00Z"}))
    made.append(NodeRow("Search", SEARCH[0], {"name": SEARCH[1]}))
    made += [RelationRow("FOUND", "Search", SEARCH[0], "Study", f"PMID:{pmid}", {}) for pmid in SEARCH[2]]
    return made


def write(engine: GraphEngine, made: Iterable[NodeRow | RelationRow]) -> None:
    """All rows in one transaction, nodes before relations."""
    nodes, relations = defaultdict(list), defaultdict(list)
    for row in made:
        if isinstance(row, NodeRow):
            nodes[row.label].append({"id": row.id, "values": _plain(row.properties)})
        else:
            relations[row.type, row.start_label, row.end_label].append(
                {"a": row.start, "b": row.end, "values": _plain(row.properties)}
            )
    batches: list[tuple[str, list[dict[str, Any]]]] = [
        (f"UNWIND $rows AS r MERGE (x:{label} {{id: r.id}}) SET x += r.values RETURN count(x) AS n", found)
        for label, found in nodes.items()
    ]
    batches += [
        (
            f"UNWIND $rows AS r MATCH (a:{start} {{id: r.a}}) MATCH (b:{end} {{id: r.b}}) "
            f"MERGE (a)-[x:{type_}]->(b) SET x += r.values RETURN count(x) AS n",
            found,
        )
        for (type_, start, end), found in relations.items()
    ]
    for counts in engine.write(batches):
        assert counts.sent == counts.matched


def _concept(id_: str) -> NodeRow:
    label, name, values = CONCEPTS[id_]
    synonyms = {} if label in ("Variant", "Challenge") else {"synonyms": [name.upper()]}
    return NodeRow(label, id_, {"name": name, **synonyms, **values})


def _hierarchy() -> list[NodeRow | RelationRow]:
    made: list[NodeRow | RelationRow] = []
    for id_, (label, _, _) in CONCEPTS.items():
        if label in ("Drug", "Disease"):
            above: str | None = id_
            while above:
                made.append(RelationRow("WITHIN", label, id_, label, above, {}))
                above = IS_A.get(above)
            if id_ in IS_A:
                made.append(RelationRow("IS_A", label, id_, label, IS_A[id_], {}))
    return made


def _study(report: Report) -> list[NodeRow | RelationRow]:
    id_ = f"PMID:{report.pmid}"
    values = {
        "studyKey": report.study_key or id_, "title": f"Report {report.pmid}", "design": report.design,
        "designSource": "text", "status": report.status, "screening": "none", "url": f"https://example.org/{report.pmid}",
        "contentHash": "0", "trialIds": list(report.trial_ids), "authors": [], "publicationTypes": [],
    }  # fmt: skip
    values |= {"year": report.year} if report.year else {}
    values |= {"phase": report.phase} if report.phase else {}
    made: list[NodeRow | RelationRow] = [NodeRow("Study", id_, values)]
    for concept in report.mentions:
        counted = {"count": 1, "inTitle": concept in report.in_title}
        made.append(RelationRow("MENTIONS", "Study", id_, CONCEPTS[concept][0], concept, counted))
    for challenge, (there, solved, missing) in report.raises.items():
        stance = {"barrier": there, "overcome": solved, "absent": missing}
        made.append(RelationRow("RAISES", "Study", id_, "Challenge", challenge, stance))
    return made


def _evidence(report: Report, number: int, said: Said) -> list[NodeRow | RelationRow]:
    id_, study = f"evidence:{report.pmid}.{number}", f"PMID:{report.pmid}"
    values = {
        "kind": said.claim.kind, "relation": said.relation or said.claim.relation, "polarity": said.polarity,
        "certainty": said.certainty, "subject": "patients", "levelTrace": ["by hand"], "confidence": 0.9,
        "diseaseFrom": "sentence", "comparators": [], "prior": [], "review": "none",
    }  # fmt: skip
    values |= {"level": said.level} if said.level else {}
    text = said.sentence or f"Sentence {number} of report {report.pmid}."
    sentence = {"text": text, "position": number, "start": 0, "end": len(text)}
    return [
        NodeRow("Evidence", id_, values),
        NodeRow("Sentence", f"sentence:{report.pmid}.{number}", sentence),
        RelationRow("PART_OF", "Sentence", f"sentence:{report.pmid}.{number}", "Study", study, {}),
        RelationRow("QUOTES", "Evidence", id_, "Sentence", f"sentence:{report.pmid}.{number}", {}),
        RelationRow("REPORTED_IN", "Evidence", id_, "Study", study, {}),
        RelationRow(said.sign.upper(), "Evidence", id_, "Claim", said.claim.id, {}),
    ]


def _contribution(report: Report, number: int, said: Said) -> Any:
    return contribution(
        said.claim, f"evidence:{report.pmid}.{number}", said.sign, pmid=report.pmid,
        study_key=report.study_key or f"PMID:{report.pmid}", year=report.year, design=report.design,
        status=report.status, level=said.level,
    )  # fmt: skip


def _shortcuts(reports: Iterable[Report]) -> list[NodeRow | RelationRow]:
    """SUPPORTED_BY, CONTRADICTED_BY and HINDERED_BY of the counted evidence."""
    found: dict[tuple[str, str, str, str], list[Said]] = defaultdict(list)
    for report in reports:
        for number, said in enumerate(report.said):
            type_ = _shortcut(said) if _contribution(report, number, said).counted else None
            for role, id_ in said.claim.participants if type_ else ():
                if role in ("drug", "test"):
                    found[str(type_), ROLES[role][1], id_, f"PMID:{report.pmid}"].append(said)
    made: list[NodeRow | RelationRow] = []
    for (type_, label, id_, study), all_said in found.items():
        parts = [pair for said in all_said for pair in said.claim.participants]
        if type_ == "HINDERED_BY":
            values: dict[str, Any] = {"classes": sorted({i for role, i in parts if role == "challenge"})}
        else:
            diseases = sorted({i for role, i in parts if role == "disease"})
            levels = [said.level for said in all_said if said.level]
            values = {"evidenceCount": len(all_said), "diseaseIds": diseases, "bestLevel": min(levels)}
        made.append(RelationRow(type_, label, id_, "Study", study, values))
    return made


def _shortcut(said: Said) -> str | None:
    if said.claim.relation == "hinders":
        return "HINDERED_BY" if said.sign == "supports" else None
    if said.claim.relation in ("benefit", "sensitivity"):
        return "SUPPORTED_BY" if said.sign == "supports" else "CONTRADICTED_BY"
    return "CONTRADICTED_BY" if said.claim.relation in ("resistance", "reduced_sensitivity") else None


def _plain(values: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
