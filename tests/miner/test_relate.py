from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.findings import Finding, Participant, finding_id
from miner.relate import relate
from tests.miner.marked import document


def names(participants: Sequence[Participant]) -> set[str]:
    return {p.name for p in participants}


def read(sentence: str, **fields: object) -> list[Finding]:
    doc = document(sentence, **fields)  # type: ignore[arg-type]
    return [f for f in relate(doc)[0] if f.start > len(doc.title)]


def said(finding: Finding) -> str:
    drugs = "+".join(sorted(names(finding.drugs)))
    marks = "+".join(sorted(names(finding.genes) | names(finding.variants)))
    event = finding.event.name if finding.event else ""
    return " ".join(x for x in (finding.kind, finding.relation, drugs, marks, event) if x)


#: what a sentence says, every finding of it in order of kind and relation
CASES: dict[str, tuple[str, list[str]]] = {
    "comparator": (
        "{D alphanib} significantly prolonged survival versus {D betamab} in patients with {S melanoma}.",
        ["efficacy benefit alphanib"],
    ),
    "than": (
        "Progression-free survival was longer with {D alphanib} than with {D betamab} in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "comparator first": (
        "Compared with {D betamab}, {D alphanib} improved overall survival in patients with {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "placebo controlled": (
        "{D alphanib} improved disease control over {K placebo} in {S asthma}.",
        ["efficacy benefit alphanib"],
    ),
    "inferior swaps": (
        "{D alphanib} was inferior to {D betamab} in patients with {S glioma}.",
        ["efficacy benefit betamab"],
    ),
    "equal to active": (
        "Overall survival was similar with {D alphanib} compared with {D betamab} in patients with {S glioma}.",
        [],
    ),
    "not better than active": (
        "{D alphanib} did not improve survival compared with {D betamab} in patients with {S glioma}.",
        [],
    ),
    "non-inferior": ("{D alphanib} was noninferior to {D betamab} for survival in {S glioma}.", []),
    "no better than placebo": (
        "{D alphanib} did not improve survival compared with {K placebo} in patients with {S glioma}.",
        ["efficacy no_benefit alphanib"],
    ),
    "failed": (
        "{D alphanib} failed to improve overall survival in patients with {S glioma}.",
        ["efficacy no_benefit alphanib"],
    ),
    "no benefit": (
        "{D alphanib} provided no survival benefit in patients with {S glioma}.",
        ["efficacy no_benefit alphanib"],
    ),
    "add-on without benefit": (
        "Adding {D alphanib} to {D betamab} did not improve survival compared with {D betamab} alone.",
        ["efficacy no_benefit alphanib+betamab"],
    ),
    "add-on": (
        "The addition of {D alphanib} to {D betamab} improved overall survival in {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "combination": (
        "{D alphanib} plus {D betamab} improved survival in patients with {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "combination of": (
        "The combination of {D alphanib} and {D betamab} improved survival in patients with {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "combination over backbone": (
        "{D alphanib} combined with {D betamab} prolonged survival versus {D betamab} alone in {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "alternatives": (
        "Treatment with {D alphanib} or {D betamab} improved survival in patients with {S glioma}.",
        ["efficacy benefit alphanib", "efficacy benefit betamab"],
    ),
    "together or apart": ("{D alphanib} and {D betamab} improved survival in patients with {S glioma}.", []),
    "partner without a name": ("{D alphanib} plus XR-17 improved survival in patients with {S glioma}.", []),
    "prior after": (
        "{D alphanib} after {D betamab} significantly improved survival in patients with {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "prior refractory": (
        "{D alphanib} is highly active in {D betamab}-refractory {M ALK rearrangement|ALK} {S lung cancer}.",
        ["predictive sensitivity alphanib ALK+ALK rearrangement"],
    ),
    "prior progressed": (
        "{D alphanib} was effective in patients with {S glioma} who had progressed on {D betamab}.",
        ["efficacy benefit alphanib"],
    ),
    "biomarker population": (
        "{D alphanib} prolonged survival in patients with {M EGFR L858R|EGFR} {S lung cancer}.",
        ["predictive sensitivity alphanib EGFR+EGFR L858R"],
    ),
    "negative trial in a marker group": (
        "{D alphanib} did not improve survival in patients with {M EGFR L858R|EGFR} {S lung cancer}.",
        ["efficacy no_benefit alphanib EGFR+EGFR L858R"],
    ),
    "without the marker": (
        "{D alphanib} improved survival in patients without {M EGFR mutation|EGFR} with {S lung cancer}.",
        ["efficacy benefit alphanib"],
    ),
    "regardless": (
        "{D alphanib} improved survival in {S glioma}, regardless of {M PD-L1 expression|PD-L1}.",
        ["efficacy benefit alphanib", "predictive no_effect alphanib PD-L1+PD-L1 expression"],
    ),
    "response of a case": (
        "The patient with {M BRAF V600E|BRAF} {S glioma} responded to treatment with {D alphanib}.",
        ["predictive sensitivity alphanib BRAF+BRAF V600E"],
    ),
    "confers resistance": (
        "{M EGFR T790M|EGFR} confers resistance to {D alphanib} in {S lung cancer}.",
        ["predictive resistance alphanib EGFR+EGFR T790M"],
    ),
    "resistance to alternatives": (
        "{M EGFR T790M|EGFR} confers resistance to {D alphanib}, {D betamab} and {D gammanib}.",
        [
            "predictive resistance alphanib EGFR+EGFR T790M",
            "predictive resistance betamab EGFR+EGFR T790M",
            "predictive resistance gammanib EGFR+EGFR T790M",
        ],
    ),
    "drug resistance": (
        "{M MET amplification|MET} was associated with acquired {D alphanib} resistance in patients.",
        ["predictive resistance alphanib MET+MET amplification"],
    ),
    "lack of benefit": (
        "{M KRAS mutation|KRAS} was associated with lack of benefit from {D alphanib} in patients.",
        ["predictive resistance alphanib KRAS+KRAS mutation"],
    ),
    "resistance overcome": ("Loss of contact overcame the {M KRAS mutation|KRAS} induced block of {D alphanib}.", []),
    "sensitizes": (
        "{M BRCA1 loss|BRCA1} sensitizes cells to {D alphanib}.",
        ["predictive sensitivity alphanib BRCA1+BRCA1 loss"],
    ),
    "predictor": (
        "{M EGFR copy-gain|EGFR} was a predictor of clinical benefit from {D alphanib}.",
        ["predictive sensitivity alphanib EGFR+EGFR copy-gain"],
    ),
    "not associated with response": (
        "{M EGFR expression|EGFR} was not associated with response to {D alphanib} in patients.",
        ["predictive no_effect alphanib EGFR+EGFR expression"],
    ),
    "less sensitive": (
        "Tumours with {M KRAS G12C|KRAS} were less sensitive to {D alphanib}.",
        ["predictive reduced_sensitivity alphanib KRAS+KRAS G12C"],
    ),
    "silencing without a variant": (
        "Knockdown of {G PTEN} was associated with resistance to {D alphanib} in cells.",
        [],
    ),
    "resistance without a cause": ("Most patients developed acquired resistance to {D alphanib}.", []),
    "label": ("{D alphanib}, a selective {G EGFR} inhibitor, was given daily.", ["target inhibits alphanib EGFR"]),
    "label in brackets": ("{D alphanib} (an {G EGFR} inhibitor) was given daily.", ["target inhibits alphanib EGFR"]),
    "label before": ("We used the {G EGFR} inhibitor {D alphanib} daily.", ["target inhibits alphanib EGFR"]),
    "antibody": (
        "{D betamab}, a monoclonal antibody targeting {G EGFR}, was given daily.",
        ["target binds betamab EGFR"],
    ),
    "inhibited": ("{D alphanib} significantly inhibited {G AKT1} in cells.", ["target inhibits alphanib AKT1"]),
    "activated": ("{D alphanib} activated {G AMPK} in cells.", ["target activates alphanib AMPK"]),
    "induced process": ("{D alphanib} inhibited {G TGFB1}-induced migration of cells.", []),
    "class has no target": ("{C kinase inhibitors} inhibited {G AKT1} in cells.", []),
    "poor prognosis": (
        "{M HSP47 overexpression|HSP47} was associated with poor prognosis in patients with {S bladder cancer}.",
        ["prognostic worse_outcome HSP47+HSP47 overexpression"],
    ),
    "better survival": (
        "{M miR-1 expression|miR-1} was associated with longer overall survival in {S glioma}.",
        ["prognostic better_outcome miR-1+miR-1 expression"],
    ),
    "no impact": (
        "{M ROS1 gain|ROS1} had no impact on overall survival in {S glioma}.",
        ["prognostic no_effect ROS1+ROS1 gain"],
    ),
    "poor prognosis denied by not only": (
        "{M TLR3 low expression|TLR3} is not only associated with poor prognosis in {S glioma} but also common.",
        ["prognostic worse_outcome TLR3+TLR3 low expression"],
    ),
    "lower risk of death": (
        "{M AZGP1 overexpression|AZGP1} was predictive for lower risk of mortality in {S glioma}.",
        ["prognostic better_outcome AZGP1+AZGP1 overexpression"],
    ),
    "negatively correlated": ("{G DNASE1L3} negatively correlated with poor prognosis in {S glioma}.", []),
    "bad markers": (
        "Levels of {G TCP1} were the most increased and markers of bad prognosis in {S glioma}.",
        ["prognostic worse_outcome TCP1"],
    ),
    "lowered": (
        "{G OSER1} was down-regulated and its expression associated with poor overall survival in {S glioma}.",
        ["prognostic worse_outcome OSER1+OSER1 low-expression"],
    ),
    "methylated": ("{G REXO2} hyper-methylation was associated with favorable prognosis in {S glioma}.", []),
    "antisense transcript": ("{G AFAP1}-AS1 was associated with poor prognosis in {S glioma}.", []),
    "cell type": ("{G CD8}+ T cells were associated with good prognosis in {S glioma}.", []),
    "longer name": ("{G TNF} receptor-associated factor 2 was associated with poor prognosis in {S glioma}.", []),
    "no gene": ("Lymphoma, not otherwise specified (PTCL, {G NOS}) had lower overall survival in {S glioma}.", []),
    "imprinting": ("{M ZNF215 loss|ZNF215} imprinting was associated with poor survival in {S glioma}.", []),
    "other arm": ("Compared to those with {M EGFR mutation|EGFR}, others had shorter overall survival.", []),
    "effect did not last": (
        "{M rs123|SNHG5} was associated with poor overall survival in {S glioma}, but this was reversed by adjustment.",
        [],
    ),
    "genotype of a gene": ("The mutant allele of {G RAD51} was associated with increased risk of {S glioma}.", []),
    "variant before its gene in brackets": (
        "Carriers of {M rs680|IGF2} ({G IGF2}) exhibited a lower risk of {S glioma}.",
        ["predisposing decreased_risk IGF2+rs680"],
    ),
    "state of a carrier": (
        "{G CYP2C19} LoF carriers had an increased risk of {S stroke}.",
        ["predisposing increased_risk CYP2C19+CYP2C19 loss"],
    ),
    "risk on a therapy": (
        "{M CYP2C19 loss|CYP2C19} had an increased risk of {S stroke} in patients treated with {D alphanib}.",
        [],
    ),
    "differentiated is no contrast": (
        "{G MIR346} offset effects on malignant behaviours of differentiated {S thyroid cancer}.",
        [],
    ),
    "panel": ("Combined detection of CEA and {G VEGFA} had diagnostic value in {S glioma}.", []),
    "pivotal in sensitizing": (
        "{G CXCR2} is a pivotal molecule in re-sensitizing {S glioma} to {D alphanib}.",
        [],
    ),
    "role in regulating": ("{G AMPK} plays a role in regulating the response to {D alphanib}.", []),
    "responds itself": ("The levels of {G GAA} were responsive to {D alphanib}.", []),
    "mutations in a list": (
        "Mutations in resection inhibitors, such as {G DYNLL1}, cause resistance to {D alphanib}.",
        [],
    ),
    "model of harm": ("Hub genes of {D alphanib}-induced {S cardiotoxicity} were found in mice.", []),
    "harm looked for": (
        "Literature will be reviewed for a relation between the virus and {D alphanib}-induced {S encephalitis}.",
        [],
    ),
    "harm without the drug": (
        "The therapy of non-{D alphanib}-induced {S liver failure} in patients was reported.",
        [],
    ),
    "harm reported": (
        "{D alphanib}-induced {S encephalopathy} is the most serious event in patients.",
        ["safety causes alphanib encephalopathy"],
    ),
    "underdosed": ("Underdosing {D alphanib} was associated with a higher risk of {S stroke}.", []),
    "regression is no harm": (
        "{D alphanib} induces regression of {S glioma} in patients.",
        ["efficacy benefit alphanib"],
    ),
    "low incidence": ("{D alphanib} was associated with a low incidence of {S bleeding}.", []),
    "gene promotes": ("{D alphanib} inhibited {G CD44}-promoted migration of cells.", []),
    "level responds itself": (
        "In particular, {M GAA expression|GAA} was responsive to {D alphanib}.",
        [],
    ),
    "notice": ("Corrigendum to {M EGFR T790M|EGFR} confers resistance to {D alphanib}.", []),
    "low level without a variant": ("Low {G PTEN} was associated with poor prognosis in {S glioma}.", []),
    "risk": (
        "{M rs123|GST} was associated with an increased risk of {S gastric cancer}.",
        ["predisposing increased_risk G:gst+rs123"],
    ),
    "lower risk": (
        "{M rs123|GST} was associated with a reduced risk of {S gastric cancer}.",
        ["predisposing decreased_risk G:gst+rs123"],
    ),
    "no risk": (
        "{M rs123|GST} was not associated with the risk of {S gastric cancer}.",
        ["predisposing no_effect G:gst+rs123"],
    ),
    "diagnostic": (
        "{G ITGA3} had significant diagnostic value in {S breast cancer}.",
        ["diagnostic positive ITGA3"],
    ),
    "adverse event": (
        "{D alphanib} caused severe {S pneumonitis} in ten patients.",
        ["safety causes alphanib pneumonitis"],
    ),
    "discontinued": (
        "{D alphanib} was discontinued due to {S pneumonitis} in ten patients.",
        ["safety causes alphanib pneumonitis"],
    ),
    "event worse with": (
        "{S fatigue} was worse with {D alphanib}, whereas {S rash} was worse with {D betamab}.",
        ["safety causes alphanib fatigue", "safety causes betamab rash"],
    ),
    "not more adverse events": (
        "The addition of {D alphanib} did not increase {S pneumonitis} in patients.",
        ["safety does_not_cause alphanib pneumonitis"],
    ),
    "treated disease is no event": ("{D alphanib} was given to patients with {S pneumonitis}.", []),
    "no adverse event": ("No {S pneumonitis} was observed with {D alphanib}.", []),
    "safety only": ("{D alphanib} was well tolerated in patients with {S glioma}.", []),
    "randomised": ("Patients with {S glioma} were randomly assigned to {D alphanib} or {K placebo}.", []),
    "aim compares": ("We compared {D alphanib} with {D betamab} in patients with {S glioma}.", []),
    "subject of another clause": (
        "{D alphanib} was given to many, while concomitant exercise was associated with improved survival.",
        [],
    ),
    "subject carried over": (
        "{D alphanib} was well tolerated but did not improve survival in {S glioma}.",
        ["efficacy no_benefit alphanib"],
    ),
    "approved": (
        "The FDA approved {D alphanib} for the treatment of {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
    "numbers": (
        "Median survival was 12.3 months with {D alphanib} compared with 8.1 months with {D betamab} (P=0.003).",
        ["efficacy benefit alphanib"],
    ),
    "numbers without significance": (
        "Median survival was 12.3 months with {D alphanib} compared with 11.9 months with {D betamab} (P=0.6).",
        [],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), CASES.values(), ids=CASES.keys())
def test_sentence_says(sentence: str, expected: list[str]) -> None:
    assert sorted(said(f) for f in read(sentence)) == sorted(expected)


@pytest.mark.parametrize(
    ("sentence", "comparators", "prior"),
    [
        ("{D alphanib} improved survival versus {D betamab} in {S glioma}.", {"betamab"}, set()),
        (
            "{D alphanib} improved survival versus {D betamab} or {D gammanib} in {S glioma}.",
            {"betamab", "gammanib"},
            set(),
        ),
        ("{D alphanib} after {D betamab} improved survival in {S glioma}.", set(), {"betamab"}),
        (
            "{D alphanib} improved survival over {K placebo} in {D betamab}-resistant {S glioma}.",
            {"placebo"},
            {"betamab"},
        ),
        ("{D alphanib} improved survival in {S glioma} previously treated with {D betamab}.", set(), {"betamab"}),
        ("{D alphanib} improved survival in {S glioma} after failure of {D betamab}.", set(), {"betamab"}),
    ],
)
def test_roles_never_become_therapies(sentence: str, comparators: set[str], prior: set[str]) -> None:
    [finding] = read(sentence)
    assert names(finding.drugs) == {"alphanib"}
    assert names(finding.comparators) == comparators
    assert names(finding.prior) == prior


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("{D alphanib} improved survival in {S glioma}.", "asserted"),
        ("{D alphanib} may improve survival and was effective in {S glioma}.", "speculative"),
        (
            "{D alphanib} has been shown to be effective and has demonstrated a survival benefit in {S glioma}.",
            "background",
        ),
        ("Our aim was to investigate whether {D alphanib} improves survival in patients with {S glioma}.", "aim"),
    ],
)
def test_certainty(sentence: str, certainty: str) -> None:
    assert {f.certainty for f in read(sentence)} == {certainty}


