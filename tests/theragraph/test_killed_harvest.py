"""kill -9 between the requests of a harvest, then the same command: the store is as undisturbed.

Mining and loading are killed in make soak, where starting them over and over may take its time.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.world import World, news, world
from tests.pubmed_service.faults import Fault

COMMANDS = {"search": ("harvest", "search", "lung[tiab]", "--save", "lung"), "updates": ("harvest", "updates")}
#: the request at which it dies, having stored what those before it brought
MOMENTS = {
    "search": ("esearch.fcgi", "efetch.fcgi", "efetch.fcgi"),
    "updates": ("updatefiles/", "n1335.xml.gz", "n1336.xml.gz"),
}

#: the command with pages of one record, as the tests' own process has them
RUN = "import sys, corpus.entrez; corpus.entrez._PAGE = 1; from theragraph.cli import main; main(sys.argv[1:])"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, world(Path("none"), tmp_path, patch) as place:
        patch.setattr("corpus.entrez._PAGE", 1)
        news(place.service)
        yield place


@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_harvest_ends_as_if_nothing_had_happened(name: str, home: World, tmp_path: Path) -> None:
    for number, service in enumerate(MOMENTS[name]):
        fault = Fault("right", service, after=int(number == 2 and name == "search"))
        killed(home, fault, *COMMANDS[name])
        home.service.faults.clear()
    assert home.command(*COMMANDS[name]).code == 0
    disturbed = home.digest()
    home.home = tmp_path / "undisturbed"
    assert home.command(*COMMANDS[name]).code == 0
    assert home.digest() == disturbed
    assert sorted(home.records()) == [1, 3, 4]


def killed(home: World, fault: Fault, *command: str) -> None:
    """Run a command in a process of its own, which dies when the fault strikes."""
    arguments = [sys.executable, "-c", RUN, "--home", str(home.home), *command]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    fault.does = lambda: os.kill(process.pid, signal.SIGKILL)
    home.service.faults.append(fault)
    assert process.wait(60) == -signal.SIGKILL
