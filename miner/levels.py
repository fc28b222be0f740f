"""The suggested level of a finding, in CIViC's letters, from study design, subject and number of patients.

A  guideline, or meta-analysis / systematic review of clinical studies, or a stated approval or standard of care
B  clinical study with patients, more than five or number unknown
C  case report, or at most five patients
D  animal, cell line, xenograft, organoid
E  computational, inferred, unknown
-  narrative review, protocol, editorial, notice: no level

Each step leaves one line in the trace. Nothing else in the project assigns a level. Letters after Griffith et al. 2017
(CIViC); the mapping itself is the project's definition.
"""

import re

from miner.findings import Design, Level, Subject

NO_LEVEL = ("review", "protocol", "editorial", "notice")
_CLINICAL = ("randomised trial", "single-arm trial", "cohort", "case-control", "case series", "cross-sectional")
_SYNTHESIS = ("meta-analysis", "systematic review")
#: definitions.md: a case report, or at most this many patients
FEW_PATIENTS = 5

_APPROVED = re.compile(
    r"\b(?:(?:FDA|Food and Drug Administration|EMA|European Medicines Agency)\b[^.;]{0,60}\bapprov\w+|"
    r"(?:has been|have been|was|were|is|are) (?:recently |now |currently )?approved\b|standard of care)",
    re.IGNORECASE,
)
_UNSURE_APPROVAL = re.compile(
    r"\b(?:not (?:yet )?approved|will (?:likely )?be approved|may be approved|unapproved|under review)\b", re.I
)


def assign_level(sentence: str, subject: Subject, design: Design) -> tuple[Level | None, tuple[str, ...]]:
    """The level and the lines that led to it."""
    trace = [f"design: {design.design}", f"subject: {subject}"]
    if design.sample_size is not None:
        trace.append(f"patients: {design.sample_size}")
    level, reason = _level(sentence, subject, design)
    return level, (*trace, f"level {level or 'none'}: {reason}")


def _level(sentence: str, subject: Subject, design: Design) -> tuple[Level | None, str]:
    if design.design in NO_LEVEL:
        return None, f"a {design.design} has no level"
    if design.design == "guideline":
        return "A", "guideline"
    if subject in ("animal", "cell_line"):
        return "D", "observed in animals or cells"
    if subject == "in_silico" or design.design == "computational":
        return "E", "computational"
    if design.design in _SYNTHESIS:
        return "A", f"{design.design} of clinical studies"
    if subject == "patients" and _APPROVED.search(sentence) and not _UNSURE_APPROVAL.search(sentence):
        return "A", "the sentence states approval or standard of care"
    if design.design == "case report":
        return "C", "case report"
    if design.design in ("in vivo", "in vitro") and subject != "patients":
        return "D", f"{design.design} study"
    if subject != "patients" and design.design not in _CLINICAL:
        return "E", "neither patients nor a laboratory subject is stated"
    if design.sample_size is not None and design.sample_size <= FEW_PATIENTS:
        return "C", f"at most {FEW_PATIENTS} patients"
    return "B", "study with patients"