def test_disease_of_the_sentence_comes_before_that_of_the_title() -> None:
    doc = document(
        "{D alphanib} improved survival.",
        "{D alphanib} improved survival in {S melanoma}.",
        title="Study of {S glioma}",
    )
    findings, _ = relate(doc)
    assert [(f.disease and f.disease.name, f.disease_from) for f in findings] == [
        ("glioma", "title"),
        ("melanoma", "sentence"),
    ]


def test_title_with_two_diseases_fills_nothing() -> None:
    [finding] = read("{D alphanib} improved survival.", title="{S glioma} and {S melanoma}")
    assert (finding.disease, finding.disease_from) == (None, "none")


def test_a_group_that_was_not_read_keeps_the_disease_of_the_title_out() -> None:
    [finding] = read("{D alphanib} improved survival in HNSC patients.", title="Study of {S oral cancer}")
    assert (finding.disease, finding.disease_from) == (None, "none")


def test_alternative_diseases_are_findings_of_their_own() -> None:
    found = read("{D alphanib} is effective in patients with {S glioma} or {S melanoma}.")
    assert sorted(f.disease.name for f in found if f.disease) == ["glioma", "melanoma"]


def test_id_depends_on_what_is_said_alone() -> None:
    first = document("{D alphanib} improved survival in {S glioma}.")
    second = document("Much else.", "{D alphanib} improved survival in {S glioma}.")
    [a], [b] = relate(first)[0], relate(second)[0]
    assert a.id == b.id
    assert a.start != b.start
    sentence = first.text[a.start : a.end]
    assert a.id == finding_id("1", sentence, a.kind, a.relation, a.polarity, a.participants)


