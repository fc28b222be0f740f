"""Which Neo4j lines the tests know, and the Java on this machine that runs each."""

import functools
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One Neo4j version that is tested, and the Java versions it runs on, best first."""

    version: str
    javas: tuple[int, ...]
    main: str
    flags: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


LINES = (
    Line("5.26.29", (17, 21), "org.neo4j.server.CommunityEntryPoint"),
    Line(
        "2026.09.0",
        (25,),
        "org.neo4j.server.Neo4jCommunity",
        ("--sun-misc-unsafe-memory-access=allow",),
        ("db.query.default_language=CYPHER_25",),
    ),
)


def java_for(line: Line) -> Path | None:
    """The java program that runs a line, or None."""
    found = installed_javas()
    return next((found[version] for version in line.javas if version in found), None)


def not_run(line: Line) -> str:
    """Why a line is left out, for the terminal."""
    versions = " or ".join(str(version) for version in line.javas)
    return f"Neo4j {line.version} is not run: no Java {versions} on this machine"


@functools.cache
def installed_javas() -> dict[int, Path]:
    """Major version -> java program, from JAVA_HOME, the PATH and /usr/lib/jvm; the first of a version wins."""
    places = [Path(home) / "bin" / "java" for home in (os.environ.get("JAVA_HOME"),) if home]
    places += [Path(found) for found in (shutil.which("java"),) if found]
    places += sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    found: dict[int, Path] = {}
    for place in places:
        version = _major(place)
        if version is not None:
            found.setdefault(version, place)
    return found


def _major(java: Path) -> int | None:
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30)
    except OSError:
        return None
    match = re.search(r'version "(\d+)', done.stderr)
    return int(match[1]) if match else None
