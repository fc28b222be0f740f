"""A disk that really runs full under a load: a small file system of our own, hence as root on Linux only."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines import EngineDiskFull, GraphEngine
from graph.engines.embedded import open_embedded, stop_embedded

STUDIES = "UNWIND $rows AS r MERGE (s:Study {id: r.id}) SET s.title = r.title RETURN count(*) AS n"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux"
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(place)], check=True)
    yield place
    stop_embedded(place / "graph")
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("guarded", [True, False], ids=["checked before", "full in the middle"])
def test_what_was_acknowledged_survives(disk: Path, guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The load stops with one clear error; with more space the same folder goes on from the acknowledged rows."""
    engine = open_embedded(disk / "graph", heap="512m")
    if not guarded:
        monkeypatch.setattr("graph.engines.embedded.MIN_FREE_BYTES", 3_000_000)
    acknowledged, error = _fill(engine)
    assert "Free some space" in str(error)
    engine.close()
    assert acknowledged > 10_000
    subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
    engine = open_embedded(disk / "graph", heap="512m")
    found = engine.read("MATCH (s:Study) RETURN count(s) AS n, count(DISTINCT s.id) AS d").rows
    assert found == ((acknowledged, acknowledged),)
    engine.write([(STUDIES, [{"id": "PMID:last", "title": "y"}])])
    engine.close()


def _fill(engine: GraphEngine) -> tuple[int, EngineDiskFull]:
    acknowledged = 0
    for number in range(1_000):
        rows = [{"id": f"PMID:{number}-{row}", "title": "x" * 2_000} for row in range(500)]
        try:
            (counts,) = engine.write([(STUDIES, rows)])
        except EngineDiskFull as error:
            return acknowledged, error
        acknowledged += counts.matched
    raise AssertionError("the disk never ran full")
