"""What a therapy does to the course of a disease: verb and object, rates, indications, therapies together."""

import pytest

from tests.miner.test_relate import read, said

_GOOD, _NONE = "efficacy benefit alphanib", "efficacy no_benefit alphanib"

EFFECTS: dict[str, tuple[str, list[str]]] = {
    # what is bad becomes less
    "proliferation of ill cells": ("{D alphanib} inhibited the proliferation of {S glioma} cells.", [_GOOD]),
    "proliferation of other cells": ("{D alphanib} inhibited the proliferation of fibroblasts in {S glioma}.", []),
    "list of what cells do": (
        "{D alphanib} suppressed the proliferation, migration and invasion of human {S glioma} cells.",
        [_GOOD],
    ),
    "illness itself": ("{D alphanib} attenuated {S colitis} in mice.", [_GOOD]),
    "illness induced by a drug": ("{D alphanib} alleviated {D toxin}-induced {S colitis} in rats.", [_GOOD]),
    "marker of an illness": ("{D alphanib} attenuated {S colitis}-associated genes in mice.", []),
    "healing of an illness": ("{D alphanib} inhibits {S fracture} healing in rats.", []),
    "deaths": ("{D alphanib} was associated with decreased mortality among patients with {S glioma}.", [_GOOD]),
    "more deaths": ("Mortality was higher among patients with {S glioma} treated with {D alphanib}.", [_NONE]),
    "risk of relapse": ("{D alphanib} significantly reduced the risk of relapse in {S glioma}.", [_GOOD]),
    "passive": ("Relapse rates were significantly reduced by {D alphanib} in {S glioma}.", [_GOOD]),
    "denied": ("{D alphanib} did not reduce relapse rates in {S glioma}.", [_NONE]),
    "an increase of harm denied": ("{D alphanib} did not increase {S pneumonitis} in patients.", []),
    "changes in an illness": ("{D alphanib} reduced poison-induced changes in {S lung fibrosis}.", [_GOOD]),
    # what is good becomes more
    "function": ("{D alphanib} improved cognitive function in patients with {S dementia}.", [_GOOD]),
    "restored": ("{D alphanib} restores memory in a mouse model of {S dementia}.", [_GOOD]),
    "regained": ("Of 59 patients with {S leukemia} who took {D alphanib} again, 98% regained MMR.", [_GOOD]),
    "remission induced": ("{D alphanib} induced long-term remission in mice with {S glioma}.", [_GOOD]),
    "immune response induced": ("{D alphanib} induced immune responses to {S herpes}.", []),
    "responsive": ("{S glioma} appeared to be responsive to {D alphanib}.", [_GOOD]),
    "had responses": ("All patients with {S glioma} had excellent responses to {D alphanib}.", [_GOOD]),
    "safe and effective": ("{D alphanib} was safe and effective in improving {S glioma} in children.", [_GOOD]),
    "what something is for": ("A device for early {D alphanib} is an effective treatment of {S glioma}.", []),
    "treated with success": ("A boy with {S glioma} was successfully treated with {D alphanib}.", [_GOOD]),
    "use supported": ("These data support the use of {D alphanib} in patients with {S glioma}.", [_GOOD]),
    "by which way": ("{D alphanib} attenuated {S colitis} by inhibiting the {G NLRP3} pathway.", [_GOOD]),
    "protective factor": ("{D alphanib} use was a protective factor for {S glioma} prognosis.", [_GOOD]),
    "a safe agent": ("{D alphanib} is a safe and effective agent to use in {S glioma}.", [_GOOD]),
    "efficacy shown": ("We demonstrate the efficacy of {D alphanib} in the treatment of {S glioma}.", [_GOOD]),
    "vaccine": ("The {D alphanib} vaccine showed high efficacy against {S flu}.", [_GOOD]),
    "member of a system": ("{D alphanib} system inhibitors slowed the progression of {S glioma}.", []),
    "harm of the therapy": ("{S pain} of {D alphanib} had no impact on {S glioma}.", []),
    "passive with its arm behind": (
        "The risk of 14-day mortality was lower in the {D alphanib} group than the {D betamab} group in {S sepsis}.",
        [_GOOD],
    ),
    # denials
    "against an arm without a name": (
        "{D alphanib} showed no effect on the survival of patients with {S glioma} compared with the control group.",
        [_NONE],
    ),
    "against another arm without a name": (
        "{D alphanib} showed no effect on the survival of patients with {S glioma} compared with usual drugs.",
        [],
    ),
    "adjunct": (
        "{D alphanib} as adjunctive therapy to {D betamab} did not produce improvement over {K placebo} in {S glioma}.",
        ["efficacy no_benefit alphanib+betamab"],
    ),
    "trend against placebo": (
        "{D alphanib} versus {K placebo} showed a trend towards improved outcomes in {S glioma}.",
        [_NONE],
    ),
    "no survival benefit": ("No significant survival benefit of {D alphanib} was seen in {S glioma}.", [_NONE]),
    "lack of an effect": ("This confirms the lack of protective effect of {D alphanib} in {S stroke}.", [_NONE]),
    "because of a lack": ("{D alphanib} was abandoned because of lack of efficacy of rivals in {S stroke}.", []),
    "no association with death": (
        "There was no association between {D alphanib} use and mortality in {S glioma}.",
        [_NONE],
    ),
    "not different from placebo": (
        "Remission was not significantly different between {D alphanib} and {K placebo} in {S colitis}.",
        [_NONE],
    ),
    "not different from another": (
        "Remission was not significantly different between {D alphanib} and {D betamab} in {S colitis}.",
        [],
    ),
    "improvement or none": (
        "Patients with {S glioma} given {D alphanib} had either improvement or no change in pain.",
        [],
    ),
    "only a trend": ("{D alphanib} tended to be associated with longer survival in {S glioma}.", [_NONE]),
    "not in those who got it": (
        "Local control was not improved in patients with {S glioma} receiving {D alphanib}.",
        [_NONE],
    ),
    "in both arms": ("The {D alphanib} and {K placebo} groups had reduced pain in {S glioma}.", []),
    "event beside the disease": ("{D alphanib} for {S glioma} reduces rates of {S nausea}.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), EFFECTS.values(), ids=EFFECTS.keys())
def test_effect(sentence: str, expected: list[str]) -> None:
    assert [said(f) for f in read(sentence) if f.kind == "efficacy"] == expected


RATES: dict[str, tuple[str, list[str]]] = {
    "higher with the therapy": (
        "At week 58, 37·2% of patients given {D alphanib} had remission of {S colitis} versus 11·2% with {K placebo} "
        "(p<0·0001).",
        [_GOOD],
    ),
    "not significant": (
        "At week 58, 17% of patients given {D alphanib} had remission of {S colitis} versus 11% with {K placebo} "
        "(p=0.4).",
        [],
    ),
    "lower deaths": (
        "Mortality of {S colitis} was 4% with {D alphanib} versus 9% with {K placebo} (P = 0.01).",
        [_GOOD],
    ),
    "more deaths": ("Mortality of {S colitis} was 9% with {D alphanib} versus 4% with {K placebo} (P = 0.01).", []),
    "against those not treated": (
        "Of 447 patients with {S colitis} treated with {D alphanib}, 4% died compared to 15.9% of the non-treated "
        "(p=0.0001).",
        [_GOOD],
    ),
    "most responded": ("The response rate of 85% with {D alphanib} was seen in {S colitis}.", [_GOOD]),
    "few responded": ("The response rate of 15% with {D alphanib} was seen in {S colitis}.", []),
}


@pytest.mark.parametrize(("sentence", "expected"), RATES.values(), ids=RATES.keys())
def test_rates_of_arms(sentence: str, expected: list[str]) -> None:
    assert [said(f) for f in read(sentence) if f.kind == "efficacy"] == expected


INDICATIONS: dict[str, tuple[str, list[str]]] = {
    "approved drug": ("{D alphanib} is an oral drug approved for patients with {S glioma}.", [_GOOD]),
    "approved by": ("{D alphanib} was recently approved by the agency for {S glioma}.", [_GOOD]),
    "approved last": ("Currently, only {D alphanib} for {S glioma} has been approved.", [_GOOD]),
    "agency first": ("The FDA approved {D alphanib} for patients with {S glioma}.", [_GOOD]),
    "used as first-line treatment": (
        "{D alphanib} has been used as a first-line treatment for advanced {S glioma}.",
        [_GOOD],
    ),
    "may be used": ("{D alphanib} may be used as a first-line treatment for {S glioma}.", []),
    "used as a control": ("{D alphanib} has been used as a control for {S glioma}.", []),
    "not approved": ("{D alphanib} is not approved for {S glioma}.", []),
    "may be approved": ("{D alphanib} may soon be approved for {S glioma}.", []),
    "standard of care": ("{D alphanib} has become the standard of care for adults with {S glioma}.", [_GOOD]),
    "standard therapy": ("{D alphanib} remains the standard first-line treatment for {S glioma}.", [_GOOD]),
    "recommended": ("{D alphanib} is recommended for patients with {S glioma}.", [_GOOD]),
    "not recommended": ("{D alphanib} is not recommended for {S glioma}.", []),
    "both approved": (
        "{D alphanib} and {D betamab} are approved for {S glioma}.",
        [_GOOD, "efficacy benefit betamab"],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), INDICATIONS.values(), ids=INDICATIONS.keys())
def test_indication(sentence: str, expected: list[str]) -> None:
    found = [f for f in read(sentence) if f.kind == "efficacy"]
    assert sorted(said(f) for f in found) == expected
    assert {f.certainty for f in found} <= {"asserted"}


def test_indication_in_a_gene_group_is_a_sensitivity() -> None:
    [finding] = read("{D alphanib} was approved for {M EGFR mutant|EGFR} {S glioma}, and is tested in {S melanoma}.")
    assert (finding.kind, finding.relation, finding.disease and finding.disease.name) == (
        "predictive",
        "sensitivity",
        "glioma",
    )


JOINT: dict[str, tuple[str, list[str]]] = {
    "sensitises": ("{D alphanib} sensitized {S glioma} cells to {D betamab}.", ["efficacy benefit alphanib+betamab"]),
    "sensitises to killing": ("{D alphanib} sensitized {S glioma} cells to T cell killing.", [_GOOD]),
    "does not sensitise": ("{D alphanib} did not sensitize {S glioma} cells to {D betamab}.", []),
    "enhances": (
        "{D alphanib} enhanced the antitumor efficacy of {D betamab} in {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "synergy": (
        "The combination of {D alphanib} and {D betamab} had a synergistic effect in {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "joined by with": (
        "{D alphanib} with {D betamab} improved survival in {S glioma}.",
        ["efficacy benefit alphanib+betamab"],
    ),
    "kind of treatment behind the name": (
        "{D alphanib} {C chemotherapy} improved survival in {S glioma}.",
        ["efficacy benefit alphanib"],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), JOINT.values(), ids=JOINT.keys())
def test_therapies_together(sentence: str, expected: list[str]) -> None:
    assert [said(f) for f in read(sentence) if f.kind == "efficacy"] == expected


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("{D alphanib} improved survival in {S glioma}, potentially offering a new option.", "asserted"),
        ("{D alphanib} seemed to improve survival in {S glioma}.", "asserted"),
        ("{D alphanib} could significantly reduce relapses in {S glioma}.", "asserted"),
        ("{D alphanib} could reduce relapses in {S glioma}.", "speculative"),
        ("{D alphanib}, an oral antagonist, reduces relapses in {S glioma}.", "background"),
    ],
)
def test_doubt_of_an_outcome(sentence: str, certainty: str) -> None:
    assert {f.certainty for f in read(sentence) if f.kind == "efficacy"} == {certainty}
