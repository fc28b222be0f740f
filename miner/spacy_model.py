"""Loads a spaCy or scispaCy model that the user installed, with no more of it than finds entities.

Such a model is code: an installed package runs when it is imported. Nothing is loaded that the user did not name.
"""

import hashlib
import importlib
import json
import logging
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miner.errors import MinerInputError
from miner.findings import digest
from miner.sentences import Sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: how a recogniser of this kind is named: spacy:MODEL
PREFIX = "spacy:"
#: components that find entities
_FINDERS = frozenset(("ner", "beam_ner", "entity_ruler", "span_ruler", "spancat", "spancat_singlelabel"))
_RULERS = frozenset(("entity_ruler", "span_ruler"))
#: components that describe tokens; left out unless what finds entities reads what they write
_DESCRIBERS = frozenset(
    ("tagger", "morphologizer", "parser", "lemmatizer", "trainable_lemmatizer", "attribute_ruler", "senter",
     "sentencizer", "pysbd_sentencizer"),
)  # fmt: skip
#: shared layers; left out unless a component that stays listens to them
_SHARED = frozenset(("tok2vec", "transformer", "curated_transformer"))
#: components that come after the entities; scispaCy's linker would download its knowledge base
_BEHIND = frozenset(
    ("scispacy_linker", "abbreviation_detector", "hyponym_detector", "entity_linker", "textcat",
     "textcat_multilabel"),
)  # fmt: skip
#: scispaCy registers its components and callbacks when these modules are imported, not by entry points
_SCISPACY = {"pysbd_sentencizer": "custom_sentence_segmenter", "replace_tokenizer": "base_project_code"}
_DESCRIPTIONS = re.compile(r'"(?:POS|TAG|DEP|LEMMA|MORPH|SENT_START)"')
_TRUST = (
    "a model is code that runs with your rights, so install only what you trust, with pip into the environment of "
    "theragraph, or name the folder that spaCy's to_disk wrote"
)
#: longest piece of a text that is given to a model at once, in code points; abstracts have some 1,500
_PIECE = 10_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LabelledRange:
    """What a model finds; score is None where the model gives none."""

    start: int
    end: int
    label: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class FoundModel:
    """A model on disk, not loaded yet."""

    name: str
    #: folder of config.cfg
    data: Path
    #: name of the package to import; "" for a plain folder
    package: str = ""


