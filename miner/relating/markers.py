"""Whether a marker is what a sentence speaks of, or only a means, a comparison, a population or a part of an axis."""

import re

from miner.relating.clauses import Clause
from miner.relating.scene import Scene

#: in front of a marker: it is a means, a read-out or a comparison, and not what the response goes with
_MEANS = re.compile(
    r"\b(?:via|through|affecting|encoding|(?<!characterized )(?<!characterised )by|targeting|(?:regulat|inhibit"
    r"|activat|suppress"
    r"|modulat|induc|block|increas|decreas"
    r"|reduc)ing|than"
    r"|versus|vs\.?|compared (?:with|to)|unlike|whether|between|role of|roles of|impact of|effects? of|value of"
    r"|importance of"
    r"|but not|except(?: for)?|not|rather than|independent(?:ly)? of|regardless of|irrespective of|without"
    r"|relationship of|anti-?|substrates?"
    r"|(?:together|combined|along|correlat\w+|associat\w+) with|(?:linked|related) to)(?: the)?(?: [\w-]+){0,2}[ -]$"
    r"|(?<!that)(?<!and)(?<![,.]) (?:(?:up-?|down-?)?regulat|inhibit|activat|suppress|modulat|induc|block|express"
    r"|target|bind|phosphorylat"
    r"|promot|enhanc)(?:es|ed|s)(?: the)?(?: [\w-]+)? $",
    re.IGNORECASE,
)
#: behind a marker: another thing than the marker itself
OTHER_THING = re.compile(
    r"^[- ](?:inhibit\w*|antibod\w+|antagonist|agonist|targeted|targeting|directed|pathway inhibit\w*|blockade|ligand"
    r"|antagomir|detect\w+|test(?:s|ing)|screening|assays?|examinations?|inhibition|substrate|analog\w*|mimetic)",
    re.IGNORECASE,
)
#: between a marker and what is said: a therapy or another thing is the subject ("in M patients, the E arm did not")
NEW_SUBJECT = re.compile(
    r"^[^,;]*, (?:the |an? )?(?:[\w/-]+ ){0,3}(?:strateg(?:y|ies)|therap(?:y|ies)|treatments?|regimens?|arms?|addition"
    r"|combination|inhibition|administration|immunotherapy|chemotherapy|surgery|approach)\b"
    r"|^[- ](?:pathway|axis|signall?ing)(?: \w+)?,? and (?:the|an?|its|their) ",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|both)(?: [\w-]+){0,4} ‹[MG]\d+›(?: [\w-]+)?(?: \([^()]*\))? and(?: [\w-]+){0,2} $", re.I
)
_OTHER_ARM = re.compile(
    r"\b(?:compared (?:to|with)|in comparison (?:to|with)|than|versus|vs\.?|relative to|unlike)(?: [\w-]+){0,5} $", re.I
)
_NOT_THIS = re.compile(r"\bbut not (?:[\w-]+ )?$", re.IGNORECASE)
_UNDONE = re.compile(
    r"\b(?:overc[ao]m|revers|circumvent|prevent|abrogat|abolish|suppress)\w*(?: [\w-]+){0,2} $", re.IGNORECASE
)
_SETTING = re.compile(r"\b(?:in|among|from|of|within)(?: [\w-]+){0,3}[ -]$", re.IGNORECASE)
_POPULATION = re.compile(
    r"^(?:[- ](?:positive|negative|mutant|mutated|altered|amplified|rearranged|expressing|high|low)|\+)?"
    r" (?:[\w-]+ )?(?:‹S\d+›|patients|cells?|tumou?rs?|cancers?)",
    re.IGNORECASE,
)


def stands_for_itself(scene: Scene, start: int, token: re.Match[str]) -> bool:
    """False where the words around a marker of the clause that begins at start make it part of something else."""
    tokens = list(scene.tokens("MG", start, token.end()))
    first = len(tokens) - 1
    while first > 0 and joined(scene, tokens[first - 1], tokens[first]):
        first -= 1
    before, behind = scene.masked[start : tokens[first].start()], scene.masked[token.end() :]
    if before.endswith("/") or scene.masked[: token.start()].endswith("/") or behind.startswith("/"):
        return False
    if any(rule.search(before) for rule in (_MEANS, _OTHER_ARM)) or _BETWEEN.search(
        scene.masked[start : token.start()]
    ):
        return False
    if re.search(r"\bbut not (?:[\w-]+ )?$", scene.masked[start : token.start()]):
        return False
    if _UNDONE.search(before) and re.match(r"-(?:mediated|driven|induced|dependent)\b", behind):
        return False
    return not (first > 0 and _SETTING.search(before) and _POPULATION.match(behind))


