"""Mentions that the words beside them show to be another thing: a cell type, a clone, an arm, an organisation."""

import re

from miner.findings import Mention
from miner.relating.surroundings import Surroundings
from miner.wording import Wording

#: what stands behind a gene's name and makes it another thing: an antisense transcript, a cell type, a family's member
_OTHER_TRANSCRIPT = re.compile(r"[-\u2010\u2011](?:AS|IT|DT|OT)\d?\b")
_CELL_TYPE = re.compile(
    r"(?:\+|\u207a|high|hi|-positive)?(?:[\w\u03b1-\u03c9.-]*(?:\+|\u207a|/))*(?:[- ](?:positive|memory|effector"
    r"|cytotoxic"
    r"|regulatory|helper|exhausted|infiltrating|tumou?r-infiltrating))*[- ]?(?:T|B|NK|Treg|dendritic|stem|immune"
    r"|myeloid|mast)?[- ]?(?:cells?|lymphocytes?|macrophages?|TILs?|Tregs?|monocytes?|neutrophils?|fibroblasts?)\b"
)
_LINEAGE = re.compile(r"CD\d+[a-z]?|TCF\d|FOXP3|PD-?1|LAMP1|TIM-?3", re.IGNORECASE)
_MEMBER = re.compile(r"s?,? \(?(?=\w*[A-Z0-9])[\w.-]*\d[\w.-]*")
#: "TNF receptor-associated factor 2", "EGFR-binding protein": the name of another gene goes on
_LONGER_NAME = re.compile(
    r"\)?[ -](?:\([^()]*\) ?)?(?:receptor[- ](?:associated|interacting)|(?:binding|interacting|associated|like|related"
    r"|converting|activating)[- ](?:protein|factor|enzyme|kinase|receptor|peptide))",
    re.IGNORECASE,
)
_OTHERWISE_SPECIFIED = Wording("otherwise specified", 0)
#: names of databases that hold a disease's name
_DATABASE = re.compile(
    r"(?:Genome Atlas|Genome Anatomy|Cell Line Encyclopedia|Imaging Archive|Moonshot)", re.IGNORECASE
)
#: a lineage of microbes, behind its name or before it
_CLONE_BEHIND = re.compile(
    r"\)?[ -](?:(?:high-risk|epidemic|pandemic|endemic|international|dominant|major|global|emerging|\w+-resistant) )*"
    r"(?:clones?|strains?|isolates?|serotypes?|genogroups?|phylogroups?|sequence types?|clonal (?:complex|lineage"
    r"|group)\w*)\b"
)
_CLONE_BEFORE = re.compile(
    r"\b(?:clones?|strains?|serotypes?|sequence types?|STs?|clonal complex(?:es)?|lineages?|phylogroups?) \(?\Z"
)
#: "the XYZP arm": letters of a regimen; a gene that is linked by its own symbol names the group that carries it
_ARM_BEHIND = re.compile(r" (?:treatment )?(?:groups?|arms?|regimens?|protocol|chemotherapy|schedule|cycles?)\b")
_CAPITALS = re.compile(r"[A-Z]{3,7}")
#: "hsa_circ_0001", "mmu-miR-21": the species that a transcript is named for
_SPECIES = re.compile(r"hsa|mmu|rno|bta|gga|ssc|dre", re.IGNORECASE)
_TRANSCRIPT_BEHIND = re.compile(r"[_-](?:circ|mi-?r|let|lnc|pir|ts?rna)", re.IGNORECASE)
#: no gene product: lipid mediators, adducts of DNA, and groups of proteins named for what they have to do with
NO_PRODUCT = re.compile(
    r"LT[A-E]4|PG[DEI]2|PGF2\S?|TX[AB]2|LXA4|\S*(?:OH|OHP|oxo)-?dG|[\w-]+-(?:related|associated) "
    r"(?:proteins?|genes?|factors?|molecules?|markers?)"
)
#: a locant in the middle of a chemical name: what stands behind it is a part of that name
_LOCANT_BEHIND = re.compile(r"[,-]\d+[a-z]?(?:,\d+[a-z]?)*-[a-z]")
_LOCANT_BEFORE = re.compile(r"[a-z)\]]-\d+[a-z]?(?:[,'\u2032]\d+[a-z]?)*-\Z")
#: "CuCl2.2 H2O", "O2.-", "non-steroidal": water of a salt, a radical, the opposite
_WATER = re.compile(r"H2O|water", re.IGNORECASE)
_HYDRATE_BEFORE = re.compile(r"[A-Za-z\d)\]] ?[.\u00b7\u2022\u2219*]\s?\d*\s?\Z")
_OXYGEN = re.compile(r"O2\s?[.\u00b7\u2022\u2219]?")
_CHARGE_BEHIND = re.compile(r"\s?[.\u00b7\u2022\u2219]?[-\u2212\u2013\u207b](?!\w)")
_NON_BEFORE = re.compile(r"\bnon[-\u2010\u2011 ]?\Z", re.IGNORECASE)
#: what cells do is no disease
_CELL_DEATH = re.compile(
    r"(?:[\w-]+ )?(?:necroptosis|apoptosis|pyroptosis|ferroptosis|autophagy|anoikis|senescence|efferocytosis)",
    re.IGNORECASE,
)
#: names of societies, study groups and institutes that hold a disease's name
_ORGANISATION = re.compile(
    r",?(?: (?:and|&|of|for|in)(?: the)?)?(?: [A-Z][\w-]+){0,2} (?:Groups?|Societ(?:y|ies)|Foundation|Institutes?"
    r"|Association"
    r"|Consortium|Federation|Alliance|League|Council|Registr(?:y|ies)|Cent(?:er|re)|Hospital|Network|Union|Fund"
    r"|Trust)\b"
)
_ORGANISED = re.compile(
    r"\b(?:Organi[sz]ation|Institute|Society|Group|Agency|Association) (?:[A-Z]\w+ |for |of |on |and |the |in )*\Z"
)
_BESIDE = 60


