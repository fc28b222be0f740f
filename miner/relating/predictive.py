"""Markers and the response to a therapy: resistance, sensitivity, no effect (guide rules 5, 7 and 10)."""

import re
from collections.abc import Iterator

from miner.assertion import negated
from miner.findings import Participant, Polarity
from miner.relating.clauses import Clause, clauses
from miner.relating.draft import Draft
from miner.relating.markers import NEW_SUBJECT, is_acted_on, joined, stands_for_itself
from miner.relating.scene import Entity, Scene, genes_of, merged, participants, variants_of
from miner.roles import Group
from miner.wording import Wording

_MARK = r"‹[MG]\d+›"
_D = r"‹D\d+›"
_ADJ = (
    r"(?:(?:acquired|primary|intrinsic|secondary|de novo|increased|enhanced|the|both|an?|approved|first-line"
    r"|treatment with|two|of|to|in|EGFR|cellular|clinical|all|drugs?|agents|adaptive|therapeutic|anti-EGFR"
    r"|first-generation|inhibitors?|:|innate|anti-‹[GM]\d+›|‹[GM]\d+›|monoclonal|antibod(?:y|ies)|\() ?)*"
)
_DRUGS = rf"(?P<drugs>{_D}(?:(?: ?, ?(?:and |or )?| and | or | plus | ?\+ ?|[-/])(?:{_ADJ})?{_D})*)"
_CAUSE = (
    r"(?:confer(?:s|red|ring)?|caus(?:es|ed|ing)|mediat(?:es|ed|ing)|induc(?:es|ed|ing)|driv(?:es|ing)|drove"
    r"|promot(?:es|ed|ing)|lead(?:s|ing)? to|led to|"
    r"result(?:s|ed|ing)? in|contribut(?:es?|ed|ing) to|(?:is|are|was|were|been)? ?(?:significantly |strongly "
    r"|also )?(?:associated|correlated|linked) with|"
    r"underl(?:ies|ying)|responsible for|predict(?:s|ed|ing|or of|ors of|ive of|ive for)?|increas(?:es|ed|ing)"
    r"|enhanc(?:es|ed|ing)|"
    r"(?:a|the|as a|as an|as)? ?(?:\w+ )?mechanisms? (?:of|for)|render(?:s|ed|ing)?"
    r"|maintain(?:s|ed)?|mak(?:es|ing)|exhibit(?:s|ed)?|(?:is|are|was|were) involved in)"
)
_WORDS = r"(?:[ ,/()\"'-]+(?!‹[DK])[\w%.‹›-]+){0,12}?[ ,()\"'-]+"
_RESIST = re.compile(
    rf"(?P<mark>{_MARK}){_WORDS}{_CAUSE}(?: \w+){{0,4}}? (?:(?:resistance|resistant|refractoriness|insensitivity"
    rf"|lack of (?:benefit|response)|non-?response|primary resistance)"
    rf" (?:to|from|against) {_ADJ}{_DRUGS}|{_ADJ}(?P<drugs5>{_D})[ -]resistance\b)"
    rf"|(?P<mark2>{_MARK})(?: \w+){{0,4}},?(?: including minor mutations,)? (?:was|were|is|are|being|which were) "
    rf"(?:\w+ )?resistant to {_ADJ}(?P<drugs2>{_D}(?:(?: ?, ?(?:and |or )?| and | or ){_D})*)"
    rf"|(?:resistance to {_ADJ}(?P<drugs3>{_D})|(?P<drugs4>{_D})[ -]resistance) (?:is |was |are |were |can be "
    rf"|that is )?(?:\w+ly )?(?:mediated|caused|driven|conferred|induced|due|acquired) "
    rf"(?:by|via|through|to)(?: \w+){{0,4}}? (?P<mark3>{_MARK})",
    re.IGNORECASE,
)
_SENSITIVE = re.compile(
    rf"(?P<mark>{_MARK}){_WORDS}(?:sensiti[sz](?:es|ed|ing)(?: [^,;]{{0,60}}?)? to|{_CAUSE}(?: \w+){{0,4}}? "
    rf"(?:(?:sensitivity|responsiveness|response|responses|susceptibility|benefit|chemosensitivity|clinical "
    rf"benefit) (?:to|from|with))|"
    rf"(?:was|were|is|are|being|more|highly) (?:\w+ )?(?:sensitive|responsive|vulnerable|susceptible) to"
    rf"|(?:respond(?:s|ed)?|benefit(?:s|ed)?) (?:\w+ ){{0,3}}?(?:to|from)|"
    rf"{_CAUSE}(?: \w+){{0,3}}? (?:longer|prolonged|better|improved|higher|greater)(?: \w+){{0,5}} (?:to|with|on"
    rf"|after|under|from|receiving))(?: [\w-]+){{0,4}}? {_ADJ}{_DRUGS}"
    rf"|(?P<mark2>{_MARK}){_WORDS}(?:predictor|predictive (?:bio)?marker|biomarker|predictive) (?:of|for)(?: "
    rf"[\w-]+){{0,5}}? (?:benefit|response|sensitivity|efficacy|responsiveness)(?: [\w-]+){{0,2}}? (?:from|to|of"
    rf"|with) {_ADJ}(?P<drugs2>{_D})"
    rf"|(?P<mark3>{_MARK}){_WORDS}(?:restored|restores|increased|increases|enhanced|enhances|improved) (?:the "
    rf")?(?:sensitivity(?: of [^‹;]{{0,50}}?)? to {_ADJ}(?P<drugs3>{_D})|(?P<drugs4>{_D})[ -]sensitivity)",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    rf"(?P<mark>{_MARK}){_WORDS}{_CAUSE}(?: \w+){{0,3}}? (?:(?:reduced|decreased|lower|diminished|impaired) "
    rf"(?:sensitivity|responsiveness|response|response rates?|efficacy)|"
    rf"(?:shorter|worse|inferior|poorer|reduced|lower|poor)(?: [\w-]+){{0,6}}) (?:to|with|on|after|under|of|from"
    rf"|receiving|treated with)(?: [\w-]+){{0,4}}? {_ADJ}{_DRUGS}"
    rf"|(?P<mark2>{_MARK}){_WORDS}less (?:sensitive|responsive) to {_ADJ}(?P<drugs2>{_D})",
    re.IGNORECASE,
)
_NO_EFFECT = Wording(
    rf"(?P<mark>{_MARK}){_WORDS}(?:not (?:\w+ )?(?:associated|correlated|linked) with|did not (?:predict|correlate "
    rf"with|affect|influence)|no (?:\w+ )?(?:association|correlation) with)"
    rf"(?: [\w-]+){{0,4}}? (?:(?:response|sensitivity|resistance|benefit|efficacy|outcome|responsiveness|survival) "
    rf"(?:to|from|of|with|on) {_ADJ}{_DRUGS}|{_ADJ}(?P<drugs2>{_D})[ -](?:sensitivity|response|resistance"
    rf"|efficacy))"
)
#: words beside a gene that turn the direction round; without a variant that says so nothing can be read
_LOSS = re.compile(
    r"\b(?:knock(?:ed)?[- ]?(?:down|out)|silenc\w+|inhibit\w*|deplet\w+|loss|lack|low(?:er)?|reduced|decreased"
    r"|absence|deletion|suppress\w+|"
    r"down-?regulat\w+|block\w*|antagoni\w+|deficien\w+|targeting|siRNA|shRNA|abrogat\w+|anti-?|wild-type|negative"
    r"|attenuat\w+|interfer\w+|hypo-?methylat\w+|low expression|without|non-?)"
    r"(?: [\w-]+){0,5}[ -]*$|\b(?:mutations?|alterations?|polymorphisms?|variants?|methylation"
    r"|phosphorylation) (?:in|of)"
    r"(?:,? [\w-]+){0,5} ?$",
    re.IGNORECASE,
)
_LOSS_AFTER = re.compile(
    r"^[- ](?:\w+[- ])?(?:knock(?:ed)?[- ]?(?:down|out)|silenc\w+|inhibit\w*|deplet\w+|loss|deficien\w+|deletion"
    r"|suppress\w+|down-?regulat\w+|"
    r"block\w*|(?:>|<|≥)?[ \d.]*\(low|negative|null|antibod\w*|antagonist\w*|siRNA|shRNA|low|agonist\w*|wild-type|-/-"
    r"|hyper-?methylat\w*|methylat\w*|response|declin\w+|clearance|normali[sz]ation|kinetics|ratio|(?:mRNA |protein )?"
    r"(?:is|was|were) (?:\w+ )?(?:down-?regulated|decreased|reduced|silenced|low\b|lower\b))|^-?(?:/[\w-]+ )?axis",
    re.IGNORECASE,
)
_OVERCOME = re.compile(
    r"\b(?:overc[ao]m\w*|revers\w+|circumvent\w*|abolish\w*|prevent\w*|attenuat\w+|abrogat\w+|reduc\w+|decreas\w+"
    r"|suppress\w+|inhibit\w*)\b",
    re.I,
)
_NOT_SENSITIVE = re.compile(
    r"\b(?:lack|loss|absence) of\b|\bless\b|\b(?:reduced|decreased|poor|poorer|worse|diminished|shorter|lower"
    r"|impaired)\b",
    re.IGNORECASE,
)
#: every pattern here holds one of these
_GATE = Wording(
    r"[Rr]esist|[Ss]ensi|[Rr]espon|[Bb]enefit|[Rr]efractor|[Ee]fficac|[Oo]utcome|[Ss]urviv|[Ss]hort|[Pp]oor"
    r"|[Ll]ower|[Ww]orse|[Ii]nferior|[Rr]educ|[Ll]ong|[Ss]uscept|[Vv]ulner|[Hh]igher|[Gg]reater|[Ii]mprov"
    r"|[Pp]rolong|[Bb]etter",
    0,
)
#: the marker is only involved, the cause is another's, or what responds is the marker itself
SHIFT = re.compile(
    r"\b(?:negative effect|neutrali[sz]ed|others?|(?:pivotal|key|important|critical|crucial|essential|central|vital)"
    r"(?: \w+){0,2} in|roles? (?:in|of)|involved in|features? (?:\w+ )?(?:connected|related|linked"
    r"|associated) (?:to|with)|reviewed|whether|relation(?:ship)? between)\b",
    re.I,
)
_RESPONDING = re.compile(r"\b(?:levels?|expression|concentrations?|activity) of (?:the )?$", re.I)


