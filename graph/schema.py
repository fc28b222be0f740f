"""The shape of the evidence graph as data: node kinds, relation kinds, their properties, and which claims oppose.

The only place where labels, relation types and property names stand. Constraints and statements (ddl.py), the
loader's checks (rows.py), the digest and the data dictionary are generated from here.
"""

from graph.kinds import NodeKind, Property, RelationKind, flag, text, texts, whole, word

LEVELS = ("A", "B", "C", "D", "E")
STATES = ("current", "corrected", "republished", "concern", "retracted")

_ID = Property("id", "string", "Unique key: a CURIE, or a digest of the content.", required=True)
_NAME = word("name", "Preferred name.", indexed=True)
_SYNONYMS = texts("synonyms", "Other names, in the order of the source.")

STUDY = NodeKind(
    "Study",
    "One PubMed record, a report. Its abstract stays in the corpus store.",
    (
        _ID,
        word(
            "studyKey",
            "First trial registry id of the record, else the PMID; what is counted as one study.",
            indexed=True,
        ),
        word("title", "English title."),
        text("journal", "Journal, abbreviated as NLM does."),
        whole("year", "Year of publication; null where the record has none.", required=False, indexed=True),
        text("date", "Known part of the publication date: YYYY, YYYY-MM or YYYY-MM-DD."),
        text("datePrecision", "How much of the date the record gives.", "day", "month", "season", "year", "range"),
        text("volume", "Volume."),
        text("issue", "Issue."),
        text("pages", "Pages."),
        texts("authors", "First ten authors, in record order."),
        text("doi", "DOI, lower case.", indexed=True),
        text("pmcid", "PubMed Central id."),
        word("design", "Study design, machine-suggested; see docs/cli.md for the values.", indexed=True),
        word("designSource", "Where the design was read: publication type, mesh, text or none."),
        text("phase", "Trial phase: 1, 1/2, 2, 3 or 4."),
        whole("sampleSize", "Patients, where the text states a number.", required=False),
        texts("trialIds", "Trial registry ids of the record and its abstract."),
        texts("publicationTypes", "Publication types of the record."),
        text("language", "First language of the record, three letters."),
        word(
            "status", "State of the study; a retracted one keeps its place but counts nowhere.", *STATES, indexed=True
        ),
        text("statusDate", "ISO date since which the status holds, where known."),
        text("noticePmid", "PMID of the notice that gave it this status."),
        word("screening", "A reviewer's decision.", "none", "included", "excluded", indexed=True),
        word("url", "The record in PubMed."),
        word("contentHash", "Digest of the text that was mined."),
    ),
)

_SENTENCE = NodeKind(
    "Sentence",
    "A sentence of a study that carries evidence or a challenge.",
    (
        _ID,
        word("text", "The sentence as it stands in title or abstract."),
        text("section", "TITLE, the label of its abstract part, or null in an unlabelled abstract."),
        whole("position", "Order among the sentences kept of this study, from 0."),
        whole("start", "First code point in title + space + abstract."),
        whole("end", "Code point after the last."),
    ),
)

_CONCEPTS = (
    NodeKind(
        "Drug",
        "A substance, or a class of therapies (PARP inhibitor, platinum doublet, radiotherapy).",
        (
            _ID,
            _NAME,
            _SYNONYMS,
            word("kind", "One substance or a class.", "substance", "class"),
            flag("therapy", "Stands in the committed list of therapies."),
            flag("targeted", "Has a curated molecular target, a targeted stem or a targeted class."),
        ),
    ),
    NodeKind("Test", "A technology such as exome sequencing or a companion diagnostic.", (_ID, _NAME, _SYNONYMS)),
    NodeKind(
        "Gene",
        "A gene with its products, a gene family or a protein complex.",
        (
            _ID,
            text("symbol", "Official symbol; null for families and complexes.", indexed=True),
            _NAME,
            _SYNONYMS,
            word("kind", "What it is.", "gene", "family", "complex"),
        ),
    ),
    NodeKind(
        "Variant",
        "A variant, a fusion, a marker or a state of a gene (definitions: Variant).",
        (_ID, _NAME, text("hgvs", "HGVS-like part of the id, where it has one.")),
    ),
    NodeKind(
        "Disease",
        "A disease concept.",
        (_ID, _NAME, _SYNONYMS, flag("rare", "Lies in MONDO's rare branch."), flag("neoplasm", "Is a neoplasm.")),
    ),
    NodeKind(
        "Challenge",
        "A class of challenges to personalised medicine.",
        (
            _ID,
            _NAME,
            word("family", "economic, delivery, technical, societal or clinical.", indexed=True),
            word("definition", "What belongs to the class."),
        ),
    ),
)

