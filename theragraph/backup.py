"""The precious stores in one file, and back: corpus.db and decisions.db, each copied as it stands at one moment."""

import json
import os
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from corpus.files import sha256_of
from theragraph.exits import StoreFailure, UsageFailure
from theragraph.settings import Settings

#: of the backup file: one zip with both stores as they lie on disk, and this description of them
FORMAT = 1
_DESCRIPTION = "theragraph-backup.json"
_CORPUS, _DECISIONS = "corpus.db", "decisions.db"
#: pages of a store hold packed records and texts of keys: more effort gains nothing
_EFFORT = 1


@dataclass(frozen=True, slots=True)
class Copied:
    """One store of a backup."""

    name: str
    size: int
    sha256: str


def back_up(settings: Settings, file: Path, *, force: bool) -> list[Copied]:
    """Write both stores to a file, whole or not at all; other commands may write meanwhile.

    Raises UsageFailure and StoreFailure.
    """
    stores = precious_stores(settings)
    if file.exists() and not force:
        raise UsageFailure(f"{file} exists; add --force to replace it")
    if not file.parent.is_dir():
        raise UsageFailure(f"the folder {file.parent} does not exist; make it first")
    with _beside(file) as folder:
        copies = [_copy(path, folder / path.name) for path in stores]
        archive = folder / "archive"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as packed:
            for copied in copies:
                packed.write(folder / copied.name, copied.name)
            packed.writestr(_DESCRIPTION, json.dumps(_description(copies), indent=2))
        _settle(archive, file)
    return copies


def precious_stores(settings: Settings) -> list[Path]:
    """The stores that nothing can rebuild; raises UsageFailure where there is none."""
    stores = [path for path in (settings.corpus_db, settings.decisions_db) if path.exists()]
    if not stores:
        raise UsageFailure(f"there is no corpus in {settings.home}; name another folder with --home")
    return stores


def restore(settings: Settings, file: Path) -> list[Copied]:
    """Put both stores into an empty home, checked; nothing of it stays when something is wrong.

    An interrupted restore goes on. Raises UsageFailure and StoreFailure, and the stores' own errors.
    """
    with _opened(file) as packed:
        copies = _described(packed, file)
        _empty(settings, {x.name: x.sha256 for x in copies})
        with _beside(settings.corpus_db) as folder:
            for copied in copies:
                _unpack(packed, copied, folder / copied.name, file)
            for copied in copies:
                if problems := list(store_problems(folder / copied.name)):
                    raise StoreFailure(f"{file}: its {copied.name} is damaged ({problems[0]}); use another backup")
            # corpus.db makes a home a home: it comes last
            for name in sorted((x.name for x in copies), reverse=True):
                _settle(folder / name, settings.home / name)
    return copies


def store_problems(path: Path) -> Iterator[str]:
    """What is wrong with a precious store; brings one of an older version up to date. Raises StoreError."""
    if path.name == _CORPUS:
        from corpus.store import CorpusStore

        with CorpusStore.open(path) as corpus:
            yield from corpus.problems()
        return
    from miner.decisions import DecisionStore

    yield from _sqlite_problems(path)
    DecisionStore.open(path).close()


def _copy(path: Path, target: Path) -> Copied:
    """A copy of a database as it stands at one moment, by SQLite's online backup; checked."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30.0)) as source:
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
            problems = list(_sqlite_problems(target))
    except sqlite3.Error as error:
        raise StoreFailure(
            f"{path} cannot be copied ({error}); `theragraph corpus check` tells whether it is damaged"
        ) from error
    if problems:
        raise StoreFailure(f"{path} is damaged ({problems[0]}); nothing was written, an older backup stays as it is")
    return Copied(path.name, target.stat().st_size, sha256_of(target))


def _sqlite_problems(path: Path) -> Iterator[str]:
    try:
        with closing(sqlite3.connect(path, timeout=30.0)) as connection:
            rows = connection.execute("PRAGMA integrity_check").fetchall()
    except sqlite3.DatabaseError as error:
        yield f"SQLite: {error}"
        return
    yield from (f"SQLite: {row[0]}" for row in rows if row[0] != "ok")


def _description(copies: list[Copied]) -> dict[str, Any]:
    stores = {x.name: {"size": x.size, "sha256": x.sha256} for x in copies}
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return {"format": FORMAT, "program": f"theragraph {version('theragraph')}", "made": made, "stores": stores}


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    if not file.is_file():
        raise UsageFailure(f"the file {file} does not exist; name a file that `theragraph corpus backup` wrote")
    try:
        with zipfile.ZipFile(file) as packed:
            yield packed
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise StoreFailure(f"{file} is no backup of theragraph, or it is damaged ({error}); use another one") from error


def _described(packed: zipfile.ZipFile, file: Path) -> list[Copied]:
    try:
        said = json.loads(packed.read(_DESCRIPTION))
        made_by, stores = said["format"], said["stores"]
        found = [name for name in (_CORPUS, _DECISIONS) if name in stores]
        copies = [Copied(name, stores[name]["size"], stores[name]["sha256"]) for name in found]
    except (KeyError, TypeError, ValueError) as error:
        raise UsageFailure(f"{file} is no backup of theragraph; name a file that `corpus backup` wrote") from error
    if made_by != FORMAT:
        raise StoreFailure(f"{file} has the backup format {made_by}, this version reads {FORMAT}; upgrade theragraph")
    return copies


def _empty(settings: Settings, wanted: dict[str, str]) -> None:
    """Raises UsageFailure unless the home is empty, or holds a part of this very backup."""
    home = settings.home
    there = [settings.corpus_db, settings.decisions_db, settings.findings_db, settings.history_db]
    there += [settings.graph_folder, *sorted(home.glob("manifest-*.db"))]
    found = [path for path in there if path.exists()]
    if any(not path.is_file() or wanted.get(path.name) != sha256_of(path) for path in found):
        names = ", ".join(path.name for path in found)
        raise UsageFailure(f"{home} is not empty ({names}); restore into a new one, named with --home")


def _unpack(packed: zipfile.ZipFile, copied: Copied, target: Path, file: Path) -> None:
    if copied.name in packed.namelist():
        with packed.open(copied.name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
    if not target.exists() or sha256_of(target) != copied.sha256:
        raise StoreFailure(f"{file}: its {copied.name} is missing or damaged; use another backup")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A folder on the same disk that goes away."""
    try:
        folder = Path(mkdtemp(prefix=f".{file.name}.", dir=file.parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or error
        raise StoreFailure(f"{file} cannot be written ({reason}); what was there before stays as it was") from error


def _settle(made: Path, file: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the old one or the new one."""
    with made.open("rb+") as stream:
        os.fsync(stream.fileno())
    made.replace(file)
    if os.name == "posix":
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
