"""Every stage on the complete 20,788-record file, once cold and once more."""

import resource
import sys
import tempfile
from pathlib import Path

from tests.bench.commands import THERAGRAPH, Timing, timed
from tests.fetch import pubmed_file, pubmed_parser_folder

PEER = """
import sys
sys.path.insert(0, sys.argv[1])
import pubmed_parser
print(sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[2], year_info_only=False, nlm_category=True)))
"""


def run() -> int:
    """Run every stage once cold and once more; 1 when a command failed."""
    file = pubmed_file()
    timings: list[Timing] = []
    with tempfile.TemporaryDirectory(prefix="theragraph-bench-") as name:
        folder = Path(name)
        own = [*THERAGRAPH, "--home", str(folder / "home"), "--quiet"]
        steps: list[tuple[str, list[str]]] = [
            ("theragraph --help", [*THERAGRAPH, "--help"]),
            ("pubmed-parser 0.5.1, parse alone", [sys.executable, "-c", PEER, str(pubmed_parser_folder()), str(file)]),
            ("harvest files (with full-text index)", [*own, "harvest", "files", str(file)]),
            ("harvest files, again", [*own, "harvest", "files", str(file)]),
            ("mine, one worker", [*own, "mine", "--workers", "1"]),
            ("mine, again", [*own, "mine"]),
            ("load, embedded engine", [*own, "load"]),
            ("load, again", [*own, "load"]),
            ("stop", [*own, "stop"]),
            ("demo", [*THERAGRAPH, "demo"]),
            ("stop demo", [*THERAGRAPH, "--home", "theragraph-demo", "stop"]),
        ]
        for title, command in steps:
            timings.append(timed(title, command, folder))
    print(f"own peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return int(any(timing.code for timing in timings))
