"""What is installed, reachable, shadowed or missing here, and how to mend it."""

import importlib.util
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from theragraph.session import Session
from theragraph.settings import Settings

STAGES = ("corpus", "miner", "graph", "queries")
DEPENDENCIES = (
    "spacy",
    "scispacy",
    "neo4j",
    "neo4j-rust-ext",
    "arcadedb-embedded",
    "daachorse",
    "requests",
    "networkx",
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    found: str
    #: what to do, "" when nothing is wrong
    advice: str = ""


def examine(session: Session) -> Iterator[Check]:
    """Every check, cheapest first; starts nothing and reads no network but a configured Neo4j."""
    settings = session.settings
    supported = (3, 11) <= sys.version_info[:2] < (3, 13)
    yield Check("python", supported, platform.python_version(), "" if supported else "use Python 3.11 or 3.12")
    yield from _dependencies()
    yield from _shadowed()
    yield from _folders(settings)
    yield _embedded(settings)
    if settings.engine == "neo4j":
        yield _neo4j(session)


def _dependencies() -> Iterator[Check]:
    for name in DEPENDENCIES:
        try:
            yield Check(name, True, version(name))
        except PackageNotFoundError:
            yield Check(name, False, "missing", "reinstall: pip install --force-reinstall theragraph")


def _shadowed() -> Iterator[Check]:
    """The stage folders are top-level names: another distribution with the same name would shadow them."""
    home = Path(__file__).resolve().parent.parent
    for name in STAGES:
        spec = importlib.util.find_spec(name)
        place = Path(spec.origin).resolve().parent.parent if spec and spec.origin else None
        ok = place == home
        advice = (
            "" if ok else f"another package named {name} comes first; install theragraph in an environment of its own"
        )
        yield Check(f"package {name}", ok, "ours" if ok else str(place), advice)


def _folders(settings: Settings) -> Iterator[Check]:
    existing = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    yield Check("home", True, str(settings.home))
    yield Check("disk", free > 1 << 30, f"{free / (1 << 30):.1f} GiB free", "" if free > 1 << 30 else "free some space")
    yield Check("settings", True, str(settings.config or "defaults (no theragraph.toml found)"))


def _embedded(settings: Settings) -> Check:
    from graph.engines.embedded import embedded_status

    status = embedded_status(settings.graph_folder)
    if status.installed_version is None:
        return Check("embedded engine", False, "not installed", "use a platform with glibc >= 2.34, or --engine neo4j")
    stale = status.store_version not in (None, status.installed_version)
    state = f"{status.installed_version}, {'running' if status.running else 'stopped'}"
    return Check("embedded engine", not stale, state, "run `theragraph load --rebuild`" if stale else "")


def _neo4j(session: Session) -> Check:
    from graph.engines.errors import EngineError

    try:
        with session.engine() as engine:
            return Check("neo4j", True, f"{engine.info.version} at {engine.info.uri}")
    except EngineError as error:
        return Check("neo4j", False, "unreachable", str(error))
