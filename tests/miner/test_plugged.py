"""A small spaCy model is trained and saved here, plain and as scispaCy's models are built, and plugged in."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.annotate_input import make_document
from miner.errors import MinerInputError
from miner.findings import Mention, MinedArticle
from miner.pipeline import Pipeline
from miner.plugged import PluggedRecogniser
from miner.sentences import split_sentences
from miner.spacy_model import FoundModel, LabelledRange, SpacyModel, find_model, kept_components, pieces
from tests.miner.small_model import train
from tests.miner.tiny import TinyTable, tiny_concepts


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "model"
    train(folder)
    return folder


@pytest.fixture(scope="module")
def scispacy_folder(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with scispaCy's components: its abbreviations, sentences, linker, and its tokeniser's callback."""
    import spacy
    from scispacy import abbreviation, custom_sentence_segmenter  # noqa: F401

    folder = tmp_path_factory.mktemp("scispacy") / "model"
    nlp = spacy.load(model_folder)
    nlp.add_pipe("abbreviation_detector")
    nlp.add_pipe("pysbd_sentencizer", first=True)
    nlp.to_disk(folder)
    config = (folder / "config.cfg").read_text(encoding="utf-8")
    config = config.replace('"abbreviation_detector"]', '"abbreviation_detector","scispacy_linker"]')
    config = config.replace(
        "[initialize.components]",
        '[initialize.before_init]\n@callbacks = "replace_tokenizer"\n\n[initialize.components]',
    )
    config = config.replace("before_init = null\n", "")
    config += '\n[components.scispacy_linker]\nfactory = "scispacy_linker"\nlinker_name = "umls"\n'
    (folder / "config.cfg").write_text(config, encoding="utf-8")
    assert "replace_tokenizer" in config
    return folder


def recogniser(folder: Path, labels: tuple[tuple[str, str], ...] = ()) -> PluggedRecogniser:
    return PluggedRecogniser(TinyTable(tiny_concepts()), SpacyModel(find_model(str(folder))), labels)


def mined(folder: Path, text: str, labels: tuple[tuple[str, str], ...] = ()) -> MinedArticle:
    return Pipeline(recogniser(folder, labels)).mine(make_document("1", "", text))


def seen(mentions: tuple[Mention, ...]) -> list[tuple[str, str, str | None]]:
    return [(m.text, m.type, m.concept_id) for m in mentions]


def test_finds_with_the_model_and_links_with_the_vocabulary(model_folder: Path) -> None:
    text = "gefitinib inhibits EGFR in lung cancer . zorbamine inhibits FOXQ9 in plague ."
    found = mined(model_folder, text).mentions
    assert seen(found) == [
        ("gefitinib", "drug", "UNII:S65743JHBS"),
        ("EGFR", "gene", "HGNC:3236"),
        ("lung cancer", "disease", "MONDO:0008903"),
        ("zorbamine", "drug", None),
        ("FOXQ9", "gene", None),
        ("plague", "disease", "MONDO:0100999"),
    ]
    assert all(text[m.start : m.end] == m.text for m in found)
    assert [m.score for m in found] == [0.98, 0.98, 0.98, 0.5, 0.5, 0.98]


def test_as_scispacys_models_are_built(scispacy_folder: Path, model_folder: Path) -> None:
    text = "gefitinib inhibits EGFR in lung cancer ."
    model = SpacyModel(find_model(str(scispacy_folder)))
    assert model.components == ("ner",)
    assert mined(scispacy_folder, text).mentions == mined(model_folder, text).mentions


@dataclass
class Fixed:
    """A model that finds what it was told, by surface."""

    found: dict[str, tuple[str, float | None]]
    digest: str = "fixed"

    def find(self, text: str, sentences: object) -> list[LabelledRange]:
        places = [(text.find(s), s, *said) for s, said in self.found.items() if s in text]
        return [LabelledRange(at, at + len(s), label, score) for at, s, label, score in sorted(places)]


def told(text: str, labels: tuple[tuple[str, str], ...] = (), **found: str) -> MinedArticle:
    """The text with what a model says of it; keys are surfaces, with _ for a space."""
    said = {surface.replace("_", " "): (label, None) for surface, label in found.items()}
    return Pipeline(PluggedRecogniser(TinyTable(tiny_concepts()), Fixed(said), labels)).mine(  # type: ignore[arg-type]
        make_document("1", "", text)
    )