def relate_markers(scene: Scene, groups: tuple[Group, ...]) -> Iterator[Draft]:
    """Resistance, reduced sensitivity, sensitivity and no effect, marker named before or after the therapy."""
    if "‹D" not in scene.masked or not _GATE.search(scene.masked):
        return
    for clause in clauses(scene):
        text = scene.masked[clause.start : clause.end]
        if "‹M" not in text and "‹G" not in text:
            continue
        for match in _NO_EFFECT.finditer(text):
            yield from _drafts(scene, clause, match, "no_effect", groups)
        for pattern, relation in (
            (_REDUCED, "reduced_sensitivity"),
            (_RESIST, "resistance"),
            (_SENSITIVE, "sensitivity"),
        ):
            for match in pattern.finditer(text):
                if relation == "sensitivity" and _NOT_SENSITIVE.search(match[0]):
                    continue
                if _NO_EFFECT.search(text) or SHIFT.search(match[0]):
                    continue
                if relation == "sensitivity" and _responds_itself(scene, text, match):
                    continue
                yield from _drafts(scene, clause, match, relation, groups)


def _responds_itself(scene: Scene, text: str, match: re.Match[str]) -> bool:
    """ "The levels of G were responsive to D": the drug acts on the gene."""
    said = re.search(r"(?:was|were|is|are) (?:\w+ )?(?:responsive|sensitive|susceptible) to", match[0])
    if said is None:
        return False
    names = [m.name for m in scene.entity(match[0][: match[0].index("›") + 1]).mentions if m.type == "variant"]
    level = bool(names) and all(re.search(r"(?<!low) expression$", name) for name in names)
    beside = re.match(r"‹M\d+› (?:was|were|is|are) ", match[0]) is not None
    return (level and beside) or _RESPONDING.search(text[: match.start()]) is not None