def test_effect_is_kept_as_written() -> None:
    [finding] = read("{D alphanib} improved survival versus {K placebo} (HR 0.46, 95% CI 0.37-0.57; P<0.001).")
    assert finding.effect.startswith("HR 0.46")
    assert "P<0.001" in finding.effect


def test_methods_section_is_dropped_with_its_gate() -> None:
    doc = document("{D alphanib} improved survival in {S glioma}.", category="METHODS")
    findings, drops = relate(doc)
    assert findings == ()
    assert [d.gate for d in drops] == ["methods section"]


@pytest.mark.parametrize(
    ("sentence", "subject", "level"),
    [
        ("{D alphanib} improved survival of patients with {S glioma}.", "patients", "B"),
        ("{D alphanib} inhibited tumor growth in mice with {S glioma}.", "animal", "D"),
        ("{M EGFR T790M|EGFR} confers resistance to {D alphanib} in cell lines.", "cell_line", "D"),
    ],
)
def test_subject_and_level(sentence: str, subject: str, level: str) -> None:
    [finding] = read(sentence)
    assert (finding.subject, finding.level) == (subject, level)
    assert finding.level_trace[-1].startswith(f"level {level}")


WORDS = ("{D alphanib}", "{D betamab}", "{S glioma}", "{G EGFR}", "{M T790M|EGFR}", " versus ", " improved survival ")
JOINTS = (" resistance to ", " and ", " not ", ", ", " plus ", " after ", "(", ")", " or ", " than ", "-resistant ")


