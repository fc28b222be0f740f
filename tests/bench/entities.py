"""Our recognisers and a pipeline of scispaCy's small shape on the same abstracts, each on one core, in turn."""

import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.measure import WARM, ChildFailed, Reading, child, reading
from tests.bench.ours import DEFAULT
from tests.bench.texts import read_abstracts, words_each, write_abstracts

OURS, DICTIONARY, PEER = DEFAULT, "dictionary", "peer"


def run(count: int, rounds: int, weights: Path | None = None) -> int:
    """Print the tables; 1 when a child broke off."""
    with tempfile.TemporaryDirectory(prefix="theragraph-bench-") as name:
        try:
            _run(Path(name), count, rounds, weights)
        except ChildFailed as error:
            print(error)
            return 1
    return 0


def _run(folder: Path, count: int, rounds: int, weights: Path | None) -> None:
    abstracts = folder / "abstracts.jsonl"
    write_abstracts(abstracts, count + WARM)
    own = ("--weights", weights) if weights else ()
    # also makes the vocabulary cache, once an installation: no part of any start, and too much memory for this process,
    # whose size the system would report for every later child
    first = reading("tests.bench.ours", OURS, abstracts, *own)
    peer = child("tests.bench.peer", "build", folder, abstracts, "--mentions", first.mentions / first.documents)
    words = words_each(read_abstracts(abstracts)[WARM:])
    print(
        f"\nentities: {count} abstracts, {words:.0f} words each; one core, one thread, a new process each time; "
        f"median of {rounds} (lowest to highest)"
    )
    print(f"peer: random weights, linker over {peer['aliases']} aliases ({peer['digest']})")
    taken: dict[str, list[Reading]] = {OURS: [], DICTIONARY: [], PEER: []}
    for _ in range(rounds):
        taken[OURS].append(reading("tests.bench.ours", OURS, abstracts, *own))
        taken[DICTIONARY].append(reading("tests.bench.ours", DICTIONARY, abstracts))
        taken[PEER].append(reading("tests.bench.peer", "read", folder, abstracts))
    print(f"{'':<44} {'a second, CPU':>20} {'a second, wall':>20} {'start':>8} {'peak':>9} {'entities each':>14}")
    for readings in taken.values():
        print(_line(readings), flush=True)
    for name in (OURS, DICTIONARY):
        print(_ratio(name, taken[name], taken[PEER]), flush=True)
    _components(child("tests.bench.components", abstracts, *own))


def _line(readings: Sequence[Reading]) -> str:
    """A row of the table."""
    last = readings[-1]
    return (
        f"{last.name:<44} {_spread(readings, lambda r: r.documents / r.cpu):>20} "
        f"{_spread(readings, lambda r: r.documents / r.wall):>20} "
        f"{statistics.median(r.start for r in readings):6.2f} s {max(r.megabytes for r in readings):6.0f} MB "
        f"{last.mentions / last.documents:14.1f}"
    )


def _spread(readings: Sequence[Reading], rate: Callable[[Reading], float]) -> str:
    rates = sorted(map(rate, readings))
    return f"{statistics.median(rates):.1f} ({rates[0]:.1f}-{rates[-1]:.1f})"


def _ratio(name: str, ours: Sequence[Reading], theirs: Sequence[Reading]) -> str:
    cpu, wall = (
        statistics.median(getattr(t, clock) / getattr(o, clock) for o, t in zip(ours, theirs, strict=True))
        for clock in ("cpu", "wall")
    )
    return f"{name} is {cpu:.1f} times as fast as the peer by CPU, {wall:.1f} times by wall clock"


def _components(milliseconds: dict[str, float]) -> None:
    total = sum(milliseconds.values())
    print(f"\nwhere the default recogniser's time goes: {total:.2f} ms CPU an abstract")
    for row, value in milliseconds.items():
        print(f"{row:<44} {value:8.2f} ms {100 * value / total:8.1f} %")