def _drafts(
    scene: Scene, clause: Clause, match: re.Match[str], relation: str, groups: tuple[Group, ...]
) -> Iterator[Draft]:
    names = match.groupdict()
    place = next(k for k in ("mark", "mark2", "mark3") if names.get(k))
    drugs_at = next(k for k in ("drugs", "drugs2", "drugs3", "drugs4", "drugs5") if names.get(k))
    start, end = clause.start + match.start(drugs_at), clause.start + match.end(drugs_at)
    span = re.sub(r"\bbut not (?:[\w-]+ )?‹[MG]\d+›", "", scene.masked[clause.start + match.start(place) : start])
    mark_at = clause.start + match.start(place)
    token = next(t for t in scene.tokens("MG", mark_at) if t.start() == mark_at)
    if place != "mark3" and (
        not stands_for_itself(scene, clause.start, token)
        or is_acted_on(scene, clause, token, start)
        or NEW_SUBJECT.match(scene.masked[token.end() : start])
    ):
        return
    if (
        relation == "resistance"
        and place != "mark3"
        and _OVERCOME.search(re.split("resist", re.sub(_MARK, "", span))[0])
    ):
        return
    relation, polarity = _denied(relation, span)
    yield from marker_drafts(scene, clause, mark_at, (start, end), (relation, polarity), groups)


