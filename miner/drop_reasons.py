"""What each gate means, in one sentence: what annotate --explain says beside what was dropped."""

from collections.abc import Mapping

#: gate -> why what it stops is no mention, finding or challenge
REASONS: Mapping[str, str] = {
    # mentions, by the vocabulary
    "capitals in capitals": "a short code in a sentence printed in capitals",
    "capitals without a gene word": "capitals that are also a word, and no gene word stands beside them",
    "cell line": "the name of a cell line, or a word before 'cells'",
    "common word": "an ordinary word that the vocabulary also lists as a name",
    "date": "a date",
    "defined as something else": "the text defines this short form as something else",
    "inside a longer name": "a part of a longer name that was taken",
    "label": "the label of an arm, group, stage or figure",
    "laboratory method": "a laboratory method",
    "means something else here": "the words beside it say that it means something else",
    "residue": "an amino acid as a part of a protein's name",
    "short alias": "a short alias without a word beside it that shows what it means",
    "short lower-case alias": "a short word in small letters that is the alias of something with another name",
    "single letter": "a single letter",
    "spaced symbol": "a symbol written with a space, and no gene word stands beside it",
    "state of a gene": "read as a gene's state and a disease instead",
    "study jargon": "an abbreviation of statistics or of study reports",
    "unit": "a unit behind a number",
    "virus": "a word before 'virus'",
    # mentions, by a model
    "inside another mention": "across another span that the model is as sure of",
    "label without a type": "the model's label stands for none of our types; [recogniser] labels can give it one",
    "not in the vocabulary": "the model's label leaves the type open and the vocabulary does not name it",
    "not read as an entity": "the vocabulary lists it, but in this context the model reads no entity",
    "short and unsure": "a short word that no vocabulary names, and the model is not sure of it",
    "part of a variant": "the notation of a variant, which is a mention of its own",
    # findings
    "aim": "the aim of a study, not a result",
    "comparator only": "the therapy is only what the other one was compared with",
    "contradicting readings": "read as two opposite directions for the same participants",
    "endless sentence": "no sentence but a list or a table without stops",
    "methods section": "a sentence of the methods section",
    "could not be evaluated": "the study says that it could not tell",
    "narrower than the state": "the sentence is about particular mutations, the finding would be about any",
    "no direction word": "both are named, and no word of the sentence says what the therapy does",
    "no disease": "a benefit without a disease",
    "no marker": "neither a gene nor a variant",
    "no relation read": "both are named, and no rule reads a relation between them",
    "no therapy": "no drug",
    "not a therapy": "the drug is not among the therapies, nor a substance tried as one",
    "not significant": "the P value that the sentence prints is above .05",
    "prior therapy only": "the therapy is only what patients had before",
    "question": "a question, not an answer",
    "therapy not sure": "whether the named drug or the whole regimen is meant is not sure",
    # challenges
    "challenge unsure": "may state a challenge, but not surely enough",
}


def reason(gate: str) -> str:
    """Why a gate stops what it stops; "" for a gate without a sentence here."""
    return REASONS.get(gate, "")