def misread(around: Surroundings, mention: Mention) -> bool:
    """Whether the words beside a mention say that it is no such gene, drug or disease ("CD8+ T cells", "OSER1-AS1")."""
    text = around.document.text
    before, behind = text[max(0, mention.start - _BESIDE) : mention.start], text[mention.end : mention.end + _BESIDE]
    if mention.type == "disease":
        plural = mention.text.isupper() and {mention.text, f"{mention.text}s"} & around.drug_words
        return bool(plural) or _no_disease(mention, before, behind)
    if mention.type == "drug":
        return _no_drug(around, mention, before, behind)
    if mention.type != "gene":
        return False
    if mention.text == "NOS":
        return around.holds(_OTHERWISE_SPECIFIED)
    return _no_gene(mention, before, behind)


def _no_drug(around: Surroundings, mention: Mention, before: str, behind: str) -> bool:
    if mention.concept_id is None and (_LOCANT_BEFORE.search(before) or _LOCANT_BEHIND.match(behind)):
        return True
    if mention.text.endswith("s") and mention.text[:-1].isupper() and mention.text.upper() in around.drug_words:
        return True
    return bool(
        (_WATER.fullmatch(mention.text) and _HYDRATE_BEFORE.search(before))
        or (_OXYGEN.fullmatch(mention.text) and _CHARGE_BEHIND.match(behind))
        or (mention.text.lower().startswith("steroid") and _NON_BEFORE.search(before))
    )


def _no_disease(mention: Mention, before: str, behind: str) -> bool:
    if _CELL_DEATH.fullmatch(mention.text) or _DATABASE.match(behind.lstrip()) or "," in mention.text.removesuffix(","):
        return True
    return mention.text[:1].isupper() and bool(_ORGANISATION.match(behind) or _ORGANISED.search(before))


def _no_gene(mention: Mention, before: str, behind: str) -> bool:
    if mention.kind == "family" and mention.text[-3:].islower() and _MEMBER.match(behind):
        return True
    symbol = mention.concept_id is not None and mention.text == mention.name
    if not symbol and _CAPITALS.fullmatch(mention.text) and _ARM_BEHIND.match(behind):
        return True
    return bool(
        _OTHER_TRANSCRIPT.match(behind)
        or _LONGER_NAME.match(behind)
        or (_LINEAGE.fullmatch(mention.text) and _CELL_TYPE.match(behind))
        or _CLONE_BEHIND.match(behind)
        or _CLONE_BEFORE.search(before)
        or (_SPECIES.fullmatch(mention.text) and _TRANSCRIPT_BEHIND.match(behind))
    )
