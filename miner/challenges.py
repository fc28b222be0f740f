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
from itertools import chain

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
    titled = document.title_mentions()
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        classes, score, topic = (
            _classes(text.lower()) if _may_state(document, titled, sentence, text) else (set[str](), 0.0, False)
        )
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
                _about(document, titled, sentence),
            )
        )
    return tuple(found), tuple(drops)


def _may_state(document: Document, titled: Sequence[Mention], sentence: Sentence, text: str) -> bool:
    """Whether a sentence can state a challenge of medicine: no method, no bare topic of a title, no other field."""
    if sentence.category == "METHODS" or _NOTICE.match(text) or text.rstrip().endswith("?"):
        return False
    if sentence.end <= len(document.title) and not _FINITE.search(text):
        return False
    around = f"{document.title} {text}"
    if _OTHER_FIELD.search(around) and not _PEOPLE.search(around):
        return False
    near = chain(titled, document.mentions_in(sentence))
    return _MEDICINE.search(around) is not None or any(m.type in ("disease", "test") or _treats(m) for m in near)


def _treats(mention: Mention) -> bool:
    return mention.type == "drug" and is_therapy(mention.concept_id)


_NOTICE = re.compile(
    r"\W?(?:Author )?(?:Corrigendum|Corrections?|Erratum|Retract\w+|WITHDRAWN|This corrects)\b", re.IGNORECASE
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|can|cannot|may|remains?|needs?|limits?|hinders?|hampers?|impedes?"
    r"|causes?|confers?|promotes?|leads?|reduces?|increases?|improves?|enhances?|lacks?|fails?|delays?|overcomes?"
    r"|reverses?|induces?|mediates?|drives?|develops?|overcoming|reversing|associates?|contributes?)\b",
    re.IGNORECASE,
)
#: the field: medicine in the widest sense, and what is studied beside it
_MEDICINE = re.compile(
    r"\b(?:patients?|clinic\w*|(?:bio|nano)?medic\w+|health\w*|disease\w*|disorder\w*|syndrome\w*|therap\w+|treat\w+"
    r"|drugs?|cancer\w*|tumou?r\w*|carcinoma\w*|leuka?emi\w*|diagnos\w+|screening|vaccin\w+|hospitals?|surg\w+"
    r"|genom\w+|genetic\w*|genotyp\w+|sequencing|mutation\w*|biomarkers?|pathogen\w*|nurs\w+|physicians?|care|covid\w*"
    r"|imaging|radiolog\w+|ultrasound|echocardio\w+|microscop\w+|pharma\w+|prognos\w+|infections?|infectious|injur\w+"
    r"|pregnan\w+|dental|dentist\w*|implants?|rehabilitation|symptoms?|mortality|telemedicine|m-?health|oncolog\w+"
    r"|antibiotic\w*|antibod\w+|immun\w+|toxic\w*|precision|biobank\w*|transplant\w*|autopsy|CRISPR|antimicrobial\w*"
    r"|pain|autism|dementia|depression|stroke|diabet\w+|animal models?|brain|cardi\w+|consent|organoids?|stem cells?"
    r"|insur\w+|histolog\w+|immunohisto\w+|IHC|contact tracing|deep learning|machine learning|human (?:tissue"
    r"|samples))\b",
    re.IGNORECASE,
)
#: words that keep a sentence of another field in medicine
_PEOPLE = re.compile(r"\b(?:patients?|clinic\w*|medical|hospitals?|therap\w+)\b", re.IGNORECASE)
_OTHER_FIELD = re.compile(
    r"\b(?:soils?|crops?|wheat|rice|maize|seedlings?|livestock|cattle|cows?|pigs?|poultry|broilers?|fish(?:es)?"
    r"|fisher\w+|aquacult\w+|zebrafish|drosophila|pollinat\w+|phylogen\w+|new species|wastewater|desalination"
    r"|photovoltaic|solar|batter(?:y|ies)|electrocatal\w+|perovskite|supercapacitors?|polymeri[sz]ation|sediments?"
    r"|pesticides?|flame retardants|forests?|bees?|birds?|habitats?|bats|mosquito\w*|aedes|anopheles|gallus|chickens?"
    r"|cocks|aquatic|microplastics?|biomass|biofuels?|nanowires?|water meters?"
    r"|ground-?water|CO2|carbon storage|silkworms?|sericulture|insects?|larva\w*|water quality|dogs?|cats|canine"
    r"|feline|equine|horses?|veterinar\w+"
    r"|sewage|adsorption|oil recovery|catalysts?)\b",
    re.IGNORECASE,
)