def test_variants_and_tests_stay_ours() -> None:
    article = told("EGFR T790M was found by whole-exome sequencing.", EGFR_T790M="DNA", exome="ENTITY")
    assert seen(article.mentions) == [
        ("EGFR", "gene", "HGNC:3236"),
        ("T790M", "variant", "TGV:HGNC:3236:p.T790M"),
        ("whole-exome sequencing", "test", "TGT:WES"),
    ]
    assert ("not in the vocabulary", "model ENTITY") in [(d.gate, d.detail) for d in article.drops]


def test_a_span_that_is_a_variant_alone_is_left_to_the_notation() -> None:
    article = told("EGFR T790M was found.", T790M="GENE")
    assert [m.type for m in article.mentions] == ["variant"]
    assert ("part of a variant", "model GENE") in [(d.gate, d.detail) for d in article.drops]


@pytest.mark.parametrize(
    ("text", "surface", "label", "concept", "score"),
    [
        ("Levels of the human EGFR gene rose.", "the human EGFR gene", "Gene", "HGNC:3236", 0.98),
        ("Levels of egfr rose.", "egfr", "Gene", "HGNC:3236", 0.49),
        ("Levels of the egfr protein rose.", "the egfr protein", "PROTEIN", "HGNC:3236", 0.441),
        ("It was caused by WAS.", "WAS", "GENE", "HGNC:30009", 0.49),
        ("Spino-muscular pest.", "pest", "DISEASE", "MONDO:0100999", 0.392),
        ("Lung cancer (LC) and LC.", "LC", "DISEASE", "MONDO:0008903", 0.96),
        ("Control state regulator (CSR).", "CSR", "PROTEIN", None, 0.5),
        ("Levels of unheardof rose.", "unheardof", "PROTEIN", None, 0.5),
    ],
)
def test_links_exactly_normalised_and_by_abbreviation(
    text: str, surface: str, label: str, concept: str | None, score: float
) -> None:
    (mention,) = [m for m in told(text, **{surface.replace(" ", "_"): label}).mentions if m.text == surface]
    assert (mention.concept_id, mention.score) == (concept, score)


def test_a_label_without_a_type_takes_it_from_the_vocabulary_or_is_dropped() -> None:
    article = told("EGFR and the control in lung cancer.", EGFR="ENTITY", control="ENTITY", lung_cancer="ENTITY")
    assert seen(article.mentions) == [("EGFR", "gene", "HGNC:3236"), ("lung cancer", "disease", "MONDO:0008903")]
    assert [(d.gate, d.detail) for d in article.drops] == [("not in the vocabulary", "model ENTITY")]


def test_labels_are_the_users_to_extend() -> None:
    text = "We gave gefitinib in Paris."
    assert [(d.gate, d.detail) for d in told(text, gefitinib="MY_PILL", Paris="GPE").drops] == [
        ("label without a type", "model MY_PILL"),
        ("not read as an entity", "drug UNII:S65743JHBS"),
        ("label without a type", "model GPE"),
    ]
    found = told(text, (("my-pill", "drug"),), gefitinib="MY_PILL", Paris="GPE")
    assert seen(found.mentions) == [("gefitinib", "drug", "UNII:S65743JHBS")]
    with pytest.raises(MinerInputError, match="known: gene, drug, disease, test, any, none"):
        told(text, (("MY_PILL", "pill"),))


def test_a_score_of_the_model_counts_and_the_surer_of_two_spans_stays() -> None:
    model = Fixed({"unheardof": ("DRUG", 0.9), "of unheardof factor": ("GENE", 0.4)})
    pipeline = Pipeline(PluggedRecogniser(TinyTable(tiny_concepts()), model))  # type: ignore[arg-type]
    article = pipeline.mine(make_document("1", "", "Levels of unheardof factor."))
    assert [(m.text, m.type, m.score) for m in article.mentions] == [("unheardof", "drug", 0.9)]
    assert [d.gate for d in article.drops] == ["inside another mention"]


