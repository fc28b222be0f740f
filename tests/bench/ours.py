"""Child process: one of our recognisers over the abstracts, whole entity pipeline, nothing concluded from it."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.measure import WARM, Reading, answer, measure, one_core
from tests.bench.texts import read_abstracts

if TYPE_CHECKING:
    from miner.document import Document
    from miner.pipeline import PipelineSource

DEFAULT = "default"


def source(recogniser: str, weights: Path | None = None) -> "PipelineSource":
    """The pipeline that the command line takes for --recogniser; a weight file stands in for the default's own."""
    from theragraph.chain import pipeline
    from theragraph.session import Session
    from theragraph.settings import read_settings

    settings = read_settings(home=Path("nowhere"), environment={}, cwd=Path("/"))
    if weights is not None:
        from miner.statistical import StatisticalPipeline

        return StatisticalPipeline(settings.cache, (), weights)
    if recogniser != DEFAULT:
        settings = replace(settings, recogniser_name=recogniser)
    return pipeline(Session(settings))


def timed_reading(recogniser: str, abstracts: Path, weights: Path | None) -> Reading:
    """Time the recogniser."""
    documents = read_abstracts(abstracts)
    by_text: dict[str, Document] = {d.text: d for d in documents}
    name = recogniser

    def open_reader() -> Callable[[Sequence[str]], Iterator[int]]:
        nonlocal name
        pipeline = source(recogniser, weights).build()
        name = type(pipeline.recogniser).__name__
        return lambda texts: (len(pipeline.read(by_text[text])[1].mentions) for text in texts)

    texts = [d.text for d in documents]
    found = measure(recogniser, open_reader, texts[WARM:], texts[:WARM])
    return replace(found, name=f"{recogniser} ({name})")


def main() -> None:
    """Answer with the reading."""
    parser = argparse.ArgumentParser()
    parser.add_argument("recogniser")
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--weights", type=Path)
    options = parser.parse_args()
    one_core()
    answer(timed_reading(options.recogniser, options.abstracts, options.weights))


if __name__ == "__main__":
    main()
