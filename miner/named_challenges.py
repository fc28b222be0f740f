"""Challenges that a sentence names outright: its topics, and that they hinder.

The trained model has seen too few sentences that list several challenges at once to trust them; these frames are
plain statements and need no learning.
"""

import tomllib
from functools import cache
from importlib.resources import files

from miner.challenge_rules import stated_part
from miner.wording import Wording


@cache
def _frames() -> tuple[list[Wording], dict[str, Wording]]:
    raw = tomllib.loads(files("miner").joinpath("named_challenges.toml").read_text(encoding="utf-8"))
    topics: dict[str, str] = raw["topic"]
    one = "(?:" + "|".join(topics.values()) + ")"
    listed = rf"\b(?P<list>{one}(?:(?:,? (?:and|or|as well as)|,)(?: {raw['between']})* {one})*)\b"
    frames = [Wording(frame.replace("{list}", listed), 0) for frame in raw["frames"]]
    return frames, {name: Wording(rf"\b{pattern}\b", 0) for name, pattern in topics.items()}


def named_challenges(text: str) -> frozenset[str]:
    """The classes whose topics a sentence says to hinder; empty where it names none, or names them as its aim."""
    frames, topics = _frames()
    text = stated_part(text.lower())
    found = set()
    for frame in frames:
        for match in frame.finditer(text):
            found |= {name for name, topic in topics.items() if topic.search(match["list"])}
    return frozenset(found)
