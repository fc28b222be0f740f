"""PubMed XML files on this machine: which there are, in which order NLM means them, and their bytes."""

import hashlib
import io
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from corpus.errors import CorpusError, MissingPathError

#: NLM's names, before 2018 with "medline"; must not match the .md5 beside a file.
_NLM_NAME = re.compile(r"(?:pubmed|medline)(\d{2})n(\d{4,5})\.xml(?:\.gz)?")
_GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A PubMed XML file; year and number are NLM's production year and file number, 0 for any other name."""

    path: Path
    year: int = 0
    number: int = 0


def local_files(paths: Iterable[Path]) -> tuple[tuple[LocalFile, ...], tuple[CorpusError, ...]]:
    """The files behind paths (folders: their .xml and .xml.gz, not deeper), each once, and what is missing.

    NLM's files come first, by (production year, file number), never by date; the others by name after.
    """
    found: dict[Path, LocalFile] = {}
    missing: list[CorpusError] = []
    for path in paths:
        try:
            files = _in_folder(path) if path.is_dir() else [path]
        except OSError as error:
            missing.append(MissingPathError(path, f"cannot be read ({error.strerror})"))
            continue
        if path.is_dir() and not files:
            missing.append(MissingPathError(path, "no .xml or .xml.gz file in this folder"))
        for file in files:
            if file.exists():
                found.setdefault(file.resolve(), local_file(file))
            else:
                missing.append(MissingPathError(file, "no such file or folder"))
    return tuple(sorted(found.values(), key=_order)), tuple(missing)


def local_file(path: Path) -> LocalFile:
    """The file with the place that its name gives it among NLM's files."""
    match = _NLM_NAME.fullmatch(path.name)
    return LocalFile(path, int(match[1]), int(match[2])) if match else LocalFile(path)


def open_pubmed(path: Path) -> BinaryIO:
    """The file's bytes, gunzipped where it is gzipped, whatever its name says; raises MissingPathError."""
    try:
        raw = path.open("rb")
        magic = raw.read(2)
        raw.seek(0)
    except OSError as error:
        raise MissingPathError(path, f"cannot be read ({error.strerror})") from None
    # no BufferedReader around it: that one drops what it has read when the next read fails
    return cast(BinaryIO, _Gunzip(raw)) if magic == _GZIP_MAGIC else raw


def sha256_of(path: Path) -> str:
    """Digest of the file as it lies on disk; raises MissingPathError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MissingPathError(path, f"cannot be read ({error.strerror})") from None


def _in_folder(folder: Path) -> list[Path]:
    return [p for p in folder.iterdir() if p.is_file() and p.name.endswith((".xml", ".xml.gz"))]


def _order(file: LocalFile) -> tuple[bool, int, int, str, str]:
    return (file.year == 0, file.year, file.number, file.path.name, str(file.path))


class _Gunzip(io.RawIOBase):
    """Gunzipped bytes that end in EOFError or zlib.error only after every byte before the damage.

    gzip.GzipFile throws the last block away with the error, which costs good records.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._member = zlib.decompressobj(wbits=31)
        self._ready = b""
        self._input = b""
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._raw.close()
        super().close()

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            if self._error is not None:
                raise self._error
            if not self._refill():
                return 0
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _refill(self) -> bool:
        self._input = self._input or self._raw.read(_CHUNK)
        if self._member.eof:
            self._input = self._input.lstrip(b"\0")
            if not self._input:
                return False
            self._member = zlib.decompressobj(wbits=31)
        elif not self._input:
            self._error = EOFError("it ends before its end mark")
            return True
        before = self._member.copy()
        try:
            self._ready = self._member.decompress(self._input)
            self._input = self._member.unused_data
        except zlib.error as error:
            self._ready = _up_to_damage(before, self._input)
            self._error = error
        return True


def _up_to_damage(member: "zlib._Decompress", data: bytes) -> bytes:
    whole = bytearray()
    try:
        for at in range(len(data)):
            whole += member.decompress(data[at : at + 1])
    except zlib.error:
        pass
    return bytes(whole)
