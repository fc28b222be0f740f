"""Study design, phase, patients and trial ids of an article, from publication types, MeSH and text.

Publication types come first, then the title, then what the text says of itself, then MeSH, and last the words that tell
what was observed, of which a trained model judges (miner/design_model.py). Every step leaves a line that starts with
its source and names the words that decided.
"""

import re

from corpus.identifiers import trial_ids
from miner.design_model import design_model
from miner.design_rules import (
    OWN_TITLES,
    QUALITATIVE,
    SYNTHESIS_TEXTS,
    SYNTHESIS_TITLES,
    first_rule,
    rules_of,
    searched_literature,
)
from miner.design_words import Weighed, opening_end, weigh
from miner.document import Document
from miner.findings import Design
from miner.sample_size import read_sample_size

#: (publication type, design), most specific first; names as in NLM's 2026 lists
_TYPES = (
    ("Retraction Notice", "notice"),
    ("Retraction of Publication", "notice"),
    ("Published Erratum", "notice"),
    ("Expression of Concern", "notice"),
    ("Clinical Trial Protocol", "protocol"),
    ("Practice Guideline", "guideline"),
    ("Guideline", "guideline"),
    ("Consensus Development Conference", "guideline"),
    ("Network Meta-Analysis", "meta-analysis"),
    ("Meta-Analysis", "meta-analysis"),
    ("Systematic Review", "systematic review"),
    ("Randomized Controlled Trial, Veterinary", "in vivo"),
    ("Clinical Trial, Veterinary", "in vivo"),
    ("Observational Study, Veterinary", "in vivo"),
    ("Randomized Controlled Trial", "randomised trial"),
    ("Clinical Trial, Phase III", "randomised trial"),
    ("Case Reports", "case report"),
    ("Editorial", "editorial"),
    ("Comment", "editorial"),
    ("News", "editorial"),
    ("Review", "review"),
    ("Clinical Trial", "single-arm trial"),
    ("Clinical Trial, Phase I", "single-arm trial"),
    ("Clinical Trial, Phase II", "single-arm trial"),
    ("Clinical Trial, Phase IV", "single-arm trial"),
    ("Observational Study", "cohort"),
)
_HEADINGS = (
    ("Cohort Studies", "cohort"),
    ("Prospective Studies", "cohort"),
    ("Retrospective Studies", "cohort"),
    ("Follow-Up Studies", "cohort"),
    ("Case-Control Studies", "case-control"),
    ("Cross-Sectional Studies", "cross-sectional"),
    ("Xenograft Model Antitumor Assays", "in vivo"),
    ("Disease Models, Animal", "in vivo"),
    ("Molecular Docking Simulation", "computational"),
    ("Computer Simulation", "computational"),
)
#: designs of people: what animals or data are called so is not one
_OF_PEOPLE = (
    "case series",
    "case report",
    "randomised trial",
    "single-arm trial",
    "case-control",
    "cross-sectional",
    "cohort",
)
_OF_SUBJECT = {"animals": "in vivo", "bench": "in vitro", "computed": "computational", "review": "review"}
_RANDOMISED = rules_of("randomised trial")
#: rules that tell more than words of what was observed do, and those that only tell one moment from a course
_TRIALS_AND_CASES = rules_of("case series", "case report", "randomised trial", "single-arm trial", "case-control")
_CASES = rules_of("case series", "case report")
_COURSES = rules_of("cross-sectional", "cohort")
#: from this weight on a text tells of results of its own (one plain phrase, "we found")
_FINDS = 3.0
#: what was observed is told with at least this weight
_LEAST = 4.0
#: so many figures are results, even where no word says so
_FIGURES = 12
#: a review says so this much more than that it found something
_REVIEWS = 8.0
#: or this much where it found nothing, if its other words do not speak of work of its own
_REVIEWS_ALONE, _REVIEW_SHARE = 5.0, 0.5
#: animals that were observed are named this often, and words of nature and matter are not this much weightier
_ANIMALS, _NATURE = 3.0, 3.0
#: so much weightier are words of people where people were observed instead: some take part, or are only talked of
_MANY_PEOPLE, _PEOPLE_TALKED_OF, _TAKING_PART = 2.5, 6.0, 8.0
#: people of whom less is said to tell a course of time were observed at one moment
_FOLLOWED = 4.0
#: what the words of people count where no word for those who take part is there
_NOBODY_NAMED = 0.5
#: computation has fewer words of its own than the bench has, people more
_SCALE = {"people": 0.8, "bench": 1.0, "computed": 1.4, "elsewhere": 1.0}
_PHASE = re.compile(r"\bphase[- ](IV|III|II|I|[1-4])[abc]?(?:[ /-]{1,3}(IV|III|II|I|[1-4])[abc]?)?\b", re.IGNORECASE)
#: a phase that others' or later trials have
_NOT_OWN_PHASE = re.compile(
    r"\b(?:future|further|subsequent|ongoing|previous|earlier|planned|larger|other|warrant\w*|needed|supports?|published|recent)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
#: designs whose phase is their own; a review or a cohort only tells of others'
_PHASED = ("randomised trial", "single-arm trial", "protocol")
#: an order of trust (types > title > MeSH > own words > words of what was observed), not a measured probability
_SCORES = {"publication type": 0.95, "title": 0.85, "mesh": 0.8, "text": 0.7, "words": 0.5}

#: a design that scores no more is told by nothing but words of what was observed
WORDS_SCORE = _SCORES["words"]
#: code points: the design model learned from abstracts that are longer
LEAST_ABSTRACT = 200

_Named = tuple[str, list[str], float]


def read_design(document: Document) -> Design:
    """The design with phase, patients, trial ids and the lines that led there."""
    weighed = weigh(document)
    name, lines, score = _Reading(document, weighed).design()
    if score <= WORDS_SCORE and len(document.text) - len(document.title) > LEAST_ABSTRACT:
        name, lines, score = _second_voice(document, weighed, (name, lines, score))
    phase = _phase(document, name)
    if phase:
        lines.append(f"text: phase {phase}")
    sample, words = read_sample_size(document, name)
    if sample is not None:
        lines.append(f"text: {sample} patients, by {words!r}")
    ids = tuple(dict.fromkeys((*document.registry_ids, *trial_ids(document.text))))
    return Design(name, phase, sample, ids, score, tuple(lines))


def read_by_rules(document: Document) -> tuple[str, list[str], float]:
    """Design, trace and score without the trained second voice."""
    return _Reading(document, weigh(document)).design()


def _second_voice(document: Document, words: dict[str, Weighed], ruled: _Named) -> _Named:
    """What the design model says; the lines of the rules stay where both agree."""
    opinion = design_model().read(document.text, words)
    told = ", ".join(map(repr, opinion.words)) or "its words taken together"
    line = f"text: {opinion.design} with probability {opinion.probability:.2f}, by {told}"
    return opinion.design, [line, *(ruled[1] if opinion.design == ruled[0] else ())], WORDS_SCORE


class _Reading:
    """One document on its way to a design: each step names one, or leaves it to the next."""

    def __init__(self, document: Document, words: dict[str, Weighed]) -> None:
        self._document = document
        self._title, self._text = document.title, document.text
        #: without the opening, where others' studies are told of
        self._own = document.title + document.text[opening_end(document) :]
        self._words = words
        self._weights = {kind: words.weight for kind, words in self._words.items()}
        if not self._weights["taking_part"]:
            self._weights["people"] *= _NOBODY_NAMED
        self._subject = self._observed()

    def design(self) -> _Named:
        """The first step that names a design."""
        return self._by_type() or self._by_title() or self._by_own_words() or self._by_heading() or self._by_subject()

    def _by_type(self) -> _Named | None:
        types = set(self._document.publication_types)
        known, name = next(((known, name) for known, name in _TYPES if known in types), ("", ""))
        if not known or (known == "News" and self._weights["result"] >= _FINDS):
            return None
        lines, score = [f"publication type: {known}"], _SCORES["publication type"]
        stated = self._refined(known, name)
        if stated:
            return stated[0], [*lines, f"text: {stated[1]!r}"], score
        if known == "Clinical Trial, Phase III" and not first_rule(self._text, _RANDOMISED):
            return "single-arm trial", lines, _SCORES["text"]
        return name, lines, score

    def _refined(self, known: str, name: str) -> tuple[str, str] | None:
        """A narrower design than the publication type's, which the text states."""
        if name == "review":
            stated = first_rule(self._title, SYNTHESIS_TITLES) or first_rule(self._text, SYNTHESIS_TEXTS[:2])
            cases = first_rule(self._title, rules_of("case report")) if stated is None else None
            return stated or cases or self._searched()
        if name == "systematic review":
            return first_rule(self._title, SYNTHESIS_TITLES[2:3]) or first_rule(self._text, SYNTHESIS_TEXTS[:1])
        if name == "case report":
            return first_rule(self._title, OWN_TITLES[:1]) or first_rule(self._text, rules_of("case series"))
        if name == "single-arm trial":
            return first_rule(self._text, _RANDOMISED)
        if known == "Observational Study":
            return first_rule(self._text, rules_of("case-control", "cross-sectional"))
        return None

    def _searched(self) -> tuple[str, str] | None:
        words = searched_literature(self._text)
        return ("systematic review", words) if words else None

    def _by_title(self) -> _Named | None:
        found = first_rule(self._title, SYNTHESIS_TITLES) or first_rule(self._title, OWN_TITLES)
        if found is None or (found[0] in _OF_PEOPLE and self._subject == "animals"):
            return None
        name, words = found
        if name == "cohort" and self._subject in ("computed", "elsewhere"):
            return None
        lines, score = [f"text: title says {words!r}"], _SCORES["title"]
        stated = None
        if name == "review":
            if self._weights["result"] >= 2 * _FINDS:
                return None
            stated = None if "scoping" in words else self._searched()
        elif name == "single-arm trial":
            stated = first_rule(self._text, _RANDOMISED)
        elif name == "cohort":
            stated = first_rule(self._text, rules_of("randomised trial", "case-control"))
        return (stated[0], [*lines, f"text: {stated[1]!r}"], score) if stated else (name, lines, score)

    def _by_own_words(self) -> _Named | None:
        """What the text calls itself: syntheses and protocols anywhere, trials and cases where people were observed."""
        found = first_rule(self._text, SYNTHESIS_TEXTS)
        if found and not self._has_other_work(found[0]):
            return found[0], [f"text: {found[1]!r}"], _SCORES["text"]
        searched = searched_literature(self._text, named=True)
        if searched and not self._has_other_work("systematic review"):
            return "systematic review", [f"text: {searched!r}"], _SCORES["text"]
        interviews = QUALITATIVE.search(self._text)
        if interviews and not self._weights["animals"] and "survey" not in self._text.lower():
            return "other", [f"text: {interviews[0].lower()!r}"], _SCORES["text"]
        if self._weights["animals"] and not self._weights["taking_part"]:
            return None
        if self._subject == "people":
            found = first_rule(self._own, _TRIALS_AND_CASES) or first_rule(self._text, _CASES)
        else:
            found = first_rule(self._text, _CASES) if self._subject == "review" else None
        return (found[0], [f"text: {found[1]!r}"], _SCORES["text"]) if found else None

    def _has_other_work(self, name: str) -> bool:
        """Whether what the text tells of its own work speaks against what it seems to call itself."""
        if name in ("guideline", "editorial"):
            return self._weights["result"] >= _FINDS
        if name in ("meta-analysis", "systematic review"):
            return max(self._weights["bench"], self._weights["computed"]) > self._weights["people"]
        return False

    def _by_heading(self) -> _Named | None:
        headings = set(self._document.mesh)
        people = self._subject == "people" and self._weights["people"] > 0
        for known, name in _HEADINGS:
            if known in headings and not (name in ("in vivo", "computational") and people):
                return name, [f"mesh: {known}"], _SCORES["mesh"]
        return None

    def _by_subject(self) -> _Named:
        """By what was observed; people at one moment, or over a time."""
        found = first_rule(self._own, _COURSES) if self._subject == "people" else None
        if self._weights[self._subject] < (_ANIMALS if self._subject == "animals" else _LEAST) and not found:
            return "other", [], 0.0
        lines = [self._told(self._subject, self._subject)]
        if self._subject != "people":
            return _OF_SUBJECT.get(self._subject, "other"), lines, _SCORES["words"]
        if found:
            return found[0], [f"text: {found[1]!r}", *lines], _SCORES["text"]
        if not self._is_own_work():
            kind = "review" if self._weights["review"] else self._subject
            return _OF_SUBJECT.get(kind, "other"), [self._told(kind, kind)], _SCORES["words"]
        followed = self._weights["followed"] > max(self._weights["one_moment"], _FOLLOWED)
        name, kind = ("cohort", "followed") if followed else ("cross-sectional", "one_moment")
        return name, [self._told(name, kind), *lines] if self._weights[kind] else lines, _SCORES["words"]

    def _is_own_work(self) -> bool:
        """Whether the text states results, people who were counted, or many figures; else it only talks of people."""
        if self._weights["result"] >= _FINDS or len(_FIGURE.findall(self._text)) >= _FIGURES:
            return True
        return read_sample_size(self._document, "cohort")[0] is not None

    def _told(self, name: str, kind: str) -> str:
        return f"text: {name}, by {', '.join(map(repr, self._words[kind].phrases))}"

    def _observed(self) -> str:
        """What was observed: nothing (a review), animals, or what has most weight."""
        review, result = self._weights["review"], self._weights["result"]
        others = max(self._weights[kind] for kind in _SCALE)
        alone = not result and review >= _REVIEWS_ALONE and review >= _REVIEW_SHARE * others
        if review - result >= _REVIEWS or alone:
            return "review"
        if self._in_animals():
            return "animals"
        return max(_SCALE, key=lambda kind: self._weights[kind] * _SCALE[kind])

    def _in_animals(self) -> bool:
        animals, people = self._weights["animals"], self._weights["people"]
        if animals < _ANIMALS or animals * _NATURE < self._weights["elsewhere"]:
            return False
        return people < (_MANY_PEOPLE if self._weights["taking_part"] >= _TAKING_PART else _PEOPLE_TALKED_OF) * animals


def _phase(document: Document, design: str) -> str:
    for name in document.publication_types:
        match = re.fullmatch(r"Clinical Trial, Phase (I{1,3}|IV)", name)
        if match:
            stated = _PHASE.search(document.text)
            if stated and stated[2]:
                break
            return _ROMAN[match[1]]
    if design not in _PHASED:
        return ""
    for match in _PHASE.finditer(document.text):
        if match.end() <= len(document.title) or not _NOT_OWN_PHASE.search(document.text[: match.start()]):
            numbers = [_ROMAN.get(x.upper(), x) for x in match.groups() if x]
            return "/".join(dict.fromkeys(numbers))
    return ""
