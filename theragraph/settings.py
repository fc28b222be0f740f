"""Settings, read once: flags over environment over the nearest theragraph.toml."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

EngineName = Literal["embedded", "neo4j"]
#: what finds entities without a model of the user's
RECOGNISERS = ("model", "dictionary")
CONFIG_NAME = "theragraph.toml"


class SettingsError(ValueError):
    """A setting that cannot be used; the message names the place and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. TOML tables and keys join to the field name: [neo4j] uri is neo4j_uri."""

    home: Path
    #: the file that was read; None when there is none
    config: Path | None = None
    engine: EngineName = "embedded"
    #: heap of the embedded server, as Java writes it
    embedded_heap: str = "1g"
    neo4j_uri: str = "bolt://127.0.0.1:7687"
    neo4j_user: str = "neo4j"
    neo4j_password: str = ""
    neo4j_database: str = "neo4j"
    #: 0 = one process a core
    mining_workers: int = 0
    #: findings from this confidence become evidence: of those that readers judged .90 are right then, and 2 % of the
    #: right ones are lost (miner/models/findings.md); challenges from this score
    load_finding_confidence: float = 0.6
    load_challenge_score: float = 0.0
    #: and from which score a class of a challenge hinders what it is about
    load_hindrance_score: float = 0.5
    vocabulary_extra: tuple[Path, ...] = ()
    #: what finds entities: one of RECOGNISERS, or spacy: and the package name or folder of a model
    recogniser_name: str = "model"
    #: (label of a spaCy model, what it stands for)
    recogniser_labels: tuple[tuple[str, str], ...] = ()
    ncbi_email: str = ""
    #: where E-utilities and NLM's files are asked for: a proxy, a mirror, a service for tests
    ncbi_eutils_url: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
    ncbi_files_url: str = "https://ftp.ncbi.nlm.nih.gov/pubmed/"
    ncbi_api_key: str = ""
    #: a file with the key and nothing else, for those who keep secrets out of settings and environment
    ncbi_api_key_file: Path | None = None
    cache: Path = Path()

    def __repr__(self) -> str:
        """Without secrets: settings end up in logs and bug reports."""
        shown = {f.name: getattr(self, f.name) for f in fields(self)}
        for secret in ("neo4j_password", "ncbi_api_key"):
            shown[secret] = "***" if shown[secret] else ""
        return f"Settings({shown})"

    @property
    def corpus_db(self) -> Path:
        """The article store; precious."""
        return self.home / "corpus.db"

    @property
    def findings_db(self) -> Path:
        """What was mined; rebuildable."""
        return self.home / "findings.db"

    @property
    def decisions_db(self) -> Path:
        """Human judgements; precious."""
        return self.home / "decisions.db"

    @property
    def graph_folder(self) -> Path:
        """The embedded graph; rebuildable."""
        return self.home / "graph"

    @property
    def history_db(self) -> Path:
        """What claims said at each release."""
        return self.home / "history.db"

    @property
    def lock_file(self) -> Path:
        """Held by every command that writes."""
        return self.home / "lock"


#: TOML key -> field; the environment's names are THERAGRAPH_ plus the field name in capitals
KEYS: Mapping[str, str] = {
    "engine": "engine",
    "embedded.heap": "embedded_heap",
    "neo4j.uri": "neo4j_uri",
    "neo4j.user": "neo4j_user",
    "neo4j.password": "neo4j_password",
    "neo4j.database": "neo4j_database",
    "mining.workers": "mining_workers",
    "load.finding_confidence": "load_finding_confidence",
    "load.challenge_score": "load_challenge_score",
    "load.hindrance_score": "load_hindrance_score",
    "vocabulary.extra": "vocabulary_extra",
    "recogniser.name": "recogniser_name",
    "recogniser.labels": "recogniser_labels",
    "ncbi.email": "ncbi_email",
    "ncbi.eutils_url": "ncbi_eutils_url",
    "ncbi.files_url": "ncbi_files_url",
    "ncbi.api_key": "ncbi_api_key",
    "ncbi.api_key_file": "ncbi_api_key_file",
}

#: environment names of other tools that are honoured; Neo4j's count only with engine neo4j
FOREIGN_ENVIRONMENT: Mapping[str, str] = {
    "NCBI_API_KEY": "ncbi_api_key",
    "NEO4J_URI": "neo4j_uri",
    "NEO4J_USERNAME": "neo4j_user",
    "NEO4J_PASSWORD": "neo4j_password",
    "NEO4J_DATABASE": "neo4j_database",
}


def read_settings(
    *,
    home: Path | None = None,
    config: Path | None = None,
    engine: str | None = None,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Settings:
    """The settings in force; raises SettingsError for an unknown key or a value of the wrong kind."""
    environment = os.environ if environment is None else environment
    cwd = cwd or Path.cwd()
    path = config or (home / CONFIG_NAME if home and (home / CONFIG_NAME).exists() else _nearest(cwd))
    if config and not config.is_file():
        raise SettingsError(f"the settings file {config} does not exist; leave --config out or name one that does")
    values = _from_file(path) if path else {}
    values |= {name: environment[f"THERAGRAPH_{name.upper()}"] for name in KEYS.values() if _given(environment, name)}
    if engine is not None:
        values["engine"] = engine
    for variable, name in FOREIGN_ENVIRONMENT.items():
        allowed = name.startswith("ncbi") or values.get("engine") == "neo4j"
        if allowed and environment.get(variable) and not _given(environment, name):
            values[name] = environment[variable]
    base = Settings(
        home=(home or _named_home(environment) or _default_home(path)).expanduser().absolute(),
        config=path,
        cache=Path(platformdirs.user_cache_dir("theragraph")),
    )
    settings = replace(base, **{name: _converted(name, value, path) for name, value in values.items()})
    if settings.ncbi_api_key or settings.ncbi_api_key_file is None:
        return settings
    return replace(settings, ncbi_api_key=_key_in(settings.ncbi_api_key_file))


def _key_in(file: Path) -> str:
    try:
        key = file.expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"ncbi.api_key_file {file} cannot be read ({type(error).__name__})") from None
    if not key or len(key.split()) > 1:
        raise SettingsError(f"ncbi.api_key_file {file} must hold the key and nothing else")
    return key


def _given(environment: Mapping[str, str], name: str) -> bool:
    return bool(environment.get(f"THERAGRAPH_{name.upper()}"))


def _named_home(environment: Mapping[str, str]) -> Path | None:
    named = environment.get("THERAGRAPH_HOME")
    return Path(named) if named else None


def _default_home(config: Path | None) -> Path:
    return config.parent if config else Path(platformdirs.user_data_dir("theragraph"))


def _nearest(folder: Path) -> Path | None:
    """The settings file of the folder or of its nearest parent."""
    for parent in (folder, *folder.parents):
        if (parent / CONFIG_NAME).is_file():
            return parent / CONFIG_NAME
    return None


def _from_file(path: Path) -> dict[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}") from error
    values: dict[str, Any] = {}
    for key, value in _flat(document):
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known keys: {', '.join(sorted(KEYS))}"
            raise SettingsError(f"{path}: unknown setting {key}{hint}")
        values[KEYS[key]] = value
    return values


def _flat(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in document.items():
        flat += [(f"{key}.{k}", v) for k, v in value.items()] if isinstance(value, dict) else [(key, value)]
    return flat


def _converted(name: str, value: Any, config: Path | None) -> Any:
    """The value in the field's type."""
    if name == "engine" and value not in get_args(EngineName):
        raise SettingsError(f"unknown engine {value!r}; known: {', '.join(get_args(EngineName))}")
    if name == "mining_workers":
        return _workers(value)
    if name in ("load_finding_confidence", "load_challenge_score", "load_hindrance_score"):
        return _probability(name.replace("_", ".", 1), value)
    if name == "vocabulary_extra":
        folder = config.parent if config else Path.cwd()
        named = [value] if isinstance(value, str) else list(value)
        return tuple(folder / path for path in named)
    if name == "ncbi_api_key_file":
        return (config.parent if config else Path.cwd()) / str(value)
    if name == "recogniser_labels":
        return _labels(value)
    if not isinstance(value, str):
        raise SettingsError(f"{name} is {value!r}; it must be text")
    if name == "recogniser_name":
        return recogniser_name(value, config.parent if config else Path.cwd())
    return value


def _workers(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise SettingsError(f"mining.workers is {value!r}; it must be a whole number, 0 for one process a core")
    return number


def _probability(key: str, value: Any) -> float:
    try:
        number = -1.0 if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise SettingsError(f"{key} is {value!r}; it must be a number from 0 to 1, 0 to load everything")
    return number


def recogniser_name(value: str, folder: Path) -> str:
    """The recogniser of this name; a model's folder is looked for from the given one."""
    kind, colon, model = value.partition(":")
    if value not in RECOGNISERS and not (kind == "spacy" and colon and model):
        raise SettingsError(f"unknown recogniser {value!r}; known: {', '.join(RECOGNISERS)}, spacy:MODEL")
    return f"spacy:{folder / model}" if colon and (folder / model).is_dir() else value


def _labels(value: Any) -> tuple[tuple[str, str], ...]:
    """Pairs of a TOML table, or of the environment's LABEL=type,LABEL=type; the recogniser knows the types."""
    if isinstance(value, str):
        value = dict(part.partition("=")[::2] for part in value.split(",") if part.strip())
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        raise SettingsError('recogniser.labels must be a table such as { MY_LABEL = "gene" }')
    return tuple(sorted((label.strip(), meaning.strip()) for label, meaning in value.items()))
