"""What the rules of challenge_rules.toml read in a sentence: the classes they see, and the stance.

A strong phrase states its class; a topic word only does with a hindrance within a few words. The stance is read after
the class: absent before overcome before barrier.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from miner.findings import Stance
from miner.wording import Wording

#: what a class named by a phrase, and one named by a topic word, scores (precision on the development sentences)
_STRONG_SCORE, _TOPIC_SCORE = 0.8, 0.6


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


@lru_cache(maxsize=4)
def near_classes(text: str) -> frozenset[str]:
    """The classes of which letters stand in the lower-cased text that each of their patterns needs."""
    found = set()
    for name, stems in challenge_rules().stems.items():
        for stem in stems:
            if stem in text:
                found.add(name)
                break
    return frozenset(found)


@lru_cache(maxsize=4)
def said_outright(text: str) -> frozenset[str]:
    """The classes of which a strong phrase stands in the lower-cased text."""
    near = near_classes(text)
    return frozenset(name for name, pattern in challenge_rules().strong if name in near and pattern.search(text))


def classes_of(text: str) -> tuple[set[str], float, bool]:
    """Classes of lower-cased text, their score, and whether a topic word stood there at all."""
    rules = challenge_rules()
    text = stated_part(text)
    strong = set(said_outright(text))
    tried = (rule for rule in rules.topic if rule[0] not in strong and rule[0] in near_classes(text))
    named = [(name, match) for name, pattern in tried for match in pattern.finditer(text)]
    if not strong and not named:
        return set(), 0.0, False
    neutral = rules.neutral.search(text) is not None
    if neutral and not rules.hindrance.search(text):
        strong = set()
    if strong:
        return strong, _STRONG_SCORE, True
    topics = set() if neutral else {name for name, match in named if _hindered(name, text, match, rules)}
    return topics, _TOPIC_SCORE, True


@lru_cache(maxsize=4)
def stated_part(text: str) -> str:
    """The part of a sentence that states something: without its aim, its hope or its method, up to the result."""
    if _MODELLED.search(text):
        return ""
    cue = _AIM.search(text)
    if cue is None:
        return text
    result = _RESULT.search(text, cue.end())
    return text[: cue.start()] + (" " + text[result.start() :] if result else "")


#: a laboratory model of a harm is no harm
_MODELLED = Wording(r"\b(?:was|were) (?:established|induced) (?:in|by|with|via|using)\b")
_AIM = Wording(
    r"\b(?:(?:aim|objective|purpose|goal)s?\b (?:\w+ ){0,4}?(?:was|is|were|are|to)\b|aim(?:ed|s)? (?:to|at)"
    r"|(?:we|study|review|article|paper|survey|trial) (?:\w+ )?(?:sought|investigat|evaluat|assess|examin|analy[sz]"
    r"|compar|test|determin|estimat|measur)\w*"
    r"|(?:was|were) (?:\w+ )?(?:measured|evaluated|assessed|calculated|estimated|recorded|collected|used to|defined"
    r"|analy[sz]ed|compared|injected|designed|conducted|performed|undertaken|examined"
    r"|investigated|reviewed)"
    r"|will be (?:\w+ )?(?:measured|evaluated|assessed|analy[sz]ed|compared|examined|used|performed|recorded)"
    r"|will (?:help|allow|examine|evaluate|assess|explore)\b|(?:is|are|was|were) expected|(?:is|are) hoped"
    r"|hopes? (?:to|that)|expectations?|(?:until|unless) (?:\w+ ){0,3}progression"
    r"|(?:^|, )to (?:evaluate|assess|measure|compare|investigate|examine|determine|estimate|explore|identify|describe"
    r"|study|test)\b|^to (?!date\b)\w+(?!.*\b(?:we|is|are|was|were|has|have|need)\b))"
)
_RESULT = Wording(
    r"\b(?:found|showed|shown|demonstrated?|reveal(?:ed|s)|observed|indicate[sd]?|suggest(?:s|ed)?|how we addressed"
    r"|because|since"
    r"|as (?:it|there|the)"
    r"|remains?|(?:is|are) (?:unclear|unknown|not known|still)|(?:has|have) (?:not|never)|however|but)\b"
)


#: classes whose topic words are everyday words: only a plain want of them counts
_EVERYDAY = ("expertise", "ethics")
_WANT = re.compile(
    r"\b(?:lack\w*|insufficient\w*|inadequate|poor|limit(?:s|ed|ing|ations?)|low|barriers?|gaps?|challeng\w+"
    r"|deficien\w+|unmet"
    r"|shortages?|scarc\w+|absence|missing|unsatisfactory|concerns?|problems?|difficult\w*|issues?|needed"
    r"|is an? (?:\w+ )?need|hamper\w*"
    r"|hinder\w*)\b"
)


def _hindered(name: str, text: str, topic: re.Match[str], rules: ChallengeRules) -> bool:
    before = " ".join(text[: topic.start()].split()[-rules.window :])
    after = " ".join(text[topic.end() :].split()[: rules.window])
    hindrance = _WANT if name in _EVERYDAY else rules.hindrance
    return bool(hindrance.search(before) or hindrance.search(after))


def stance_of(text: str, classes: tuple[str, ...]) -> Stance:
    """How the rules take the challenges of these classes that a sentence names."""
    rules, text = challenge_rules(), text.lower()
    if {"toxicity", "resistance", "cost"} & set(classes) and rules.absent.search(text) and _LOOKED_FOR.search(text):
        return "absent"
    if rules.overcome.search(text) and not _STILL.search(text):
        return "overcome"
    return "barrier"


_STILL = Wording(
    r"\b(?:however|but|although|despite|lack\w*|limited|remains?|barriers?|(?<!addressed the )challeng\w+|needed"
    r"|prohibitive|(?:needs?|has|have|remains?|yet|must) (?:to )?be (?:solved|addressed|overcome|improved|resolved)"
    r"|difficult\w*|concerns?|hamper\w*|risk of|not|cannot|is required|are required|expensive|time-consuming)\b"
)
_HARM = (
    r"(?:toxicit\w+|adverse|side[- ]effects?|complications?|relapse|recurrence|resistan\w+|costs?|mortality"
    r"|safety (?:signals|concerns|issues)|AEs)"
)
_LOOKED_FOR = Wording(
    rf"\b(?:no|without(?: any)?|free of|absence of|minimal|none|neither)\b(?: [\w-]+){{0,5}}? {_HARM}"
    rf"|\bwell[- ]tolerated\b|\b{_HARM}(?: [\w-]+){{0,3}} (?:was|were) (?:very |relatively )?(?:low|rare|infrequent"
    rf"|uncommon)\b"
    rf"|\b(?:did|does|do|was|were|is|are) not (?:[\w-]+ ){{0,6}}?{_HARM}|\b{_HARM}(?: \w+){{0,2}} (?:was|were) "
    rf"(?:not|minimal)\b"
)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))
