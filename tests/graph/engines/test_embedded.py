"""The life of the embedded server: started once, shared, found again, ended; and one clear error when it cannot run."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from graph.engines import EngineDiskFull, EngineStoreError, EngineUnavailable, EngineVersionChanged
from graph.engines import embedded as module
from graph.engines.embedded import EmbeddedEngine, discard_embedded, embedded_status, open_embedded, stop_embedded
from graph.engines.process import same_process
from graph.engines.state import ServerState, read_state, write_state
from graph.engines.watcher import in_use

STUDIES = "UNWIND $rows AS r MERGE (s:Study {id: r.id}) RETURN count(*) AS n"
COUNT = "MATCH (s:Study) RETURN count(s) AS n"
ROOT = Path(__file__).parents[3]

#: a command of its own: opens the folder given, adds a study, says which server it used
COMMAND = """
import sys
from pathlib import Path
from graph.engines import EngineError
from graph.engines.embedded import embedded_status, open_embedded
try:
    engine = open_embedded(Path(sys.argv[1]), heap=sys.argv[3])
    engine.write([("UNWIND $rows AS r MERGE (s:Study {id: r.id}) RETURN count(*) AS n", [{"id": sys.argv[2]}])])
    print(embedded_status(Path(sys.argv[1])).pid, flush=True)
except EngineError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A graph folder whose server ends with the test."""
    path = tmp_path / "my home" / "graph"
    yield path
    stop_embedded(path)


def command(folder: Path, study: str, *, then: str = "", heap: str = "256m", **popen: object) -> subprocess.Popen[str]:
    """Start a command of its own on the folder."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND + then, str(folder), study, heap],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **popen,  # type: ignore[call-overload]
    )


def state_of(folder: Path) -> ServerState:
    """What the state file says."""
    state = read_state(folder)
    assert state is not None
    return state


def studies(engine: EmbeddedEngine) -> int:
    """Studies in the graph."""
    ((number,),) = engine.read(COUNT).rows
    return int(number)


def test_open_write_close_open(folder: Path) -> None:
    """The plainest use: the server stays, the second open finds it, `stop` ends it, the data is there again."""
    engine = open_embedded(folder, heap="256m")
    engine.write([(STUDIES, [{"id": "PMID:1"}])])
    engine.close()
    first = embedded_status(folder)
    engine = open_embedded(folder)
    assert (first.running, embedded_status(folder).pid) == (True, first.pid)
    engine.close()
    assert stop_embedded(folder)
    assert not stop_embedded(folder)
    assert not embedded_status(folder).running
    assert embedded_status(folder).size > 0
    engine = open_embedded(folder, heap="256m")
    assert studies(engine) == 1
    engine.close()


