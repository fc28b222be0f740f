"""The number of patients or participants of a study, where its text states one.

Every number of people in the text is a candidate; what stands around it tells how likely it is the study's own: a
total, people who were enrolled or analysed, against those screened, a part, or people of whom others told. The
likeliest wins, of equals the largest. Cells, animals, specimens, records and publications are never counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from miner.design_words import opening_end
from miner.document import Document
from miner.wording import Wording


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


#: designs of which no number of people is read
_NOBODY = ("review", "guideline", "editorial", "notice", "in vivo", "in vitro", "computational")
_SYNTHESIS = ("meta-analysis", "systematic review")
_UNITS = {
    word: value
    for value, word in enumerate(
        (
            *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
            *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        ),
        1,
    )
}
_TENS = {
    word: value * 10
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_WORD = _any(" ".join([*_UNITS, *_TENS, "hundred", "thousand"]))
_NUMBER = (
    r"(?<![\w.,/:<>=≥≤-])(?<![<>=≥≤] )(?:\d{1,3}(?:[, ]\d{3})+(?!\d)|\d{1,7}(?![\d%]))(?!\.\d|[-–]\d|\s?%|\s?/)"
    rf"|\b{_WORD}(?:(?:[ -]| and ){_WORD}){{0,6}}\b"
)
_PATIENTS = _any("patients participants subjects individuals people women men children adults infants cases")
_PEOPLE = (
    r"(?:wom[ae]n|m[ae]n|child(?:ren)?|people|pts|relatives|pregnancies|births|dyads|youths?|freshmen|"
    + _any(
        "patient participant subject individual adult case volunteer infant neonate newborn adolescent respondent"
        " person survivor mother father parent caregiver carer student teacher nurse physician doctor clinician dentist"
        " pharmacist surgeon resident worker employee manager professional athlete player runner girl boy male female"
        " veteran soldier donor recipient carrier proband inpatient outpatient control speaker listener observer twin"
        " candidate user smoker informant interviewee consumer driver trainee undergraduate learner member senior"
        " citizen practitioner expert"
    )
    + r"s?)"
)
#: words that may not stand between a number and the people it counts
_BETWEEN = (
    r"(?!"
    + _any(
        "of and or to in at by from for per vs versus than was were that which who with years? weeks? months? days?"
        " hours? min minutes times fold percent points? mg ml kg mm cm studies trials articles hospitals centers"
        r" centres cells? genes? samples? items? groups? countries questions? sessions? families"
        r" mice rats animals specimens"
        r" cadaver\w* donated eyes teeth tumou?rs lesions controls?"
    )
    + r"\b)(?:head and neck|[\w'’/-]+) "
)
_FEW_BETWEEN = rf"(?:{_BETWEEN}){{0,5}}?"
_COUNTED = Wording(
    rf"(?P<number>{_NUMBER})(?:-| )(?:{_BETWEEN}){{0,6}}?(?:\([^()]{{1,60}}\),? (?:{_BETWEEN}){{0,3}}?)?{_PEOPLE}\b"
    r"(?![- ](?:reports?|stud|control|year|series))"
)
_EQUALS = Wording(r"(?<![/\w])(?P<n>[nN]) ?= ?(?P<number>\d{1,3}(?:[, ]\d{3})+|\d+)(?![\d.%])", 0)
_PEOPLE_BEFORE = re.compile(rf"\b{_PEOPLE} \(?$", re.I)
#: two groups that make up the study: one of them is told to be the controls, or each is called a group
_GROUPED = Wording(
    rf"(?P<number>{_NUMBER}) (?P<first>{_FEW_BETWEEN}{_PEOPLE}\b"
    r"(?:(?! (?:were|was|who|underwent|received)\b)[^.;,\d]){0,60}?),? "
    rf"(?:and|versus|vs\.?|,) (?:in )?(?P<second>{_NUMBER}) (?P<others>{_FEW_BETWEEN}{_PEOPLE}\b[^.;,\d]{{0,40}})"
)
_GROUP = re.compile(r"\b(?:healthy|controls?|group|arm|without|comparison|normal)\b", re.I)
#: "18 of 477 individuals"
_AMONG = Wording(
    rf"(?P<part>{_NUMBER})(?: \([\d.]+ ?%\))? (?:out )?of (?:the |our |all )?(?P<number>{_NUMBER}) {_FEW_BETWEEN}"
    rf"{_PEOPLE}\b"
)
#: "of 1,123 women assessed, 456 were enrolled"
_OF_POOL = Wording(
    rf"\bof (?:the |a total of |these )?(?P<pool>{_NUMBER}) {_FEW_BETWEEN}{_PEOPLE}\b[^.;]{{0,80}}?,? "
    rf"(?P<number>{_NUMBER})(?: \([\d.]+ ?%\))? (?:{_BETWEEN}){{0,3}}?"
    r"(?:were|met|completed|agreed|consented|participated|responded)"
    r"(?: (?:finally|eventually|ultimately|included|enrolled|randomi[sz]ed|recruited|analy[sz]ed|evaluable|eligible|the"
    r"|all)\b|\b(?! \w))"
)
_OF_STUDIES = Wording(
    r"(?:involving|including|included|comprising|totall?ing|with|of|on|from|enrolling|,|\() ?(?:a total of )?"
    rf"(?P<number>{_NUMBER}) (?:{_BETWEEN}){{0,4}}?{_PATIENTS}\b"
)
_TWO = re.compile(
    r"\b(?:two|2) (?:[\w-]+ ){0,4}"
    r"(?:cases|patients|brothers|sisters|siblings|twins|children|women|men|individuals|boys|girls)\b",
    re.I,
)
_TOTAL = re.compile(
    r"\b(?:total of|total sample|in total,?|overall,?|altogether,?|totally,?|sample of|sample size (?:was|of)"
    r"|sample (?:consisted of|comprised|included))\W*(?:\w+ )?$",
    re.I,
)
_DONE = _any(
    "enrol?led included recruited randomi[sz]ed randomly assigned allocated treated analy[sz]ed studied evaluated"
    " reviewed examined assessed completed participated evaluable surveyed interviewed investigated"
    " selected collected obtained"
    " received underwent involved comprised conducted responded tested followed registered divided diagnosed"
)
_BEFORE = re.compile(
    rf"\b(?:{_DONE}|data (?:from|of|on|for)|records of|files of|charts of|among|interviews? (?:with|of)"
    r"|survey (?:of|from|among)|participants were|patients were|study (?:of|in|with|on|among)|cohort of|group of"
    r"|series of|performed (?:on|in)|conducted (?:on|in|with|among)|comprising|including|consist(?:ed|ing) of"
    r"|report(?:ed)?|describe|present|trial,|study,|from) "
    r"(?:the |a |an |our |all |data from |on |with |of |in |from |among |by )*$",
    re.I,
)
_AFTER = re.compile(
    rf"^[^.;]{{0,90}}?\b(?:(?:were|was|had been|who|have been|has been) (?:\w+ly )?{_DONE}|{_DONE}|took part"
    r"|will be|met)\b",
    re.I,
)
_FINAL = re.compile(
    r"\b(?:final(?:ly)?|eventually|ultimately|remaining)\b(?: (?:study|analytic|analysis))? ?"
    r"(?:sample|cohort|population|analysis|group)?[^.;,\d]{0,20}$",
    re.I,
)
_POOL = re.compile(
    r"\b(?:screened|invited|approached|eligible|assessed for eligibility|excluded|lost to|withdrew|dropped|declined"
    r"|died|deaths?|identified from|population of)\b",
    re.I,
)
_PART_BEFORE = re.compile(
    r"\b(?:of (?:whom|which|these|those|them)|among (?:whom|these|those|them)|\d+ of|respectively|only|per|in each"
    r"|every|each|first|last)\b[^.;]{0,12}$",
    re.I,
)
_PART_AFTER = re.compile(
    r"^[^.;,]{0,12}?\(? ?\d+(?:\.\d+)? ?%"
    r"|^[^.;,\d]{0,20}\b(?:per|in each|each group|had|showed|developed|experienced|died|with no)\b"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Ff]rom|until|to|between|and|of|through|during|[A-Z][a-z]{2,8})[ .]$",
)
_CLAUSE = re.compile(r"[,;:]")
_SENTENCE = re.compile(r"(?<=[.;?!]) (?=[A-Z\d])|: (?=[A-Z])")
_GROUPS = re.compile(r"\b(?:groups?|arms?|placebo|controls?|versus|vs)\b", re.I)
_DIGIT = re.compile(r"\d")
_NUMBER_WORD = Wording(rf"\b{_WORD}\b")
_SPACE = re.compile(r"[^\S ]")
_NO_DIGIT = re.compile(r"\D")
#: from this score on a number is taken where the design speaks of no people
_SURE = 1.0
#: below this score a number is of a part, of those screened, or of others
_LEAST = -2.0
#: what a number loses in the opening of an abstract, where others' work stands
_OPENING = -2.0
#: code points before and behind a number that are looked at: a line or two
_REACH = 120


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    score: float
    words: str


def read_sample_size(document: Document, design: str) -> tuple[int | None, str]:
    """The people of the study and the words that say so; None where the design has none or none are stated."""
    if design in _NOBODY:
        return None, ""
    if design == "case report":
        two = _TWO.search(document.text)
        return (2, two[0]) if two else (1, "case report")
    text = _SPACE.sub(" ", document.text)
    found = list(_of_synthesis(text) if design in _SYNTHESIS else _of_study(document, text, design))
    least = _SURE if design == "other" else _LEAST
    kept = [candidate for candidate in found if candidate.score >= least]
    if not kept:
        return None, ""
    best = max(kept, key=lambda candidate: (candidate.score, candidate.number))
    return best.number, best.words


def _of_synthesis(text: str) -> Iterator[_Candidate]:
    for match in _OF_STUDIES.finditer(text):
        number = _value(match["number"])
        if number is not None and number > len(_UNITS):
            yield _Candidate(number, 0.0, match[0].strip(" (,"))


def _of_study(document: Document, text: str, design: str) -> Iterator[_Candidate]:
    opening = opening_end(document)
    start = 0
    for end in [*(m.start() + 1 for m in _SENTENCE.finditer(text)), len(text)]:
        lowered = 0.0 if start >= opening or end <= len(document.title) + 1 else _OPENING
        sentence = text[start:end]
        numbered = _DIGIT.search(sentence) or _NUMBER_WORD.search(sentence)
        for candidate in _of_sentence(sentence, design) if numbered else ():
            yield _Candidate(candidate.number, candidate.score + lowered, candidate.words)
        start = end


def _of_sentence(sentence: str, design: str) -> Iterator[_Candidate]:
    parts: set[int] = set()
    for match in _AMONG.finditer(sentence):
        parts |= {match.start("part"), match.start("number")}
        number = _value(match["part" if design == "case series" else "number"])
        if number:
            yield _Candidate(number, 1.5, match[0])
    for match in _OF_POOL.finditer(sentence):
        number = _value(match["number"])
        parts.add(match.start("pool"))
        if number and not _YEAR.fullmatch(match["number"]):
            yield _Candidate(number, 4.0, match[0])
    yield from _of_groups(sentence, parts)
    for match in _COUNTED.finditer(sentence):
        number = _value(match["number"])
        if number and match.start() not in parts and not _is_year(sentence, match):
            yield _Candidate(number, _score(sentence, match), match[0])
    yield from _of_equals(sentence)


def _of_groups(sentence: str, parts: set[int]) -> Iterator[_Candidate]:
    """Sums of two groups; where their numbers stand goes to the parts."""
    for match in _GROUPED.finditer(sentence):
        first, second = _value(match["number"]), _value(match["second"])
        if first and second and _GROUP.search(f"{match['first']} {match['others']}"):
            parts |= {match.start("number"), match.start("second")}
            yield _Candidate(first + second, max(_score(sentence, match), 0) + 1, match[0].strip())


def _of_equals(sentence: str) -> Iterator[_Candidate]:
    """ "N = 321" is a study, "n = 12 ... n = 9" its groups."""
    found = list(_EQUALS.finditer(sentence))
    if not found:
        return
    numbers = [int(_NO_DIGIT.sub("", match["number"])) for match in found]
    first = found[0]
    named = first["n"] == "N" or (
        len(found) == 1 and _PEOPLE_BEFORE.search(sentence[max(first.start() - _REACH, 0) : first.start()])
    )
    if named or (len(found) > 2 and numbers[0] == sum(numbers[1:])):
        yield _Candidate(numbers[0], 2.0, first[0])
    elif len(found) == 1:
        yield _Candidate(numbers[0], 0.5, first[0])
    elif len(found) <= 4 and _GROUPS.search(sentence):
        yield _Candidate(sum(numbers), 0.5, ", ".join(match[0] for match in found))
    else:
        yield _Candidate(max(numbers), -1.0, found[numbers.index(max(numbers))][0])


def _score(sentence: str, match: re.Match[str]) -> float:
    """How likely the number is the study's own, by the words before and behind it."""
    before = sentence[max(match.start() - _REACH, 0) : match.start()]
    after = sentence[match.end() : match.end() + _REACH]
    score = 0.0
    if _TOTAL.search(before):
        score += 4
    if _BEFORE.search(before) or _AFTER.search(after):
        score += 3
    if _FINAL.search(before):
        score += 5
    if _POOL.search(after[:60]) or _POOL.search(_CLAUSE.split(before)[-1][-40:]):
        score -= 4
    if _PART_BEFORE.search(before):
        score -= 4
    if _PART_AFTER.search(after):
        score -= 3
    return score


def _is_year(sentence: str, match: re.Match[str]) -> bool:
    return bool(
        _YEAR.fullmatch(match["number"])
        and _YEAR_BEFORE.search(sentence[max(match.start() - _REACH, 0) : match.start()])
    )


def _value(words: str) -> int | None:
    """The number in digits or words; None for what is none ("one thousand and")."""
    if words[0].isdigit():
        return int(_NO_DIGIT.sub("", words))
    total = current = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        elif word == "hundred":
            current = (current or 1) * 100
        else:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return total + current or None