def find_model(name: str) -> FoundModel:
    """The model of this package name or folder; runs nothing of it.

    Raises:
        MinerInputError: there is none, or it is no spaCy model.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return FoundModel(name, _data_folder(name, folder))
    package = name.replace("-", "_")
    spec = find_spec(package) if package.isidentifier() else None
    if spec is None or not spec.origin:
        raise _unusable(name, f"there is no installed package and no folder of this name; {_TRUST}")
    return FoundModel(name, _data_folder(name, Path(spec.origin).parent), package)


def _data_folder(name: str, folder: Path) -> Path:
    """The folder itself, or the one inside a package that carries the version in its name."""
    found = next((path.parent for path in (folder / "config.cfg", *sorted(folder.glob("*/config.cfg")))
                  if path.is_file() and path.with_name("meta.json").is_file()), None)  # fmt: skip
    if found is None:
        raise _unusable(name, f"{folder} is no spaCy model (it holds no config.cfg and meta.json); {_TRUST}")
    return found


class SpacyModel:
    """A loaded model; its digest changes with any file of it and with the version of spaCy."""

    def __init__(self, found: FoundModel) -> None:

        self.name = found.name
        self.digest = digest("spacy", version("spacy"), _card(found), _content(found.data))
        config = _config(found)
        kept = kept_components(config)
        if not any(_factory(config, name) in _FINDERS or name in _custom(config) for name in kept):
            listed = ", ".join(config["nlp"]["pipeline"]) or "none"
            raise _unusable(found.name, f"no component of it finds entities; its components: {listed}")
        self._nlp = _load(found, config, kept)
        self._keys = [config["components"][n].get("spans_key", "sc") for n in kept if _is_spancat(config, n)]

    @property
    def components(self) -> tuple[str, ...]:
        """Names of the components that run."""
        return tuple(self._nlp.pipe_names)

    def find(self, text: str, sentences: Sequence[Sentence]) -> list[LabelledRange]:
        """What the model finds, by place; long texts are read in pieces of whole sentences."""
        found: set[LabelledRange] = set()
        for start, end in pieces(text, sentences):
            doc = self._nlp(text[start:end])
            found.update(self._ranges(doc, start))
        return sorted(found, key=lambda r: (r.start, r.end, r.label, r.score or 0.0))

    def _ranges(self, doc: "Doc", offset: int) -> Iterator[LabelledRange]:
        for span in doc.ents:
            yield LabelledRange(offset + span.start_char, offset + span.end_char, span.label_)
        for key in self._keys:
            group = doc.spans.get(key, [])
            scores = getattr(group, "attrs", {}).get("scores", [None] * len(group))
            for span, score in zip(group, scores, strict=True):
                value = None if score is None else round(float(score), 3)
                yield LabelledRange(offset + span.start_char, offset + span.end_char, span.label_, value)


def kept_components(config: Mapping[str, Any]) -> list[str]:
    """Names of the components that entities depend on, in order.

    A ruler, a component of the model's own code, and a network that is fed with parts of speech may read what
    describes the tokens; then that stays.
    """
    components = config["components"]
    names = [name for name in config["nlp"]["pipeline"] if _factory(config, name) not in _BEHIND]
    described = _custom(config) or any(
        _factory(config, name) in _RULERS or _DESCRIPTIONS.search(json.dumps(components[name], default=str))
        for name in names
        if _factory(config, name) in _FINDERS | _SHARED
    )
    kept = [
        n for n in names if _factory(config, n) not in _SHARED and (described or _factory(config, n) not in _DESCRIBERS)
    ]
    listens = any("Listener" in json.dumps(components[name], default=str) for name in kept)
    return [n for n in names if n in kept or (listens and _factory(config, n) in _SHARED)]


def pieces(text: str, sentences: Sequence[Sentence], longest: int = _PIECE) -> Iterator[tuple[int, int]]:
    """Consecutive ranges that cover the text, cut between sentences, or anywhere in a sentence that is too long."""
    ends = [sentence.end for sentence in sentences]
    start = 0
    while len(text) - start > longest:
        index = bisect_right(ends, start + longest) - 1
        end = ends[index] if index >= 0 and ends[index] > start else start + longest
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _factory(config: Mapping[str, Any], name: str) -> str:
    return str(config["components"].get(name, {}).get("factory", name))


def _custom(config: Mapping[str, Any]) -> set[str]:
    """Components that neither spaCy nor scispaCy brings: nobody knows what they read or find."""
    known = _FINDERS | _DESCRIBERS | _SHARED | _BEHIND
    return {name for name in config["nlp"]["pipeline"] if _factory(config, name) not in known}


def _is_spancat(config: Mapping[str, Any], name: str) -> bool:
    return _factory(config, name).startswith("spancat") or _factory(config, name) == "span_ruler"


def _config(found: FoundModel) -> dict[str, Any]:
    from spacy.util import load_config

    try:
        config = load_config(found.data / "config.cfg")
        config["nlp"]["pipeline"], config["components"]
    except (KeyError, ValueError) as error:
        raise _unusable(found.name, f"{found.data / 'config.cfg'} is no configuration of a spaCy model") from error
    return config


def _card(found: FoundModel) -> list[str]:
    """Name and version as the model states them."""
    try:
        meta = json.loads((found.data / "meta.json").read_text(encoding="utf-8"))
        return [str(meta.get(key, "")) for key in ("lang", "name", "version")]
    except (ValueError, AttributeError) as error:
        raise _unusable(found.name, f"{found.data / 'meta.json'} is no JSON object") from error


def _content(folder: Path) -> str:
    """Digest of every file, since weights can change while name and version stay."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:32]


def _load(found: FoundModel, config: Mapping[str, Any], kept: Sequence[str]) -> "Language":
    from spacy.util import load_model_from_package, load_model_from_path

    left_out = [name for name in config["nlp"]["pipeline"] if name not in kept]
    _import_scispacy({_factory(config, name) for name in kept}, json.dumps(config, default=str))
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            if found.package:
                nlp = load_model_from_package(found.package, exclude=left_out)
            else:
                nlp = load_model_from_path(found.data, exclude=left_out)
    except Exception as error:
        # a model is foreign code and may raise anything
        reason = str(error).strip().split("\n")[0]
        raise _unusable(
            found.name,
            f"spaCy cannot load it ({type(error).__name__}: {reason}); it may have been made for another version",
        ) from error
    for warning in said:
        _log.warning("%s: %s", found.name, warning.message)
    nlp.max_length = max(nlp.max_length, _PIECE)
    return nlp


def _import_scispacy(factories: set[str], config: str) -> None:
    for name, module in _SCISPACY.items():
        if name in factories or f'"{name}"' in config:
            importlib.import_module(f"scispacy.{module}")


def _unusable(name: str, reason: str) -> MinerInputError:
    return MinerInputError(f"recogniser {PREFIX}{name}", reason)