def test_secrets_stay_with_their_owner(folder: Path) -> None:
    """The state file is private, command lines and representations carry no password, and each start has new ones."""
    open_embedded(folder, heap="256m").close()
    state = state_of(folder)
    assert stat.S_IMODE((folder / "server.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "config" / "server-users.jsonl").stat().st_mode) == 0o600
    spoken = [*psutil.Process(state.pid).cmdline(), *psutil.Process(state.watcher_pid).cmdline(), repr(state)]
    kept = [path.read_text(errors="replace") for path in folder.glob("**/*.json*") if path.name != "server.json"]
    for secret in (state.root, state.reader):
        assert len(secret) >= 32
        assert not any(secret in text for text in [*spoken, *kept])
    stop_embedded(folder)
    open_embedded(folder, heap="256m").close()
    assert {state_of(folder).root, state_of(folder).reader}.isdisjoint({state.root, state.reader})


def test_two_shells_at_once_share_one_server(folder: Path) -> None:
    """Situation 1: both start on an empty folder; one starts the server, the other finds it."""
    shells = [command(folder, study) for study in ("PMID:1", "PMID:2")]
    answers = [shell.communicate(timeout=120) for shell in shells]
    assert [shell.returncode for shell in shells] == [0, 0], answers
    assert answers[0][0] == answers[1][0]
    engine = open_embedded(folder)
    assert studies(engine) == 2
    engine.close()


def test_the_command_that_started_it_is_killed(folder: Path) -> None:
    """Situation 2: kill -9 of the command and its group leaves the server, its watcher and the data."""
    shell = command(folder, "PMID:1", then="\nimport time; time.sleep(600)")
    assert shell.stdout is not None
    pid = int(shell.stdout.readline())
    os.killpg(shell.pid, signal.SIGKILL)
    shell.communicate(timeout=30)
    engine = open_embedded(folder)
    assert studies(engine) == 1
    assert state_of(folder).pid == pid
    assert same_process(state_of(folder).watcher_pid, state_of(folder).watcher_started) is not None
    engine.close()


def test_a_state_from_before_a_restart_of_the_machine(folder: Path) -> None:
    """Situation 3: the state file names a process that is another one now, and a port that is closed."""
    engine = open_embedded(folder, heap="256m")
    engine.write([(STUDIES, [{"id": "PMID:1"}])])
    engine.close()
    old = state_of(folder)
    psutil.Process(old.pid).kill()
    psutil.Process(old.pid).wait(30)
    write_state(folder, replace(old, pid=os.getpid(), started=old.started - 86_400))
    assert not embedded_status(folder).running
    engine = open_embedded(folder, heap="256m")
    assert studies(engine) == 1
    assert state_of(folder).pid not in (old.pid, os.getpid())
    engine.close()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"pid": 1}', None], ids=["empty", "cut", "list", "old", "gone"])
def test_a_damaged_state_file_is_no_state(tmp_path: Path, damage: str | None) -> None:
    """Nobody is trusted because of it, and nobody is killed."""
    if damage is not None:
        (tmp_path / "server.json").write_text(damage)
    assert read_state(tmp_path) is None
    assert not embedded_status(tmp_path).running


def test_a_server_without_a_state_file_is_replaced(folder: Path) -> None:
    """A command killed between starting the server and writing the state leaves a server that holds the store."""
    engine = open_embedded(folder, heap="256m")
    engine.write([(STUDIES, [{"id": "PMID:1"}])])
    engine.close()
    orphan = psutil.Process(state_of(folder).pid)
    (folder / "server.json").unlink()
    engine = open_embedded(folder, heap="256m")
    assert studies(engine) == 1
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE
    engine.close()


def test_a_server_that_dies_under_an_open_engine(folder: Path) -> None:
    """Reads and writes find a new one; what was acknowledged is there."""
    engine = open_embedded(folder, heap="256m")
    for study in ("PMID:1", "PMID:2"):
        engine.write([(STUDIES, [{"id": study}])])
        psutil.Process(state_of(folder).pid).kill()
    assert studies(engine) == 2
    engine.close()


def test_no_terminal(folder: Path) -> None:
    """Situation 5, as cron runs it: own session, no input, hardly any environment, another working folder."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, str(folder), "PMID:1", "256m"],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        start_new_session=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_four_gigabytes_are_enough(folder: Path) -> None:
    """Situation 6: with 4 GB of address space the default heap starts and works."""
    shell = command(folder, "PMID:1", heap="1g", preexec_fn=lambda: _limit(resource.RLIMIT_AS, 4 << 30))
    answer = shell.communicate(timeout=120)
    assert shell.returncode == 0, answer


def test_too_little_memory_is_one_clear_error(folder: Path) -> None:
    """A heap that does not fit is named, with what to do."""
    shell = command(folder, "PMID:1", heap="4g", preexec_fn=lambda: _limit(resource.RLIMIT_AS, 3 << 30))
    _, said = shell.communicate(timeout=120)
    assert shell.returncode == 1
    assert said.startswith("EngineUnavailable: the embedded server got too little memory")
    assert "embedded.heap" in said
    assert not embedded_status(folder).running


def _limit(kind: int, amount: int) -> None:
    resource.setrlimit(kind, (amount, amount))


def test_a_full_disk_is_said_and_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Situation 4, without a disk to fill: too little space left stops a write and a start; then all goes on."""
    engine = open_embedded(folder, heap="256m")
    engine.write([(STUDIES, [{"id": "PMID:1"}])])
    monkeypatch.setattr("shutil.disk_usage", lambda path: _Usage(1_000_000))
    with pytest.raises(EngineDiskFull, match="1 MB left"):
        engine.write([(STUDIES, [{"id": "PMID:2"}])])
    engine.close()
    stop_embedded(folder)
    with pytest.raises(EngineDiskFull, match="Free some space"):
        open_embedded(folder)
    monkeypatch.undo()
    engine = open_embedded(folder, heap="256m")
    assert studies(engine) == 1
    engine.close()


@dataclass(frozen=True)
class _Usage:
    free: int


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """One clear error that names the folder."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EngineStoreError, match="cannot be written"):
        open_embedded(tmp_path / "file" / "graph")


def test_another_engine_version_asks_for_a_rebuild(folder: Path) -> None:
    """The store is left alone until somebody says so; then it is empty."""
    engine = open_embedded(folder, heap="256m")
    engine.write([(STUDIES, [{"id": "PMID:1"}])])
    engine.close()
    stop_embedded(folder)
    (folder / "engine.json").write_text(json.dumps({"engine": "arcadedb", "version": "25.1.1"}))
    with pytest.raises(EngineVersionChanged, match="load --rebuild") as raised:
        open_embedded(folder)
    assert raised.value.found == "25.1.1"
    discard_embedded(folder)
    engine = open_embedded(folder, heap="256m")
    assert studies(engine) == 0
    engine.close()


def test_a_platform_without_the_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel does not exist, the error says where it does and what to use instead."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EngineUnavailable, match=r"glibc 2\.34.*--engine neo4j"):
        open_embedded(tmp_path / "graph")
    assert not (tmp_path / "graph").exists()
    assert embedded_status(tmp_path / "graph").installed_version is None


def test_nobody_connected_ends_it(folder: Path) -> None:
    """The watcher ends an idle server, and never one with a connection."""
    engine = open_embedded(folder, heap="256m", idle_s=0.5)
    studies(engine)
    server = psutil.Process(engine._state.pid)
    assert in_use(server, engine._state.port)
    with pytest.raises(psutil.TimeoutExpired):
        server.wait(2.0)
    engine.close()
    server.wait(60)
    assert not embedded_status(folder).running


def test_asking_changes_nothing(tmp_path: Path) -> None:
    """Status and stop of a folder that is not there do not make one."""
    assert not embedded_status(tmp_path / "graph").running
    assert not stop_embedded(tmp_path / "graph")
    discard_embedded(tmp_path / "graph")
    assert list(tmp_path.iterdir()) == []
    assert module.__all__ == sorted(module.__all__)
