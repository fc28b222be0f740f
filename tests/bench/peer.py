"""Child process: a spaCy pipeline of the shape of scispaCy's small model, with scispaCy's own components behind it.

Sizes are those of en_core_sci_sm: one encoder (96 wide, 4 deep) for tagger and parser, one for the entity recogniser,
state models 128 wide, scispaCy's tokeniser. The weights are random, which costs what trained ones cost, except that
they decide how many entities the linker is asked about: two scores are set so that there are as many as the caller
says, of two words on average. Sentences come out shorter than real ones; nothing behind the parser reads them.

scispaCy 0.6.2 does not build its nearest-neighbour index as installed. It asks for a scipy older than the running one
for the sake of 16-bit vectors on disk, which nothing here writes, and it forgets letter triples of fewer than ten
names, which a small table cannot spare.
"""

import argparse
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import WARM, answer, measure, one_core
from tests.bench.texts import read_abstracts

if TYPE_CHECKING:
    from spacy.language import Language

ALIASES = 5_000
DEPENDENCIES = 45
TAGS = 50
SEED = 0
#: words of an entity, on average
LENGTH = 2.0
#: of the index when it is searched: what scispaCy sets when it loads one
EF_SEARCH = 200
_HALVINGS = 12


def tok2vec(rows: dict[str, int]) -> dict[str, Any]:
    """An encoder over the given token attributes."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": list(rows),
            "rows": list(rows.values()),
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def state_model(kind: str, encoder: dict[str, Any]) -> dict[str, Any]:
    """A transition model over an encoder."""
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 128,
        "maxout_pieces": 3,
        "use_upper": True,
        "nO": None,
        "tok2vec": encoder,
    }


def blank() -> "Language":
    """The pipeline with random weights."""
    import numpy as np
    import spacy
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from thinc.api import fix_random_seed

    fix_random_seed(SEED)
    nlp = spacy.blank("en")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    shared = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500, "SPACY": 50, "IS_SPACE": 50}
    own = {"NORM": 5000, "PREFIX": 2500, "SUFFIX": 2500, "SHAPE": 2500, "SPACY": 100}
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe("tok2vec", config={"model": tok2vec(shared)})
    tagger: Any = nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": listener}}
    )
    parser: Any = nlp.add_pipe("parser", config={"model": state_model("parser", listener)})
    ner: Any = nlp.add_pipe("ner", config={"model": state_model("ner", tok2vec(own))})
    for number in range(TAGS):
        tagger.add_label(f"T{number}")
    for number in range(DEPENDENCIES):
        parser.add_label(f"d{number}")
    ner.add_label("ENTITY")
    nlp.initialize()
    # spaCy starts the last layer with zeros, so that the first allowed action would always win
    random = np.random.default_rng(SEED)
    for pipe in (parser, ner):
        upper = pipe.model.get_ref("upper")
        shape = upper.get_param("W").shape
        upper.set_param("W", random.normal(0, 0.1, shape).astype("float32"))
    return nlp


def settle(nlp: "Language", texts: Sequence[str], wanted: float) -> None:
    """Set two scores of the entity recogniser so that texts have about `wanted` entities of LENGTH words."""
    ner = nlp.get_pipe("ner")
    parsed = list(nlp.pipe(texts, disable=["ner"]))

    def lengths() -> list[int]:
        return [len(entity) for doc in (ner(doc.copy()) for doc in parsed) for entity in doc.ents]

    for _ in range(2):
        _halve(ner, "B-ENTITY", lambda: sum(found := lengths()) < LENGTH * len(found))
        _halve(ner, "O", lambda: len(lengths()) > wanted * len(parsed))


def _halve(pipe: Any, action: str, too_low: Callable[[], bool]) -> None:
    """Close in on the score of an action where too_low turns false."""
    upper = pipe.model.get_ref("upper")
    bias = upper.get_param("b").copy()
    index = [pipe.moves.get_class_name(number) for number in range(len(bias))].index(action)
    low, high = -20.0, 20.0
    for _ in range(_HALVINGS):
        bias[index] = (low + high) / 2
        upper.set_param("b", bias)
        low, high = (bias[index], high) if too_low() else (low, bias[index])


def alias_table() -> list[dict[str, Any]]:
    """ALIASES names of genes, drugs and diseases of our vocabulary, the same for the same vocabulary."""
    from miner.vocabulary_files import concept_rows

    names: dict[str, tuple[str, str]] = {}
    for row in concept_rows():
        if row.type in ("gene", "drug", "disease"):
            for name in (row.name, *(name for name, _ in row.names)):
                names.setdefault(name, (row.id, row.type))
    chosen = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())[:ALIASES]
    entities: dict[str, dict[str, Any]] = {}
    for name in chosen:
        id_, type_ = names[name]
        entity = {"concept_id": id_, "canonical_name": name, "aliases": [], "types": [type_]}
        entities.setdefault(id_, entity)["aliases"].append(name)
    return list(entities.values())


def build(folder: Path, abstracts: Path, mentions: float) -> None:
    """Write model, alias table and index into a folder; none of it is timed."""
    from scispacy import candidate_generation as made
    from scispacy.linking_utils import KnowledgeBase
    from sklearn.feature_extraction.text import TfidfVectorizer

    nlp = blank()
    settle(nlp, [d.text for d in read_abstracts(abstracts)][:WARM], mentions)
    nlp.to_disk(folder / "model")
    table = "\n".join(json.dumps(entity) for entity in alias_table())
    (folder / "kb.jsonl").write_text(table + "\n", encoding="utf-8")
    made.scipy_supports_sparse_float16 = lambda: True
    made.TfidfVectorizer = lambda **options: TfidfVectorizer(**{**options, "min_df": 1})
    aliases, vectorizer, index = made.create_tfidf_ann_index(None, KnowledgeBase(str(folder / "kb.jsonl")))
    index.saveIndex(str(folder / "index.bin"))
    (folder / "names.pickle").write_bytes(pickle.dumps((aliases, vectorizer)))
    answer({"aliases": len(aliases), "digest": hashlib.sha256(table.encode()).hexdigest()[:12]})


def linker(folder: Path) -> Any:
    """scispaCy's linker over the index that build wrote."""
    import nmslib
    from scispacy.candidate_generation import CandidateGenerator
    from scispacy.linking import EntityLinker
    from scispacy.linking_utils import KnowledgeBase

    aliases, vectorizer = pickle.loads((folder / "names.pickle").read_bytes())
    index = nmslib.init(method="hnsw", space="cosinesimil_sparse", data_type=nmslib.DataType.SPARSE_VECTOR)
    index.addDataPointBatch(vectorizer.transform(aliases))
    index.loadIndex(str(folder / "index.bin"))
    index.setQueryTimeParams({"efSearch": EF_SEARCH})
    generator = CandidateGenerator(index, vectorizer, aliases, KnowledgeBase(str(folder / "kb.jsonl")))
    return EntityLinker(candidate_generator=generator, filter_for_definitions=False)


def open_reader(folder: Path) -> Callable[[Sequence[str]], Iterator[int]]:
    """The whole pipeline: texts -> entities of each."""
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401  its import registers the factory
    from scispacy.custom_tokenizer import combined_rule_tokenizer
    from spacy.language import Language

    nlp = spacy.load(folder / "model")
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    Language.component("bench_linker", func=linker(folder))
    nlp.add_pipe("abbreviation_detector")
    nlp.add_pipe("bench_linker")
    return lambda texts: (len(doc.ents) for doc in nlp.pipe(texts))


def main() -> None:
    """Build, or answer with the reading."""
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=("build", "read"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--mentions", type=float, default=13.0, help="entities a text")
    options = parser.parse_args()
    if options.action == "build":
        build(options.folder, options.abstracts, options.mentions)
        return
    one_core()
    texts = [d.text for d in read_abstracts(options.abstracts)]
    name = "spaCy + scispaCy, small model's shape"
    answer(measure(name, lambda: open_reader(options.folder), texts[WARM:], texts[:WARM]))


if __name__ == "__main__":
    main()