CLAIM = NodeKind(
    "Claim",
    "What studies say about one combination of participants: kind, positive relation, participants.",
    (
        _ID,
        word("kind", "Kind of finding, or challenge.", indexed=True),
        word("relation", "Positive relation; hinders for a challenge.", indexed=True),
        word("statement", "The claim in words, always as a report."),
        whole("studyCount", "Distinct studyKeys with counted evidence, for or against."),
        whole("reportCount", "Distinct PMIDs with counted evidence, for or against."),
        whole("supportCount", "Distinct studyKeys with counted evidence that SUPPORTS it."),
        whole("contradictCount", "Distinct studyKeys with counted evidence that CONTRADICTS it."),
        whole("opposedCount", "Distinct studyKeys whose counted evidence SUPPORTS a claim this one OPPOSES."),
        whole(
            "synthesisCount", "Distinct studyKeys of unretracted reviews, meta-analyses and guidelines, for or against."
        ),
        whole("backgroundCount", "Distinct studyKeys, unretracted, with evidence that only CONSIDERS it."),
        whole("retractedCount", "Distinct studyKeys of retracted reports with evidence on it."),
        text(
            "bestLevel",
            "Best level of asserted, unretracted, supporting evidence, syntheses included.",
            *LEVELS,
            indexed=True,
        ),
        Property("conflictIndex", "float", "2 min(S, C) / (S + C) over studies for and against; null below 2 studies."),
        whole("firstYear", "Earliest year of asserted, unretracted evidence.", required=False),
        whole("lastYear", "Latest year of asserted, unretracted evidence.", required=False),
    ),
)

_EVIDENCE = NodeKind(
    "Evidence",
    "The findings of one study with the same kind, relation, polarity, participants and certainty.",
    (
        _ID,
        word("kind", "Kind of finding, or challenge.", indexed=True),
        word("relation", "The relation as the study states it; hinders for a challenge."),
        word(
            "polarity",
            "Of a finding: supports or does_not_support; of a challenge: barrier, overcome or absent.",
            "supports",
            "does_not_support",
            "barrier",
            "overcome",
            "absent",
        ),
        word("certainty", "How it is stated.", "asserted", "speculative", "aim", "background", indexed=True),
        word("subject", "Who or what was studied.", "patients", "animal", "cell_line", "in_silico", "unknown"),
        text("level", "Level, machine-suggested; null where the design or kind has none.", *LEVELS, indexed=True),
        texts("levelTrace", "How the level was reached, step by step."),
        Property("confidence", "float", "Highest confidence of its findings, 0 to 1.", required=True),
        word("diseaseFrom", "Where the disease was named.", "sentence", "title", "none"),
        text("effect", "The effect as the sentence states it."),
        texts("comparators", "Names of what the therapy was compared with."),
        texts("prior", "Names of earlier therapies."),
        word("review", "What a human judged.", "none", "confirmed", "corrected"),
    ),
)

_KEEPING = (
    NodeKind(
        "Run",
        "One load.",
        (
            _ID,
            word("startedAt", "ISO time, UTC."),
            word("finishedAt", "ISO time, UTC."),
            texts("versions", "Programs and vocabularies, as name=version."),
            texts("counts", "Rows written and deleted, as kind=number."),
        ),
        digested=False,
    ),
    NodeKind(
        "Release",
        "The state that queries answer from; written last.",
        (_ID, _NAME, word("createdAt", "ISO time, UTC."), word("graphDigest", "Canonical digest of the graph.")),
        digested=False,
    ),
    NodeKind(
        "SchemaVersion",
        "The schema this graph was written with.",
        (_ID, word("checksum", "Digest of the schema.")),
        digested=False,
    ),
    NodeKind(
        "Lease",
        "Which loader may write.",
        (_ID, word("holder", "Token of the loader's manifest."), text("until", "ISO time, UTC; null when free.")),
        digested=False,
    ),
)

NODES: dict[str, NodeKind] = {
    kind.label: kind
    for kind in (
        STUDY,
        _SENTENCE,
        *_CONCEPTS,
        CLAIM,
        _EVIDENCE,
        NodeKind("Search", "A saved search: the scope of a review.", (_ID, _NAME)),
        *_KEEPING,
    )
}

#: type of a concept -> its label
CONCEPT_LABELS = {
    "drug": "Drug",
    "test": "Test",
    "gene": "Gene",
    "variant": "Variant",
    "disease": "Disease",
    "challenge": "Challenge",
}

#: role of a participant -> (relation from the claim, label of the participant)
ROLES = {
    "drug": ("ABOUT_DRUG", "Drug"),
    "gene": ("ABOUT_GENE", "Gene"),
    "variant": ("ABOUT_VARIANT", "Variant"),
    "disease": ("ABOUT_DISEASE", "Disease"),
    "test": ("ABOUT_TEST", "Test"),
    "event": ("ABOUT_EVENT", "Disease"),
    "challenge": ("ABOUT_CHALLENGE", "Challenge"),
}

