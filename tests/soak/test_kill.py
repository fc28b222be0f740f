"""kill -9 at random moments of every stage, then the same command: the digests are those of an undisturbed run."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.sample import sample_path

STAGES = {"harvest": ["harvest", "files", str(sample_path())], "mine": ["mine", "--workers", "2"], "load": ["load"]}
#: of each stage; 51 in all
MOMENTS = 17
COMMAND = [sys.executable, "-m", "theragraph"]


def finish(home: Path, *arguments: str) -> str:
    """Run a command to its end; what it printed."""
    ended = subprocess.run([*COMMAND, "--home", str(home), *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def digests(home: Path) -> dict[str, str]:
    """Digest of every stage."""
    facts = json.loads(finish(home, "status", "--format", "json"))
    return {stage: facts[stage]["digest"] for stage in ("corpus", "mining", "graph")}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], dict[str, float]]]:
    """Digests of a home where nothing was killed, and the seconds each stage took."""
    home = tmp_path_factory.mktemp("undisturbed")
    seconds = {}
    for stage, arguments in STAGES.items():
        start = time.monotonic()
        finish(home, *arguments)
        seconds[stage] = time.monotonic() - start
    yield digests(home), seconds
    finish(home, "stop")


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_stage_ends_as_if_nothing_had_happened(
    stage: str, tmp_path: Path, undisturbed: tuple[dict[str, str], dict[str, float]]
) -> None:
    expected, seconds = undisturbed
    moments = random.Random(20261124)
    for name, arguments in STAGES.items():
        for _ in range(MOMENTS if name == stage else 0):
            process = subprocess.Popen(
                [*COMMAND, "--home", str(tmp_path), *arguments],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            time.sleep(moments.uniform(0.3, 0.9) * seconds[name])
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        finish(tmp_path, *arguments)
    assert digests(tmp_path) == expected
    finish(tmp_path, "stop")
