"""`annotate` with one worker and with two on the same abstracts: the speed-up, and that the bytes are equal."""

import tempfile
from pathlib import Path

from miner.run import CHUNK
from tests.bench.commands import THERAGRAPH, Timing, timed
from tests.bench.measure import ONE_THREAD
from tests.bench.texts import write_abstracts

#: times as many abstracts as the recognisers get: handed out in chunks, fewer would not fill two workers evenly
TIMES = 4


def run(count: int) -> int:
    """Print the rows and the speed-up; 1 when a command failed or the bytes differ."""
    count = -(-TIMES * count // (2 * CHUNK)) * 2 * CHUNK
    with tempfile.TemporaryDirectory(prefix="theragraph-bench-") as name:
        folder = Path(name)
        write_abstracts(folder / "one.jsonl", 1)
        write_abstracts(folder / "all.jsonl", count)
        print(f"\nannotate, {count} abstracts, default recogniser")
        # the first call of an installation makes the vocabulary cache
        timings = [_annotate(folder, "one", 1, "start, not counted")]
        net: list[float] = []
        for workers in (1, 2):
            start = _annotate(folder, "one", workers, f"one abstract, --workers {workers}")
            whole = _annotate(folder, "all", workers, f"all abstracts, --workers {workers}")
            timings += [start, whole]
            net.append(whole.seconds - start.seconds)
        if any(timing.code for timing in timings):
            return 1
        same = (folder / "all-1.jsonl").read_bytes() == (folder / "all-2.jsonl").read_bytes()
        whole_one, whole_two = timings[2].seconds, timings[4].seconds
        print(
            f"two workers are {whole_one / whole_two:.2f} times as fast as one, {net[0] / net[1]:.2f} times without "
            f"the start ({count / net[0]:.0f} and {count / net[1]:.0f} abstracts a second); "
            f"the bytes are {'equal' if same else 'DIFFERENT'}"
        )
        return int(not same)


def _annotate(folder: Path, name: str, workers: int, title: str) -> Timing:
    command = [*THERAGRAPH, "--home", str(folder / "home"), "annotate", f"{name}.jsonl", "--workers", str(workers)]
    command += ["--output", f"{name}-{workers}.jsonl", "--force"]
    return timed(title, command, folder, ONE_THREAD)