@given(st.lists(st.sampled_from(WORDS + JOINTS), max_size=14))
def test_any_order_of_words_gives_whole_findings(parts: list[str]) -> None:
    doc = document("".join(parts) or "x")
    findings, _ = relate(doc)
    for finding in findings:
        assert 0 <= finding.start < finding.end <= len(doc.text)
        assert not names(finding.drugs) & names(finding.prior) or finding.kind == "efficacy" or finding.prior
        assert len(finding.id) == 32
    assert relate(doc)[0] == findings


def test_a_general_disease_gives_way_to_one_that_says_more() -> None:
    said_of = "{M HSP47 overexpression|HSP47} in cancer tissue was associated with poor prognosis."
    doc = document(said_of, title="HSP47 in {S bladder cancer}")
    [finding] = relate(doc)[0]
    assert (finding.disease and finding.disease.name, finding.disease_from) == ("bladder cancer", "title")


def test_a_disease_to_be_prevented_is_not_that_of_the_patients() -> None:
    doc = document("{D alphanib} causes {S bradycardia}.", title="{D alphanib} to prevent {S delirium}")
    [finding] = [f for f in relate(doc)[0] if f.kind == "safety"]
    assert (finding.disease, finding.disease_from) == (None, "none")


def test_what_others_respond_to_says_nothing_of_the_marker() -> None:
    said_of = "Unlike {M KIT mutation|KIT}, other genotypes respond to {D alphanib}."
    assert [f for f in read(said_of) if f.kind == "predictive"] == []


def test_what_is_said_of_several_mutations_is_not_said_of_one() -> None:
    doc = document("Patients with multiple {M PIK3CA mutations|PIK3CA} had shorter overall survival in {S glioma}.")
    mentions = tuple(
        replace(m, concept_id="TGV:HGNC:8975:mutation") if m.type == "variant" else m for m in doc.mentions
    )
    findings, drops = relate(replace(doc, mentions=mentions))
    assert findings == ()
    assert "narrower than the state" in {drop.gate for drop in drops}


@pytest.mark.parametrize("tail", [" signaling pathway", "-NFkB signalling pathway", " axis"])
def test_a_pathway_is_not_the_gene_product(tail: str) -> None:
    assert read("{D alphanib} inhibited the activation of the {G TLR4}" + tail + " in cells.") == []
    assert [f.relation for f in read("{D alphanib} inhibited {G TLR4} in cells.")] == ["inhibits"]
