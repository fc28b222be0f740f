"""Child process: where the default recogniser spends its time, by looking at its stack as processor time passes.

The innermost module of the miner on the stack tells the component; modules that serve several (the concept store,
folding) count for whoever calls them. A module without a component gets a row by its own name, so that nothing hides.
"""

import argparse
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tests.bench.measure import WARM, answer, one_core
from tests.bench.ours import DEFAULT, source
from tests.bench.texts import read_abstracts

MODULES = {
    "sentences": "sentences",
    "abbreviations": "abbreviations",
    "matcher": "names: search",
    "gates": "names: gates and choice",
    "lexicon": "names: gates and choice",
    "gene_states": "names: gates and choice",
    "recognise": "names: gates and choice",
    "link": "link",
    "span_link": "link",
    "span_names": "link",
    "concept_match": "link",
    "tokens": "tokens and features",
    "hints": "tokens and features",
    "features": "tokens and features",
    "tagger": "tokens and features",
    "network": "network",
    "hashing": "network",
    "reader": "network",
    "labels": "decode",
    "statistical": "merge and calibrate",
    "spans": "merge and calibrate",
    "reconcile": "merge and calibrate",
    "calibration": "merge and calibrate",
    "notation": "variants",
    "variants": "variants",
    "species": "species",
    "negation": "negation",
    "pipeline": "rest",
}
SERVING = frozenset(("concept_store", "concepts", "document", "findings", "folding"))
ROWS = tuple(dict.fromkeys(MODULES.values()))
#: seconds between two looks, by the wall clock, whose timer is finer than that of processor time
EVERY = 0.0005


class Watch:
    """Processor seconds by what a function calls the part that a stack is at work in."""

    def __init__(self, part: Callable[[FrameType | None], str]) -> None:
        self._part = part
        self.seconds: Counter[str] = Counter()
        self._since = 0.0

    def __enter__(self) -> "Watch":
        signal.signal(signal.SIGALRM, self._look)
        self._since = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_IGN)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        self.seconds[self._part(frame)] += now - self._since
        self._since = now


def component(frame: FrameType | None) -> str:
    """The component that a stack is at work in."""
    while frame is not None:
        package, _, module = frame.f_globals.get("__name__", "").partition(".")
        if package == "miner" and module not in SERVING:
            return MODULES.get(module, module)
        frame = frame.f_back
    return "rest"


def main() -> None:
    """Answer with the milliseconds of each component for one abstract."""
    parser = argparse.ArgumentParser()
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    one_core()
    documents = read_abstracts(options.abstracts)
    pipeline = source(DEFAULT, options.weights).build()
    for document in documents[:WARM]:
        pipeline.read(document)
    with Watch(component) as watch:
        for document in documents[WARM:]:
            pipeline.read(document)
    found = {row: watch.seconds.pop(row) for row in ROWS if row in watch.seconds} | watch.seconds
    answer({row: 1000 * seconds / (len(documents) - WARM) for row, seconds in found.items()})


if __name__ == "__main__":
    main()