def marker_drafts(
    scene: Scene,
    clause: Clause,
    at: int,
    drugs_at: tuple[int, int],
    said: tuple[str, Polarity],
    groups: tuple[Group, ...],
) -> Iterator[Draft]:
    """Drafts of the markers listed at a place and the therapies in a stretch; said is relation and polarity."""
    relation, polarity = said
    for markers in markers_at(scene, clause, at):
        genes = merged([genes_of(scene, e) for e in markers])
        variants = merged([variants_of(e) for e in markers])
        for drugs in given(groups, *drugs_at):
            yield Draft(
                "predictive",
                relation,
                f"marker-{relation}",
                polarity=polarity,
                drugs=drugs,
                genes=genes,
                variants=variants,
                scope=(clause.start, clause.end),
            )


def _denied(relation: str, span: str) -> tuple[str, Polarity]:
    """What is left of a relation where the words between marker and therapy deny it."""
    said = negated(span.rstrip()[:-1]) and re.search(r"\b(?:not(?! only)|no|fail\w*|neither|without)\b", span)
    if relation == "no_effect" or not said:
        return relation, "supports"
    if relation in ("resistance", "reduced_sensitivity") and not re.search(r"lack of", span):
        return relation, "does_not_support"
    return "no_effect", "supports"


def given(groups: tuple[Group, ...], start: int, end: int) -> list[tuple[Participant, ...]]:
    """Therapies of the match: groups as roles.py split them, without labels and comparators."""
    found = [g for g in groups if g.start < end and g.end > start and g.role not in ("label", "comparator")]
    named = {g.end for g in found if any(e.first.kind != "class" for e in g.entities)}
    found = [g for g in found if g.start - 1 not in named or any(e.first.kind != "class" for e in g.entities)]
    return [participants([e for e in g.entities if e.letter == "D"]) for g in found if not g.control]


def markers_at(scene: Scene, clause: Clause, at: int) -> list[list[Entity]]:
    """The marker at a place with those listed beside it; nothing where its state is only hinted at."""
    tokens = scene.tokens("MG", min(clause.start, at), clause.end)
    index = next(i for i, t in enumerate(tokens) if t.start() == at)
    first = index
    while first > 0 and joined(scene, tokens[first - 1], tokens[first]):
        first -= 1
    found: list[list[Entity]] = []
    last = index
    while last + 1 < len(tokens) and joined(scene, tokens[last], tokens[last + 1]):
        last += 1
    for token in tokens[first : last + 1]:
        entity = scene.entity(token[0])
        if not readable(scene, token, entity):
            return []
        same = found and {p.key for p in genes_of(scene, entity)} & {
            p.key for e in found[-1] for p in genes_of(scene, e)
        }
        if same or (found and _of_one_gene(found[-1], entity)):
            found[-1].append(entity)
        else:
            found.append([entity])
    owner = _OF_GENE.match(scene.masked, tokens[last].end(), clause.end)
    if owner and found and all(e.letter == "M" and not genes_of(scene, e) for e in found[-1]):
        found[-1].append(scene.entity(owner[1]))
    return found


#: "M1, M2 and M3 mutations of the viral G"
_OF_GENE = re.compile(r" (?:mutations?|variants?|substitutions?) (?:of|in) (?:the )?(?:[\w-]+ )?(‹G\d+›)")


def _of_one_gene(before: list[Entity], entity: Entity) -> bool:
    """Changes of a protein whose gene nothing tells: those of one list are of one gene (guide rule 13)."""
    changes = [m for e in (*before, entity) for m in e.mentions]
    return all(m.type == "variant" and not m.gene_ids and not m.concept_id for m in changes)


def readable(scene: Scene, token: re.Match[str], entity: Entity) -> bool:
    """False where words beside a gene change its state and no variant says so: the direction would be a guess."""
    if re.match(r" (?:imprinting|heterozygosity|signature|promoter)\b", scene.masked[token.end() :]):
        return False
    states = [m.concept_id or "" for m in entity.mentions if m.type == "variant"]
    if states and not all(state.endswith(":expression") for state in states):
        return True
    before, after = scene.masked[: token.start()], scene.masked[token.end() :]
    if entity.state and re.match(r"(?:loss|deficien|deletion|wild-type|negative)", entity.state):
        return False
    return not (_LOSS.search(before[-60:]) or _LOSS_AFTER.match(after))