_SHORTCUT = (
    text("bestLevel", "Best level of that evidence.", *LEVELS),
    whole("evidenceCount", "Pieces of evidence."),
    texts("diseaseIds", "Diseases the evidence is about."),
)

RELATIONS: dict[str, RelationKind] = {
    kind.type: kind
    for kind in (
        RelationKind("PART_OF", "The study a sentence stands in.", (("Sentence", "Study"),)),
        RelationKind("VARIANT_OF", "The gene of a variant; a fusion has two.", (("Variant", "Gene"),)),
        RelationKind("FOUND", "The search returned the study.", (("Search", "Study"),), hub_start=True),
        RelationKind(
            "MENTIONS",
            "The study's title or abstract names the concept.",
            tuple(("Study", label) for label in ("Drug", "Gene", "Variant", "Disease", "Test")),
            (whole("count", "Mentions in title and abstract."), flag("inTitle", "Named in the title.")),
        ),
        RelationKind(
            "RAISES",
            "The study has sentences on the challenge, by stance.",
            (("Study", "Challenge"),),
            (
                whole("barrier", "Sentences that state it as existing."),
                whole("overcome", "Sentences that say it is reduced or solved."),
                whole("absent", "Sentences that looked for it and did not find it."),
            ),
        ),
        RelationKind("REPORTED_IN", "The study that reports the evidence.", (("Evidence", "Study"),)),
        RelationKind("QUOTES", "The sentences the evidence was read from.", (("Evidence", "Sentence"),)),
        RelationKind(
            "SUPPORTS", "Asserted evidence for the claim; of any study, also a retracted one.", (("Evidence", "Claim"),)
        ),
        RelationKind("CONTRADICTS", "Asserted evidence against the claim.", (("Evidence", "Claim"),)),
        RelationKind(
            "CONSIDERS",
            "Speculation, aim or background about the claim; a challenge said to be overcome. Enters no count.",
            (("Evidence", "Claim"),),
        ),
        RelationKind(
            "OPPOSES",
            "Same participants, relations that exclude each other; stored in one direction, read undirected.",
            (("Claim", "Claim"),),
        ),
        *(
            RelationKind(relation, f"A participant of the claim, in the role {role}.", (("Claim", label),))
            for role, (relation, label) in ROLES.items()
        ),
        RelationKind(
            "TARGETS",
            "Curated drug-target link.",
            (("Drug", "Gene"),),
            (texts("actions", "inhibits, activates, binds ..."), texts("sources", "Where the link was curated.")),
        ),
        RelationKind("IS_A", "Direct parent.", tuple((label, label) for label in ("Drug", "Gene", "Disease"))),
        RelationKind(
            "WITHIN",
            "Reflexive-transitive closure of IS_A: one hop reaches every ancestor and the concept itself.",
            tuple((label, label) for label in ("Disease", "Drug")),
        ),
        RelationKind(
            "ASSOCIATED_WITH",
            "Curated gene-disease pair; those of rare diseases are all loaded, studied or not.",
            (("Gene", "Disease"),),
            (texts("sources", "Where the pair was curated."),),
        ),
        RelationKind(
            "SUPPORTED_BY",
            "Counted evidence of the study supports benefit or sensitivity with this drug.",
            (("Drug", "Study"),),
            _SHORTCUT,
            hub_start=True,
        ),
        RelationKind(
            "CONTRADICTED_BY",
            "Its counted evidence contradicts benefit or sensitivity, or supports resistance or reduced sensitivity.",
            (("Drug", "Study"),),
            _SHORTCUT,
            hub_start=True,
        ),
        RelationKind(
            "HINDERED_BY",
            "The study, not retracted, states a barrier about it.",
            (("Drug", "Study"), ("Test", "Study")),
            (texts("classes", "Challenge ids."),),
            hub_start=True,
        ),
        *(
            RelationKind(relation, description, (("Study", "Study"),))
            for relation, description in (
                ("RETRACTED_BY", "The notice that retracts the study."),
                ("CORRECTED_BY", "The erratum or expression of concern on the study."),
                ("REPUBLISHED_AS", "The report that replaces the study."),
                ("COMMENTED_BY", "A comment on the study."),
            )
        ),
    )
}

#: kind -> pairs of positive relations that exclude each other; the OPPOSES edge runs from the first to the second
OPPOSES: dict[str, tuple[tuple[str, str], ...]] = {
    "predictive": (("sensitivity", "resistance"), ("sensitivity", "reduced_sensitivity")),
    "prognostic": (("better_outcome", "worse_outcome"),),
    "predisposing": (("increased_risk", "decreased_risk"),),
}
