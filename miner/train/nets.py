"""The nets of draw_nets.toml, compiled."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Net:
    """Trigger words of a class of challenges or of a group of finding sentences."""

    name: str
    whole: re.Pattern[str]
    triggers: tuple[re.Pattern[str], ...]
    #: one of the nine classes of the seed article
    seed: bool = False
    #: so many of the triggers come before the others
    core: int = 0
    #: type of the mention that must stand in the sentence
    needs: str = ""
    #: words that rule a sentence out
    without: re.Pattern[str] | None = None

    def trigger(self, lowered: str) -> int | None:
        """Number of the first trigger found in lower-cased text."""
        if not self.whole.search(lowered) or (self.without and self.without.search(lowered)):
            return None
        return next(number for number, pattern in enumerate(self.triggers) if pattern.search(lowered))


@dataclass(frozen=True, slots=True)
class Nets:
    """All of them."""

    challenges: tuple[Net, ...]
    findings: tuple[Net, ...]
    medicine: re.Pattern[str]
    hindrance: re.Pattern[str]
    scope: re.Pattern[str]
    #: titles or sentences about cancer and targeted therapies
    preferred: re.Pattern[str]


def read_nets() -> Nets:
    """The bundled nets."""
    raw = tomllib.loads(files("miner.train").joinpath("draw_nets.toml").read_text(encoding="utf-8"))
    return Nets(
        tuple(_net(name, rule) for name, rule in raw["challenge"].items()),
        tuple(_net(name, rule) for name, rule in raw["finding"].items()),
        *(re.compile(raw[name]) for name in ("medicine", "hindrance", "scope", "preferred")),
    )


def _net(name: str, rule: dict[str, Any]) -> Net:
    whole = re.compile("|".join(f"(?:{trigger})" for trigger in rule["triggers"]))
    without = re.compile(rule["without"]) if "without" in rule else None
    triggers = tuple(map(re.compile, rule["triggers"]))
    return Net(name, whole, triggers, rule.get("seed", False), rule.get("core", 0), rule.get("needs", ""), without)