def is_population(scene: Scene, token: re.Match[str]) -> bool:
    """ "M-positive tumours": those who have the marker, who overcome nothing themselves."""
    return _POPULATION.match(scene.masked[token.end() :]) is not None


_AND_DOES = re.compile(
    r"^(?:[- ][\w-]+){0,4}(?: \([^()]*\))?(?P<rest>,? (?:and|thereby|thus)(?: (?:also|thereby|thus|subsequently"
    r"|\w+ly))*"
    r" (?:is|are|was|were|has|have|had|\w+(?:ed|es|s|ing|led to))\b.*)$",
    re.IGNORECASE,
)
_DOES = re.compile(
    r"^(?:[- ](?:gene|protein|expression|levels?|mutations?|overexpression|silencing|knockdown|in|of|‹S\d+›|cells?))*"
    r"(?: (?:\w+ly|also))* (?!treated|infected|transfected|mutated|based|related|mediated|positive)\w+(?:ed|es|s"
    r"|duced|ates)\b"
    r"(?! (?:by|in|from)\b)",
    re.IGNORECASE,
)
_VERB_BEFORE = re.compile(
    r"\b(?!(?:increased|elevated|reduced|decreased|up-?regulated|down-?regulated|mutated|forced|related|these|those"
    r"|its|this"
    r"|levels|results|findings|data|cells|patients|tumors|tumours|cases|whereas|was|has|is|conclusion|analysis|besides"
    r"|showed|shows|revealed|found|demonstrated|suggested|indicated|suggests|indicates|reveals|confirmed|observed)\b)"
    r"\w+(?:ed|es|s)\b(?! that)|‹D\d+›",
    re.IGNORECASE,
)


def subject_of_second_verb(scene: Scene, clause: Clause, end: int) -> tuple[re.Match[str], str] | None:
    """ "M lowered G and increased ...": the marker in front of the first verb, and the words from the second on."""
    tokens = scene.tokens("MG", clause.start, end)
    if len(tokens) < 2:
        return None
    rest = _AND_DOES.match(scene.masked[tokens[-1].end() : end])
    does = _DOES.match(scene.masked[tokens[0].end() : tokens[1].start()])
    if rest is None or does is None or _VERB_BEFORE.search(scene.masked[clause.start : tokens[0].start()]):
        return None
    return (tokens[0], rest["rest"]) if stands_for_itself(scene, clause.start, tokens[0]) else None


def is_acted_on(scene: Scene, clause: Clause, token: re.Match[str], end: int) -> bool:
    """ "D inhibited M and increased ...": the marker is what something else acts on."""
    rest = _AND_DOES.match(scene.masked[token.end() : end])
    return rest is not None and _VERB_BEFORE.search(scene.masked[clause.start : token.start()]) is not None


_GOES_ON = re.compile(
    r"^(?:(?:also|thus|thereby|then|further|\w+ly) )*(?:was|were|is|are|had|has|did|an?|the|\w+(?:es|ed"
    r"|s)) ",
    re.IGNORECASE,
)


def carried_marker(scene: Scene, previous: Clause, clause: Clause) -> re.Match[str] | None:
    """The marker that a clause without a subject of its own goes on with ("..., and was also ...")."""
    gap = scene.masked[previous.end : clause.start]
    if not re.search(r"\b(?:and|but)\b", gap) or not _GOES_ON.match(scene.masked[clause.start : clause.end]):
        return None
    tokens = scene.tokens("MG", previous.start, previous.end)
    if not tokens or _VERB_BEFORE.search(scene.masked[previous.start : tokens[0].start()]):
        return None
    return tokens[0] if stands_for_itself(scene, previous.start, tokens[0]) else None


def joined(scene: Scene, left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether two tokens stand in one list."""
    return bool(
        re.fullmatch(
            r"(?:[ -](?:expression|levels?|copy number|gene|mutations?|status))*(?:, (?:and |or )?| and | or |,? "
            r"as well as )(?:the )?(?:point mutation )?",
            scene.masked[left.end() : right.start()],
        )
    )
