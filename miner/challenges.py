"""Challenge sentences: what stands in the way of a therapy or test, of which class, and with which stance.

Rules and a trained model read a sentence together: what the rules see is among the model's features, and the model
says how probable a challenge, each class and each stance are. What it finds likely but not likely enough is a drop.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from miner.challenge_model import Opinion, challenge_model
from miner.challenge_rules import stance_of
from miner.document import Document
from miner.findings import About, Challenge, Drop, Finding, Mention, Stance, digest
from miner.named_challenges import named_challenges
from miner.sentences import Sentence
from miner.therapies import is_therapy
from miner.wording import Wording

_ABOUT = ("drug", "test", "gene", "disease")
_STUDY = ("drug", "test")
#: probabilities from which a sentence states a challenge, and a class of it; below the first and above the third it is
#: a drop (chosen on the development sentences among .2 to .5, near the highest F1 of any challenge and of the classes)
_STATED, _CLASS, _DOUBTFUL = 0.35, 0.25, 0.2
#: where no class is that probable, the likeliest one stands from here on (development: half of those are right)
_LIKELIEST = 0.1
#: what the rules' stance adds to the probability of one (development: stances right 84 -> 88 and 82 -> 86 %)
_RULE_STANCE = 0.3
#: code points; no phrase of several words in the lists below is longer
_LONGEST_PHRASE = 40
#: of a challenge that only a finding of its sentence raises
_RAISED_SCORE = 0.6
#: of one that the sentence names outright (8 of 9 classes right on the development sentences)
_NAMED_SCORE = 0.85


def find_challenges(
    document: Document, findings: Sequence[Finding] = ()
) -> tuple[tuple[Challenge, ...], tuple[Drop, ...]]:
    """Challenges by sentence, and the sentences that may state one and are not sure enough."""
    found: list[Challenge] = []
    drops: list[Drop] = []
    from_findings = _classes_of(findings)
    titled = document.title_mentions()
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        opinion = challenge_model().read(text) if _may_state(document, titled, sentence, text) else None
        named = named_challenges(text) if opinion else frozenset[str]()
        classes = (stated_classes(opinion) | named) if opinion else named
        raised = from_findings.get(sentence.start, frozenset())
        if not classes and not raised:
            if opinion and opinion.any >= _DOUBTFUL:
                drops.append(Drop("challenge", "challenge unsure", sentence.start, sentence.end))
            continue
        names = tuple(sorted(classes | raised))
        stance = likeliest_stance(opinion, text, names) if opinion else "barrier"
        found.append(
            Challenge(
                sentence.start,
                sentence.end,
                names,
                stance,
                _score(opinion, named) if opinion and classes else _RAISED_SCORE,
                digest("challenge", document.id, text, names, stance),
                _about(document, titled, sentence),
                tuple(_class_score(name, opinion, named, stance) for name in names),
            )
        )
    return tuple(found), tuple(drops)


def _score(opinion: Opinion, named: frozenset[str]) -> float:
    return round(max(opinion.any, _NAMED_SCORE) if named else opinion.any, 3)


def _class_score(name: str, opinion: Opinion | None, named: frozenset[str], stance: Stance) -> float:
    """How probable it is that the challenge, this class of it and its stance are right together."""
    if opinion is None or not opinion.any:
        return _RAISED_SCORE
    sure = opinion.classes[name] * opinion.stances[stance]
    return round(opinion.any * (max(sure, _NAMED_SCORE) if name in named else sure), 3)


def stated_classes(opinion: Opinion) -> frozenset[str]:
    """The classes of a sentence; none where it does not state a challenge, or no class is likely."""
    if opinion.any < _STATED:
        return frozenset()
    likely = frozenset(name for name, probability in opinion.classes.items() if probability >= _CLASS)
    first = max(opinion.classes, key=lambda name: opinion.classes[name])
    return likely or (frozenset((first,)) if opinion.classes[first] >= _LIKELIEST else frozenset())


def likeliest_stance(opinion: Opinion, text: str, classes: tuple[str, ...]) -> Stance:
    """The stance that is most probable, where that of the rules weighs _RULE_STANCE more."""
    ruled = stance_of(text, classes)
    return max(opinion.stances, key=lambda stance: opinion.stances[stance] + _RULE_STANCE * (stance == ruled))


def _may_state(document: Document, titled: Sequence[Mention], sentence: Sentence, text: str) -> bool:
    """Whether a sentence can state a challenge of medicine: no method, no bare topic of a title, no other field."""
    if sentence.category == "METHODS" or _NOTICE.match(text) or text.rstrip().endswith("?"):
        return False
    if sentence.end <= len(document.title) and not _FINITE.search(text):
        return False
    title = document.title or document.text
    if _stands(_OTHER_FIELD, title, text) and not _stands(_PEOPLE, title, text):
        return False
    near = chain(titled, document.mentions_in(sentence))
    return any(m.type in ("disease", "test") or _treats(m) for m in near) or _stands(_MEDICINE, title, text)


def _stands(words: Wording, title: str, text: str) -> bool:
    """Whether the words stand in the title, in the sentence, or where the one goes over into the other."""
    around = f"{title} {text}"
    return _in_title(words, title) or words.search(around, max(0, len(title) - _LONGEST_PHRASE)) is not None


@lru_cache(maxsize=4)
def _in_title(words: Wording, title: str) -> bool:
    return words.search(title) is not None


def _treats(mention: Mention) -> bool:
    return mention.type == "drug" and is_therapy(mention.concept_id)


_NOTICE = re.compile(
    r"\W?(?:Author )?(?:Corrigendum|Corrections?|Erratum|Retract\w+|WITHDRAWN|This corrects)\b", re.IGNORECASE
)
_FINITE = Wording(
    r"\b(?:is|are|was|were|do|does|did|has|have|can|cannot|may|remains?|needs?|limits?|hinders?|hampers?|impedes?"
    r"|causes?|confers?|promotes?|leads?|reduces?|increases?|improves?|enhances?|lacks?|fails?|delays?|overcomes?"
    r"|reverses?|induces?|mediates?|drives?|develops?|overcoming|reversing|associates?|contributes?)\b"
)
#: the field: medicine in the widest sense, and what is studied beside it
_MEDICINE = Wording(
    r"\b(?:patients?|clinic\w*|(?:bio|nano)?medic\w+|health\w*|disease\w*|disorder\w*|syndrome\w*|therap\w+|treat\w+"
    r"|drugs?|cancer\w*|tumou?r\w*|carcinoma\w*|leuka?emi\w*|diagnos\w+|screening|vaccin\w+|hospitals?|surg\w+"
    r"|genom\w+|genetic\w*|genotyp\w+|sequencing|mutation\w*|biomarkers?|pathogen\w*|nurs\w+|physicians?|care|covid\w*"
    r"|imaging|radiolog\w+|ultrasound|echocardio\w+|microscop\w+|pharma\w+|prognos\w+|infections?|infectious|injur\w+"
    r"|pregnan\w+|dental|dentist\w*|implants?|rehabilitation|symptoms?|mortality|telemedicine|m-?health|oncolog\w+"
    r"|antibiotic\w*|antibod\w+|immun\w+|toxic\w*|precision|biobank\w*|transplant\w*|autopsy|CRISPR|antimicrobial\w*"
    r"|pain|autism|dementia|depression|stroke|diabet\w+|animal models?|brain|cardi\w+|consent|organoids?|stem cells?"
    r"|insur\w+|histolog\w+|immunohisto\w+|IHC|contact tracing|deep learning|machine learning|human (?:tissue"
    r"|samples))\b"
)
#: words that keep a sentence of another field in medicine
_PEOPLE = Wording(r"\b(?:patients?|clinic\w*|medical|hospitals?|therap\w+)\b")
_OTHER_FIELD = Wording(
    r"\b(?:soils?|crops?|wheat|rice|maize|seedlings?|livestock|cattle|cows?|pigs?|poultry|broilers?|fish(?:es)?"
    r"|fisher\w+|aquacult\w+|zebrafish|drosophila|pollinat\w+|phylogen\w+|new species|wastewater|desalination"
    r"|photovoltaic|solar|batter(?:y|ies)|electrocatal\w+|perovskite|supercapacitors?|polymeri[sz]ation|sediments?"
    r"|pesticides?|flame retardants|forests?|bees?|birds?|habitats?|bats|mosquito\w*|aedes|anopheles|gallus|chickens?"
    r"|cocks|aquatic|microplastics?|biomass|biofuels?|nanowires?|water meters?"
    r"|ground-?water|CO2|carbon storage|silkworms?|sericulture|insects?|larva\w*|water quality|dogs?|cats|canine"
    r"|feline|equine|horses?|veterinar\w+"
    r"|sewage|adsorption|oil recovery|catalysts?)\b"
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
