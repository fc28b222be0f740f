"""The whole mining pipeline on one core: from the stored record to what is stored of it, and which part takes how long.

Run once on a quarter of the abstracts and once on all of them, each in a new process: four times as many may take no
more than four times as long.
"""

import argparse
import tempfile
import time
from itertools import islice
from pathlib import Path
from types import FrameType

from tests.bench.components import Watch
from tests.bench.measure import WARM, ChildFailed, answer, child, one_core, peak_megabytes

#: abstracts of the longer run
MOST, PARTED = 4_000, 4
#: (module, function) on the stack -> the part it is at work for
PARTS = {
    ("miner.pipeline", "read"): "entities",
    ("miner.pipeline", "_read_design"): "design",
    ("miner.pipeline", "_relate"): "findings",
    ("miner.pipeline", "_find_challenges"): "challenges",
    ("miner.store", "put"): "store",
    ("corpus.store", "articles"): "records",
}
ROWS = (*PARTS.values(), "rest")


def run(count: int = MOST) -> int:
    """Print both runs and the parts of the longer one; 1 when a child broke off."""
    print("\nmining: record to stored findings and challenges; one core, one thread, one worker, CPU time")
    taken: dict[int, float] = {}
    for documents in (count // PARTED, count):
        try:
            said = child("tests.bench.mining", documents)
        except ChildFailed as error:
            print(error)
            return 1
        parts: dict[str, float] = said["parts"]
        taken[documents] = total = sum(parts.values())
        print(f"{documents:6} abstracts {documents / total:8.1f} a second {said['megabytes']:8.0f} MB", flush=True)
    few, many = taken.values()
    print(f"{PARTED} times as many take {many / few:.2f} times as long; an abstract of the longer run:")
    for row in ROWS:
        print(f"{row:<44} {1000 * parts[row] / count:8.2f} ms {100 * parts[row] / total:8.1f} %")
    return 0


def part(frame: FrameType | None) -> str:
    """The part that a stack is at work in."""
    while frame is not None:
        found = PARTS.get((frame.f_globals.get("__name__", ""), frame.f_code.co_name))
        if found:
            return found
        frame = frame.f_back
    return "rest"


def mined(count: int, folder: Path) -> dict[str, float]:
    """Processor seconds by part for the first records of the PubMed file that have an abstract."""
    from corpus.files import open_pubmed
    from corpus.ledger import Source
    from corpus.pubmed_xml import read_items
    from corpus.records import Article
    from corpus.store import CorpusStore
    from miner.executors import InlineExecutor
    from miner.run import mine
    from miner.store import FindingStore
    from tests.bench.ours import DEFAULT, source
    from tests.fetch import pubmed_file

    file = pubmed_file()
    pipeline = source(DEFAULT)
    with CorpusStore.open(folder / "corpus.db", create=True) as corpus:
        with open_pubmed(file) as stream:
            articles = (item for _, item in read_items(stream, file.name) if isinstance(item, Article))
            corpus.upsert(islice((a for a in articles if len(a.text) > len(a.title) + 1), count), Source(file.name))
        keys = list(corpus.text_keys())
        # imports, lazy tables and patterns: what the first articles need once is no part of the pace
        with FindingStore.open(folder / "warm.db") as warm:
            mine(keys[:WARM], corpus.articles, warm, pipeline, InlineExecutor())
        with FindingStore.open(folder / "findings.db") as findings:
            began = time.process_time()
            with Watch(part) as watch:
                report = mine(keys, corpus.articles, findings, pipeline, InlineExecutor())
            taken = time.process_time() - began
    if not report.complete or report.read != len(keys):
        raise ChildFailed(f"mining {count} abstracts was left incomplete: {report.lines()}")
    watch.seconds["rest"] += taken - sum(watch.seconds.values())
    return {row: watch.seconds[row] for row in ROWS}


def main() -> None:
    """Answer with the seconds of each part and the memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    one_core()
    with tempfile.TemporaryDirectory(prefix="theragraph-bench-") as name:
        parts = mined(options.count, Path(name))
    answer({"parts": parts, "megabytes": peak_megabytes()})


if __name__ == "__main__":
    main()