def classify(text: str) -> tuple[tuple[str, ...], Stance | None]:
    """Classes and stance of one sentence by itself; no class, no stance."""
    classes, _, _ = _classes(text.lower())
    names = tuple(sorted(classes))
    return (names, _stance(text, names)) if names else ((), None)


def _classes(text: str) -> tuple[set[str], float, bool]:
    """Classes of lower-cased text, their score, and whether a topic word stood there at all."""
    rules = challenge_rules()
    text = _stated(text)
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
    topics = set() if neutral else {name for name, match in named if _hindered(name, text, match, rules)}
    return topics, _TOPIC_SCORE, True


def _stated(text: str) -> str:
    """The part of a sentence that states something: without its aim, its hope or its method, up to the result."""
    if _MODELLED.search(text):
        return ""
    cue = _AIM.search(text)
    if cue is None:
        return text
    result = _RESULT.search(text, cue.end())
    return text[: cue.start()] + (" " + text[result.start() :] if result else "")


#: a laboratory model of a harm is no harm
_MODELLED = re.compile(r"\b(?:was|were) (?:established|induced) (?:in|by|with|via|using)\b", re.IGNORECASE)
_AIM = re.compile(
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
    r"|study|test)\b|^to (?!date\b)\w+(?!.*\b(?:we|is|are|was|were|has|have|need)\b))",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:found|showed|shown|demonstrated?|reveal(?:ed|s)|observed|indicate[sd]?|suggest(?:s|ed)?|how we addressed"
    r"|because|since"
    r"|as (?:it|there|the)"
    r"|remains?|(?:is|are) (?:unclear|unknown|not known|still)|(?:has|have) (?:not|never)|however|but)\b",
    re.IGNORECASE,
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


def _stance(text: str, classes: tuple[str, ...]) -> Stance:
    rules, text = challenge_rules(), text.lower()
    if {"toxicity", "resistance", "cost"} & set(classes) and rules.absent.search(text) and _LOOKED_FOR.search(text):
        return "absent"
    if rules.overcome.search(text) and not _STILL.search(text):
        return "overcome"
    return "barrier"


_STILL = re.compile(
    r"\b(?:however|but|although|despite|lack\w*|limited|remains?|barriers?|(?<!addressed the )challeng\w+|needed"
    r"|prohibitive"
    r"|difficult\w*|concerns?|hamper\w*|risk of|not|cannot|is required|are required|expensive|time-consuming)\b",
    re.IGNORECASE,
)
_HARM = (
    r"(?:toxicit\w+|adverse|side[- ]effects?|complications?|relapse|recurrence|resistan\w+|costs?|mortality"
    r"|safety (?:signals|concerns|issues)|AEs)"
)
_LOOKED_FOR = re.compile(
    rf"\b(?:no|without(?: any)?|free of|absence of|minimal|none|neither)\b(?: [\w-]+){{0,5}}? {_HARM}"
    rf"|\bwell[- ]tolerated\b|\b{_HARM}(?: [\w-]+){{0,3}} (?:was|were) (?:very |relatively )?(?:low|rare|infrequent"
    rf"|uncommon)\b"
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


def _about(document: Document, titled: Sequence[Mention], sentence: Sentence) -> tuple[About, ...]:
    named = [m for m in document.mentions_in(sentence) if m.type in _ABOUT and _may_be_about(m)]
    found = _distinct(named, "sentence")
    if found:
        return found
    only = _distinct([m for m in titled if m.type in _STUDY and _may_be_about(m)], "study")
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
