"""`python -m miner.train DATA --texts FILE...`: make the weights of the statistical recogniser anew."""

import argparse
import logging
import os
from dataclasses import asdict
from pathlib import Path

from platformdirs import user_cache_path

from miner.tagger import FORMAT, WEIGHTS
from miner.weights import write_weights


def main() -> None:
    """Train, and write the weight file with its card."""
    parser = argparse.ArgumentParser(prog="python -m miner.train", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with ner/ and relations/ (docs/quality.md lists the corpora)")
    parser.add_argument("--texts", type=Path, nargs="+", required=True, help="PubMed XML files of unlabelled abstracts")
    parser.add_argument("--cache", type=Path, default=user_cache_path("theragraph"), help="folder of the vocabularies")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=min(4, os.cpu_count() or 1))
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    from miner.concept_store import open_concepts
    from miner.train.entities import train_recogniser

    listed = options.data / "held_out_pmids.txt"
    held_out = frozenset(listed.read_text(encoding="utf-8").split()) if listed.exists() else frozenset()
    concepts = open_concepts(options.cache)
    trained = train_recogniser(
        options.data, options.texts, held_out, concepts, seed=options.seed, workers=options.workers
    )
    card = {
        "format": FORMAT,
        "shape": asdict(trained.shape),
        "words": "\n".join(trained.words),
        "seed": options.seed,
        "vocabulary": concepts.digest,
        "calibration": trained.calibration,
        "documents": trained.documents,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_weights(options.out, card, trained.arrays)


if __name__ == "__main__":
    main()