def test_the_model_its_labels_and_the_vocabulary_enter_the_digest(model_folder: Path, tmp_path: Path) -> None:
    one = recogniser(model_folder)
    assert recogniser(model_folder).digest == one.digest
    assert recogniser(model_folder, (("GPE", "disease"),)).digest != one.digest
    changed = tmp_path / "changed"
    shutil.copytree(model_folder, changed)
    assert recogniser(changed).digest == one.digest
    meta = json.loads((changed / "meta.json").read_text(encoding="utf-8"))
    (changed / "meta.json").write_text(json.dumps(meta | {"version": "9.9.9"}), encoding="utf-8")
    assert recogniser(changed).digest != one.digest
    assert Pipeline(recogniser(changed)).entity_digest != Pipeline(one).entity_digest


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("en_core_no_such_model", "no installed package and no folder"),
        ("no/such/folder", "no installed package and no folder"),
        ("json", "is no spaCy model"),
        ("", "is no spaCy model"),
    ],
)
def test_a_model_that_is_not_there_is_one_clear_error(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MinerInputError, match=said) as caught:
        find_model(name)
    assert f"recogniser spacy:{name}" in str(caught.value)
    assert "a model is code" in str(caught.value)


@pytest.mark.parametrize(
    ("config", "meta", "said"),
    [
        ("nonsense", "{}", "no configuration of a spaCy model"),
        ("[paths]\n", "{}", "no configuration of a spaCy model"),
        ('[nlp]\nlang = "en"\npipeline = []\n[components]\n', "[]", "is no JSON object"),
        ('[nlp]\nlang = "en"\npipeline = []\n[components]\n', "{}", "no component of it finds entities"),
        (
            '[nlp]\nlang = "en"\npipeline = ["x"]\n[components]\n[components.x]\nfactory = "not_registered"\n',
            "{}",
            "spaCy cannot load it",
        ),
    ],
)
def test_a_folder_that_is_no_usable_model_is_named(tmp_path: Path, config: str, meta: str, said: str) -> None:
    (tmp_path / "config.cfg").write_text(config, encoding="utf-8")
    (tmp_path / "meta.json").write_text(meta, encoding="utf-8")
    with pytest.raises(MinerInputError, match=said) as caught:
        SpacyModel(FoundModel("x", tmp_path))
    assert "\n" not in str(caught.value)


def config(**factories: dict[str, object]) -> dict[str, object]:
    components = {name: {"factory": name, **more} for name, more in factories.items()}
    return {"nlp": {"pipeline": list(components)}, "components": components}


def test_only_what_finds_entities_runs() -> None:
    listener = {"model": {"tok2vec": {"@architectures": "spacy.Tok2VecListener.v1"}}}
    usual = ("tagger", "attribute_ruler", "lemmatizer", "parser")
    own = config(tok2vec={}, **dict.fromkeys(usual, listener), ner={})
    assert kept_components(own) == ["ner"]
    shared = config(tok2vec={}, **dict.fromkeys(usual, listener), ner=listener)
    assert kept_components(shared) == ["tok2vec", "ner"]
    reading = config(tok2vec={}, tagger=listener, ner={"model": {"embed": {"attrs": ["NORM", "POS"]}}})
    assert kept_components(reading) == ["tok2vec", "tagger", "ner"]
    assert kept_components(config(tagger={}, entity_ruler={})) == ["tagger", "entity_ruler"]
    assert kept_components(config(tagger={}, their_own={}, textcat={})) == ["tagger", "their_own"]


@given(st.text(alphabet="ab. \n", max_size=60), st.integers(1, 20))
def test_pieces_cover_the_text_once(text: str, longest: int) -> None:
    found = list(pieces(text, split_sentences(text), longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= longest for start, end in found)


def test_a_long_text_is_read_in_pieces_with_the_same_offsets(model_folder: Path) -> None:
    text = "gefitinib inhibits EGFR in lung cancer . " * 400
    found = [m for m in recogniser(model_folder).recognise(text, split_sentences(text)).mentions if m.type == "gene"]
    assert len(found) == 400
    assert all(text[m.start : m.end] == "EGFR" for m in found)


def test_a_span_categoriser_brings_its_own_scores(tmp_path: Path) -> None:
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("spancat", config={"spans_key": "found", "threshold": 0.2}).add_label("GENE")
    doc = nlp.make_doc("EGFR was found")
    gold = Example.from_dict(doc, {"spans": {"found": [(0, 4, "GENE")]}})
    optimiser = nlp.initialize(lambda: [gold])
    for _ in range(40):
        nlp.update([gold], sgd=optimiser)
    nlp.to_disk(tmp_path / "model")
    text = "EGFR was found"
    ranges = SpacyModel(find_model(str(tmp_path / "model"))).find(text, split_sentences(text))
    assert [(r.start, r.end, r.label) for r in ranges] == [(0, 4, "GENE")]
    assert ranges[0].score is not None
    assert 0.2 <= ranges[0].score <= 1
