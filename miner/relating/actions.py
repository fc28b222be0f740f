"""What a drug was seen to do to a gene product: by verb, by noun, in the passive, or as the means to an end.

A drug that raises or lowers the expression or the activity of a gene product activates or inhibits it (guide rule 9).
Where another substance stands between the drug and the verb, who acted is not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from miner.assertion import negated
from miner.relating.scene import Scene
from miner.wording import Wording

_MEASURE = (
    r"(?:expressions?|activit(?:y|ies)|activations?|phosphorylation|levels?|proteins?|mRNAs?|transcription|translation"
    r"|secretion|production|release|concentrations?|signall?ing|function|genes?|kinases?|receptors?|currents?"
    r"|transcriptional activity|promoter activity|contents?|subunits?|isoforms?)\b"
)
_BEFORE_GENE = (
    r"(?:the|both|total|cleaved|phospho(?:rylated)?-?|p-|serum|plasma|nuclear|cellular|hepatic|human|recombinant|its"
    r"|endogenous|cytosolic|circulating)"
)
_ITEM = rf"(?:{_BEFORE_GENE} ?)*‹[GM]\d+›(?: \([^()]*\))?(?: (?:{_MEASURE}|and (?={_MEASURE})))*"
_GENES = rf"(?P<genes>{_ITEM}(?:(?:,? (?:and|or|as well as)(?: of)? |, |/){_ITEM})*)"
_INDUCED = r"(?:[\w/\u03b1-\u03c9-]+|‹[A-Z]\d+›)-(?:induced|stimulated|mediated|evoked|elicited|triggered|activated)"
#: from the verb to the gene
_TO = (
    rf"(?: (?:{_BEFORE_GENE}|of|in|and|basal|constitutive|surface|relative|intracellular|enzymatic|catalytic"
    rf"|inflammasome|{_MEASURE}|{_INDUCED}))*? "
)
_DOWN = (
    r"(?:inhibit|block|suppress|antagoni[sz]e|down-?regulate|abolish|degrade|repress|inactivate|reduce|decrease|lower"
    r"|diminish|attenuate|abrogate|deplete)"
)
_UP = r"(?:activate|up-?regulate|stimulate|agoni[sz]e|induce|increase|enhance|elevate|promote|augment|trans-?activate)"
_DOWN_NOUN = (
    r"(?:inhibition|blockade|block|suppression|antagonism|down-?regulation|degradation|repression|inactivation"
    r"|reductions?|decreases?|attenuation|depletion|blocking)"
)
_UP_NOUN = r"(?:activation|up-?regulation|stimulation|induction|increases?|enhancement|elevations?)"
_LIGHT = (
    r"(?:induc|caus|produc|trigger|elicit|promot|show|exhibit|lead|led|result)(?:e|es|ed|s)?(?: to| in)?(?: an?| the)?"
    r"(?: (?:[\w-]+ly|marked|significant|strong|rapid|dose-dependent|concentration-dependent|potent|sustained"
    r"|transient|direct|selective))*"
)


def _finite(stems: str, endings: str = "(?:s|es|d|ed)?") -> str:
    """Stems of verbs with the endings of a main verb; a stem in -e is written with it."""
    return rf"{stems}{endings}(?=\W)"


def _gerund(stems: str) -> str:
    return re.sub(r"e(?=[|)])", "", stems) + "ing"


_VERBS = (
    ("inhibits", rf"(?:{_finite(_DOWN)}|{_LIGHT} {_DOWN_NOUN} (?:of|in))"),
    ("activates", rf"(?:{_finite(_UP)}|{_LIGHT} {_UP_NOUN} (?:of|in))"),
    (
        "binds",
        r"(?:(?:bind|bound|binds)(?: directly| specifically| tightly)?(?: to| with)?|interact(?:s|ed)?(?: directly"
        r"| strongly)? with|(?:show|exhibit|display|possess|demonstrate|had|ha[sv]e?)(?:s|ed|es)?(?: an?| the)?"
        r"(?: (?:very|high|higher|highest|low|strong|stronger|good|better|best|potent|moderate|nanomolar|selective"
        r"|binding|and))* "
        r"affinity (?:for|to|towards?|against|at)(?: both)?)",
    ),
)
#: a verb that cannot be a noun ("decrease")
_SURE = (("inhibits", _finite(_DOWN, "(?:s|es|d|ed)")), ("activates", _finite(_UP, "(?:s|es|d|ed)")))
_DRUGS = r"(?P<drugs>‹D\d+›(?:(?:,? (?:and|or) |, |/| plus | ?\+ ?|-)‹D\d+›)*)"
_FILL = (
    r"(?:[- ](?:treatment|therapy|administration|exposure|alone|monotherapy|pre-?treatment|supplementation))?"
    r"(?: ?\([^()]*\))?,?"
    r"(?: (?:[\w-]+ly|also|not only|but also|that|which|can|could|may|might|did|does|do|not|to|was|were|is|are|has|have"
    r"|been|able|found|shown|reported|known|seems?|appears?|of|at|in a|(?:dose|concentration|time)-dependent"
    r"(?: manner)?|treatment|significantly|both|\d[\w.]*|µM|μM|mg/kg|nM|mM))*"
)
_ACTIVE = tuple((relation, Wording(rf"{_DRUGS}{_FILL} {verb}{_TO}{_GENES}")) for relation, verb in _VERBS)
#: a second verb of the same subject ("D lowered A and raised B")
_NEXT = tuple(
    (
        relation,
        Wording(
            rf"(?:,? and|,? but|,|;|,? while|,? whereas)(?: (?:also|[\w-]+ly|did not|thus|then))* {verb}{_TO}{_GENES}",
        ),
    )
    for relation, verb in _SURE
)
_MEANS = tuple(
    (
        relation,
        Wording(
            rf"\b(?:by|through|via|thereby|thus|involv(?:es|ing))(?: (?:the|its|a|an|[\w-]+ly|direct|selective))*"
            rf" (?:{_gerund(verbs)}|{nouns} of){_TO}{_GENES}",
        ),
    )
    for relation, verbs, nouns in (("inhibits", _DOWN, _DOWN_NOUN), ("activates", _UP, _UP_NOUN))
)
#: the subject that a later verb or means belongs to
_SUBJECT = Wording(rf"(?:^|\bthat |: |, |\bwith |\bof )(?:the )?{_DRUGS}{_FILL} [\w-]+(?:s|ed|t|d)\b")
_GIVEN = (
    r"(?: (?:the|treatment|treatments|with|of|by|administration|exposure|to|addition|pre-?treatment|incubation|using"
    r"|presence|cells|mice|rats|both|either|oral|application|use|low|high|doses?))*"
)
_BY = rf"(?:by|with|after|upon|following|in response to|in){_GIVEN} {_DRUGS}(?!\d)"
_PASSIVE = tuple(
    (
        relation,
        Wording(
            rf"{_GENES} (?:was|were|is|are|been|being)(?: (?:also|not|[\w-]+ly|found|to|be|shown))*"
            rf" {verb}(?: (?!and |but )[\w-]+){{0,3}}? {_BY}",
        ),
    )
    for relation, verb in (
        ("inhibits", rf"(?:{_DOWN}(?:d|ed)|lower)(?=\W)"),
        ("activates", rf"(?:{_UP}(?:d|ed)|higher)(?=\W)"),
    )
)
_NOMINAL = tuple(
    (
        relation,
        Wording(
            rf"(?<![\w-]){noun} (?:of|in|to)(?: (?:the|{_MEASURE}|of))* {_GENES} {_BY}",
        ),
    )
    for relation, noun in (("inhibits", _DOWN_NOUN), ("activates", _UP_NOUN))
)
_BINDING = Wording(
    rf"\b(?:binding|affinity|docking) of {_DRUGS}(?: to| for| with| into| towards?)(?: (?:the|both))? {_GENES}"
)
#: "inhibited G-induced migration", "inhibited the G-G signalling pathway": the object is not the gene product
NOT_OBJECT = re.compile(
    r"^-(?=[ ,])|^[- \u2010\u2011](?:repressors?|suppressors?|activators?|modulators?|regulators?|degraders?)\b"
    r"|^[- \u2010\u2011](?:induced|promoted|enhanced|triggered|evoked|regulated|mediated|dependent|driven|positive"
    r"|negative|expressing|deficient|related|stimulated|overexpressing|inhibit\w*|antagoni\w+|agonist\w*|blockers?"
    r"|block"
    r"|knockdown|siRNA|release|secretion|binding|target|associated|activated|cells?|null|knockout|mice|specific|like"
    r"|substrates?|antibod\w+|ligands?|containing|density|mobili[sz]ation)"
    r"|^ (?:‹[DS]\d+›|‹G\d+›-)"
    r"|^(?: (?:induced|mediated|-)|\+)"
    r"|^(?:[-/\u2010\u2011](?:‹G\d+›|[\w\u03b1-\u03c9-]+))* ?(?:signall?ing )?(?:pathways?|ax[ie]s|cascades?)\b",
    re.IGNORECASE,
)
#: a noun behind the gene product that is the true object ("G selectivity")
_TRUE_OBJECT = re.compile(
    r"^[- ](?:selectivity|inactivation|toxicity|gap|disassembly|\w*dimeri[sz]ation|oligomeri[sz]ation|translocation"
    r"|degradation|micro-?RNAs?|miRNAs?|sensitivity|resistance|target genes?|\w*methylation|deficiency|responses?"
    r"|recruitment|clearance|uptake|cleavage|aggregat\w+|antagonism|inhibition|desensiti[sz]ation|internali[sz]ation"
    r"|rings?|bundles?|filaments?|stress fibers?|puncta|foci|networks?|staining|immunoreactivity"
    r"|plaques?|fibrils?|axon\w*|neurons?|fibers?|nuclear translocation)\b",
    re.IGNORECASE,
)
#: a noun that is news; elsewhere the inhibition of G by D is taken as known, and something else is said of it
_NEWS = re.compile(
    r"\b(?:show\w*|found|demonstrat\w+|reveal\w*|highlight\w*|observ\w+|confirm\w*|report\w*|indicat\w+|identif\w+"
    r"|result\w* in|led to|leads to|caus\w+|through|via|due to|by|suggest\w*|evidence)\b[^,;]*$",
    re.IGNORECASE,
)
#: behind the drug: not the drug itself acted
_NOT_AGENT = re.compile(
    r"^-(?:induced|stimulated|activated|evoked|elicited)\b"
    r"|^(?:[- ](?:inhibitors?|antagonists?|agonists?|receptors?|channels?|resistan\w+|refractory|naive"
    r"|selected|adapted"
    r"|deficien\w+|withdrawal|deprivation|release|sensitive|dependent|synthase|transporters?"
    r"|metabolism|levels?|concentrations?|biosynthesis|production|uptake|injury|toxicity|blockers?|response|extracts?"
    r"|fractions?|analogu?es?|derivatives?|starvation|restriction|depletion|shortage|scarcity|insufficiency)\b)",
    re.IGNORECASE,
)
#: "the combination of D and D", "cotreatment with D and D": given together, else each of a list acted
_TOGETHER = re.compile(r"\b(?:combin\w+|co-?treatment|co-?administ\w+|both together)(?: \w+){0,2} $", re.IGNORECASE)
_JOINED = re.compile(r" plus |\+")
#: written where a state was read beside the gene: the verb is given back
_SWALLOWED = re.compile(
    r"(?:increas|decreas|reduc|elevat|enhanc|lower|up-?regulat|down-?regulat|suppress|diminish|attenuat)(?:ed|es|e"
    r"|ing)?",
    re.IGNORECASE,
)
#: other words that turn the direction round, or make it a question
_TURNED = re.compile(
    r"\b(?:prevent\w*|revers\w+|restor\w+|abolish\w*|block\w*|inhibit\w*|counteract\w*|protect\w* (?:from|against)"
    r"|fail\w*|whether|if|loss of|lack of|absence of|resist\w*|without|overexpression of|knockdown of|silencing of"
    r"|deletion of|effects? (?:of [^;.]*)?on)(?: [\w-]+){0,3} $",
    re.IGNORECASE,
)


#: before a drug that is the object of something else, and what makes a drug the one given all the same
_OBJECT = Wording(
    r"\b(?:of|in|on|to|for|from|between|via|by|into|against|with|than|like)(?: the| both| an?| ‹D\d+›,?| and|,)* $"
)
_DOSED = re.compile(
    r"\b(?:treat\w+|pre-?treat\w+|administ\w+|expos\w+|combin\w+|addition|adding|doses?|dosages?|concentrations?"
    r"|application|incubat\w+|therapy|supplement\w+|use|injection|infusion|intake|presence|stimulated|co-?treatment"
    r"|given|effects?)(?: (?!\w+(?:ed|ts)\b)[\w-]+){0,4}? (?:with|of|to|by)(?: the| both| an?| [\w-]+ine| ‹D\d+›,?"
    r"| and|,)* $",
    re.IGNORECASE,
)
#: before a drug: there was little of it
_SCARCE = re.compile(
    r"\b(?:low|lower|insufficient|inadequate|limited|limiting|deficient|reduced|decreased|poor|lack(?: of)?|absence of"
    r"|(?:depriv|deplet|remov|withdraw)\w* of|deficiency (?:of|in)|scarce)"
    r"(?: (?!by\b|in\b|with\b|after\b|of\b|from\b)[\w-]+)? $",
    re.IGNORECASE,
)
_SUPPLIED = re.compile(r"^[- ](?:dos(?:es?|age|ages|ing)|concentrations?)\b", re.IGNORECASE)
#: a substance that something else raised or lowered is no agent ("A stimulated D to reduce G")
_RAISED = re.compile(rf"\S (?<!the )(?<!an )(?:{_DOWN}|{_UP})(?:s|ed|d)(?: the)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Action:
    """Drugs (given together) that act on gene products; tokens of the masked sentence."""

    relation: str
    drugs: tuple[str, ...]
    genes: tuple[str, ...]
    denied: bool
    #: taken as known where something else is said of it
    known: bool = False
    #: the clause that says it, in the masked sentence; None where it cannot be told from the rest
    scope: tuple[int, int] | None = None


def find_actions(scene: Scene) -> Iterator[Action]:
    """Every action of the sentence, each drug of a list on each gene product of a list."""
    text = _verbs_given_back(scene)
    for action in _actions(text):
        yield action if text == scene.masked else replace(action, scope=None)


def _actions(text: str) -> Iterator[Action]:
    for relation, pattern in _ACTIVE:
        for match in pattern.finditer(text):
            if _opens(text[: match.start()]) and not _TRUE_OBJECT.match(text[match.end("genes") :]):
                yield from _acting(text, match, relation)
    for relation, pattern in _PASSIVE:
        for match in pattern.finditer(text):
            yield from _acting(text, match, relation)
    for relation, pattern in _NOMINAL:
        for match in pattern.finditer(text):
            yield from _acting(text, match, relation, known=_NEWS.search(text[: match.start()]) is None)
    for match in _BINDING.finditer(text):
        yield from _acting(text, match, "binds")
    for relation, pattern in (*_NEXT, *_MEANS):
        for match in pattern.finditer(text):
            if not _TRUE_OBJECT.match(text[match.end("genes") :]):
                yield from _shared(text, match, relation)


def _acting(text: str, match: re.Match[str], relation: str, *, known: bool = False) -> Iterator[Action]:
    ends = match.end("drugs"), match.end("genes")
    if _TURNED.search(text[: match.start()]) or NOT_OBJECT.match(text[ends[1] :]) or _NOT_AGENT.match(text[ends[0] :]):
        return
    scarce = _SCARCE.search(text[: match.start("drugs")]) is not None
    if scarce and not _SUPPLIED.match(text[ends[0] :]):
        return
    between = text[min(ends) : max(match.start("drugs"), match.start("genes"))]
    denied = " not " in between or negated(between) or text[max(ends) :].startswith(" was not observed")
    for given in _given(text, match["drugs"], match.start("drugs")):
        yield Action(relation, given, _genes(match), denied, known, _clause(text, match))


def _genes(match: re.Match[str]) -> tuple[str, ...]:
    return tuple(re.findall(r"‹[GM]\d+›", match["genes"]))


def _clause(text: str, match: re.Match[str]) -> tuple[int, int]:
    breaks = [m.end() for m in re.finditer(r"[;,] | and ", text[: match.start()])]
    return (breaks[-1] if breaks else 0), match.end()


def _opens(before: str) -> bool:
    """Whether a drug behind these words can be the one that acts."""
    if _RAISED.search(before):
        return False
    return not _OBJECT.search(before) or _DOSED.search(before) is not None


def _shared(text: str, match: re.Match[str], relation: str) -> Iterator[Action]:
    """A verb or means without a subject of its own: that of the one drug that opens the clause."""
    if NOT_OBJECT.match(text[match.end("genes") :]):
        return
    subjects = [m for m in _SUBJECT.finditer(text, 0, match.start()) if _opens(text[: m.start("drugs")])]
    if not subjects:
        return
    subject = subjects[-1]
    between = text[subject.end("drugs") : match.start()]
    others = re.sub(rf"{_INDUCED}|^,? (?:which|that) ", "", between)
    if "‹D" in others or re.search(r"\b(?:which|who|whereas|while|although|because|since|when)\b|;", others):
        return
    if _TURNED.search(text[: subject.start("drugs")]) or _NOT_AGENT.match(text[subject.end("drugs") :]):
        return
    if match.re in [p for _, p in _MEANS] and re.search(r"\bnot\b|\bno\b", between):
        return
    denied = " not " in match[0][: match.start("genes") - match.start()]
    for given in _given(text, subject["drugs"], subject.start("drugs")):
        yield Action(relation, given, _genes(match), denied)


def _given(text: str, listed: str, start: int) -> Iterator[tuple[str, ...]]:
    tokens = tuple(re.findall(r"‹D\d+›", listed))
    if len(tokens) > 1 and (_JOINED.search(listed) or _TOGETHER.search(text[:start])):
        yield tokens
    else:
        yield from ((token,) for token in tokens)


def _verbs_given_back(scene: Scene) -> str:
    """The masked sentence in which "increased G", read as the state of a gene, is a verb and its gene again."""

    def back(match: re.Match[str]) -> str:
        entity = scene.entity(match[0])
        word = entity.first.text
        return f"{word} {match[0]}" if entity.first.type == "variant" and _SWALLOWED.fullmatch(word) else match[0]

    return re.sub(r"‹M\d+›", back, scene.masked)
