"""A spaCy recogniser of genes, chemicals and cancers, small enough to be trained within a test."""

from collections.abc import Iterator
from pathlib import Path

GENES = ["EGFR", "KRAS", "BRCA1", "ALK", "BRAF", "PTEN", "egfr gene", "FOXQ9", "ADAM17", "SCARA3"]
DRUGS = ["gefitinib", "osimertinib", "bevacizumab", "zorbamine", "Iressa", "GEFITINIB"]
DISEASES = ["lung cancer", "breast cancer", "prostate cancer", "plague", "multiple sclerosis"]
TEMPLATES = ["{d} inhibits {g} in {s} .", "{g} was found in {s} .", "Treatment of {s} with {d} .", "We gave {d} ."]


def examples() -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Sentences with their entities, every name in every place."""
    names = (("{g}", "GENE_OR_GENE_PRODUCT", GENES), ("{d}", "Chemical", DRUGS), ("{s}", "CANCER", DISEASES))
    for turn in range(30):
        text, spans = TEMPLATES[turn % len(TEMPLATES)], []
        for place, label, values in names:
            at = text.find(place)
            if at >= 0:
                value = values[turn % len(values)]
                spans = [(s + (len(value) - 3) * (s > at), e + (len(value) - 3) * (s > at), n) for s, e, n in spans]
                text = text.replace(place, value)
                spans.append((at, at + len(value), label))
        yield text, spans


def train(folder: Path) -> None:
    """A small recogniser, trained for a second or two."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    spoken = list(examples())
    for _, spans in spoken:
        for _, _, label in spans:
            ner.add_label(label)
    gold = [Example.from_dict(nlp.make_doc(text), {"entities": spans}) for text, spans in spoken]
    optimiser = nlp.initialize(lambda: gold)
    for _ in range(25):
        nlp.update(gold, sgd=optimiser, drop=0.0)
    nlp.to_disk(folder)
