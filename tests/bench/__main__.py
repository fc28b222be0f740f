"""Timings, one part or all of them: `python -m tests.bench [stages] [entities] [mining] [scaling]`."""

import argparse
import sys
from pathlib import Path

from tests.bench import entities, mining, scaling, stages

PARTS = ("stages", "entities", "mining", "scaling")


def main() -> int:
    """Run the parts named, all without a name; 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all without a name")
    parser.add_argument("--abstracts", type=int, default=300, help="abstracts of the entity part")
    parser.add_argument("--rounds", type=int, default=3, help="times each recogniser reads them, in turn")
    parser.add_argument("--weights", type=Path, help="weight file to time in place of the default recogniser")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no part {', '.join(sorted(unknown))}; parts: {', '.join(PARTS)}")
    wanted = options.parts or PARTS
    failed = 0
    if "stages" in wanted:
        failed |= stages.run()
    if "entities" in wanted:
        weights = options.weights.resolve() if options.weights else None
        failed |= entities.run(options.abstracts, options.rounds, weights)
    if "mining" in wanted:
        failed |= mining.run()
    if "scaling" in wanted or "entities" in options.parts:
        failed |= scaling.run(options.abstracts)
    return failed


if __name__ == "__main__":
    sys.exit(main())
