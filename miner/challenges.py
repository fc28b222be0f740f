"""Challenge sentences: what stands in the way of a therapy or test, of which class, and with which stance.

Rules stand in challenge_rules.toml. A strong phrase states its class; a topic word only does with a hindrance within a
few words. The stance is read after the class: absent before overcome before barrier.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from miner.document import Document
from miner.findings import About, Challenge, Drop, Finding, Mention, Stance, digest
from miner.sentences import Sentence
from miner.therapies import is_therapy

#: what a class alone, and a class that is also a finding, scores (precision on the development sentences, one decimal)
_STRONG_SCORE, _TOPIC_SCORE = 0.8, 0.6
_ABOUT = ("drug", "test", "gene", "disease")
_STUDY = ("drug", "test")


@dataclass(frozen=True, slots=True)
class ChallengeRules:
    """The compiled rule file."""

    strong: tuple[tuple[str, re.Pattern[str]], ...]
    topic: tuple[tuple[str, re.Pattern[str]], ...]
    hindrance: re.Pattern[str]
    overcome: re.Pattern[str]
    absent: re.Pattern[str]
    neutral: re.Pattern[str]
    #: class -> letters of which a sentence must hold some before its patterns are tried
    stems: dict[str, tuple[str, ...]]
    window: int


@cache
def challenge_rules() -> ChallengeRules:
    """The bundled rules, read once."""
    raw = tomllib.loads(files("miner").joinpath("challenge_rules.toml").read_text(encoding="utf-8"))
    strong = tuple((name, _any(rule["strong"])) for name, rule in raw["class"].items() if rule["strong"])
    topic = tuple((name, _any(rule["topic"])) for name, rule in raw["class"].items() if rule["topic"])
    stems = {name: tuple(rule["stems"]) for name, rule in raw["class"].items()}
    return ChallengeRules(
        strong,
        topic,
        _any(raw["hindrance"]),
        _any(raw["overcome"]),
        _any(raw["absent"]),
        _any(raw["neutral"]),
        stems,
        raw["window"],
    )


def find_challenges(
    document: Document, findings: Sequence[Finding] = ()
) -> tuple[tuple[Challenge, ...], tuple[Drop, ...]]:
    """Challenges by sentence, and the sentences with a topic word that state none."""
    found: list[Challenge] = []
    drops: list[Drop] = []
    from_findings = _classes_of(findings)
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        classes, score, topic = _classes(text.lower())
        raised = from_findings.get(sentence.start, frozenset())
        if not classes and not raised:
            if topic:
                drops.append(Drop("challenge", "topic only", sentence.start, sentence.end))
            continue
        names = tuple(sorted(classes | raised))
        stance = _stance(text, names)
        found.append(
            Challenge(
                sentence.start,
                sentence.end,
                names,
                stance,
                score or _TOPIC_SCORE,
                digest("challenge", document.id, text, names, stance),
                _about(document, sentence),
            )
        )
    return tuple(found), tuple(drops)


def classify(text: str) -> tuple[tuple[str, ...], Stance | None]:
    """Classes and stance of one sentence by itself; no class, no stance."""
    classes, _, _ = _classes(text.lower())
    names = tuple(sorted(classes))
    return (names, _stance(text, names)) if names else ((), None)


def _classes(text: str) -> tuple[set[str], float, bool]:
    """Classes of lower-cased text, their score, and whether a topic word stood there at all."""
    rules = challenge_rules()
    near = {name for name, stems in rules.stems.items() if any(stem in text for stem in stems)}
    if not near:
        return set(), 0.0, False
    strong = {name for name, pattern in rules.strong if name in near and pattern.search(text)}
    named = [
        (name, match) for name, pattern in rules.topic if name in near - strong for match in pattern.finditer(text)
    ]
    if not strong and not named:
        return set(), 0.0, False
    neutral = rules.neutral.search(text) is not None
    if neutral and not rules.hindrance.search(text):
        strong = set()
    if strong:
        return strong, _STRONG_SCORE, True
    topics = set() if neutral else {name for name, match in named if _hindered(text, match, rules)}
    return topics, _TOPIC_SCORE, True


def _hindered(text: str, topic: re.Match[str], rules: ChallengeRules) -> bool:
    before = " ".join(text[: topic.start()].split()[-rules.window :])
    after = " ".join(text[topic.end() :].split()[: rules.window])
    return bool(rules.hindrance.search(before) or rules.hindrance.search(after))


def _stance(text: str, classes: tuple[str, ...]) -> Stance:
    rules, text = challenge_rules(), text.lower()
    if {"toxicity", "resistance", "cost"} & set(classes) and rules.absent.search(text) and _LOOKED_FOR.search(text):
        return "absent"
    if rules.overcome.search(text) and not _STILL.search(text):
        return "overcome"
    return "barrier"


_STILL = re.compile(
    r"\b(?:however|but|although|despite|lack\w*|limited|remains?|barriers?|challeng\w+|needed|prohibitive"
    r"|difficult\w*|concerns?|hamper\w*|risk of|not|cannot|is required|are required|expensive|time-consuming)\b",
    re.IGNORECASE,
)
_HARM = (
    r"(?:toxicit\w+|adverse|side[- ]effects?|complications?|relapse|recurrence|resistan\w+|costs?|mortality"
    r"|safety (?:signals|concerns|issues)|AEs)"
)
_LOOKED_FOR = re.compile(
    rf"\b(?:no|without(?: any)?|free of|absence of|minimal|none|neither)\b(?: [\w-]+){{0,5}}? {_HARM}"
    rf"|\bwell[- ]tolerated\b"
    rf"|\b(?:did|does|do|was|were|is|are) not (?:[\w-]+ ){{0,6}}?{_HARM}|\b{_HARM}(?: \w+){{0,2}} (?:was|were) "
    rf"(?:not|minimal)\b",
    re.IGNORECASE,
)


def _classes_of(findings: Sequence[Finding]) -> dict[int, frozenset[str]]:
    """Classes that a sentence's own findings raise: resistance and harm."""
    raised: dict[int, frozenset[str]] = {}
    for finding in findings:
        if finding.certainty == "aim":
            continue
        name = ""
        if (
            finding.kind == "predictive"
            and finding.relation in ("resistance", "reduced_sensitivity")
            and finding.polarity == "supports"
        ):
            name = "resistance"
        elif (finding.kind == "safety" and finding.relation == "causes") or finding.relation == "adverse_response":
            name = "toxicity"
        if name:
            raised[finding.start] = raised.get(finding.start, frozenset()) | {name}
    return raised


def _about(document: Document, sentence: Sentence) -> tuple[About, ...]:
    named = [m for m in document.mentions_in(sentence) if m.type in _ABOUT and _may_be_about(m)]
    found = _distinct(named, "sentence")
    if found:
        return found
    titled = [m for m in document.mentions if m.type in _STUDY and m.end <= len(document.title) and _may_be_about(m)]
    only = _distinct(titled, "study")
    return only if len(only) == 1 else ()


def _may_be_about(mention: Mention) -> bool:
    """A drug counts only as a therapy: not a solvent, not a control arm."""
    return mention.type != "drug" or is_therapy(mention.concept_id)


def _distinct(mentions: list[Mention], scope: str) -> tuple[About, ...]:
    found = {m.concept_id or f"text:{m.text.lower()}": m for m in mentions}
    return tuple(
        About(found[key].concept_id, found[key].name or found[key].text, "sentence" if scope == "sentence" else "study")
        for key in sorted(found)
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))
