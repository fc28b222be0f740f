"""The disease a finding stands for: by the sentence, else by the title; never the harm, the host or the occasion."""

import re

from miner.document import Document
from miner.findings import DiseaseFrom, Participant
from miner.relating.draft import Draft
from miner.relating.scene import Scene

#: a title names these as what is to be prevented, not as what the patients have
_PREVENTED = re.compile(r"\b(?:prevent\w*|prophylaxis|risk of|avoid\w*)(?: [\w-]+){0,3} $", re.IGNORECASE)
#: names that say no more than the field; a disease of the sentence or title that says more comes before them
_GENERIC = {"MONDO:0004992", "MONDO:0005070", "MESH:D009362", "MONDO:0000001", "MESH:D009369"}
#: an outcome and no disease that is treated: death, side effects
_ENDS = {"MESH:D003643", "MESH:D064420"}
_PLACE = re.compile(
    r"\b(?:in|with|of|for|against|from|to|affected by)(?: (?:the|an?|patients|treatment|those|advanced|metastatic"
    r"|with|of"
    r"|recurrent|refractory|"
    r"untreated|previously|newly|diagnosed|unresectable|locally|or|and|stage|first-line|women|men|adults|children"
    r"|human|relapsed|early|"
    r"relapsed/refractory|who|have|had|[IV]+[AB]?|-?\w+ed|‹M\d+›,?|inoperable|nonsquamous|selected|PS|\d))*[- ]*$",
    re.IGNORECASE,
)

#: "patients with lymphopenia and high LDH": a second marker, not the disease
_BESIDE_MARKER = re.compile(
    r" and (?:(?:high|low|elevated|raised|increased|decreased|reduced) )*(?:\w+ )?‹[MG]\d+›", re.IGNORECASE
)
#: a disease that is no indication: brought about, or beside the one treated
_ASIDE = re.compile(
    r"\b(?:(?:no|without|targets?|targeting)(?: [\w-]+){0,2}|secondary|nosocomial|concomitant|comorbid"
    r"|likelihood of|(?:increas|induc|caus)\w*(?: the)?(?: (?:risk|rate"
    r"|incidence|likelihood) of)?) $",
    re.IGNORECASE,
)


#: "the ‹S› drug": what it is usually given for
_NAMES_DRUG = re.compile(r" (?:drugs?|medications?|medicines?)\b,")
#: "in HNSC patients" where nothing was linked: the sentence names a group of its own, the title's may be another
_UNREAD_GROUP = re.compile(
    r"\b(?:in|of|for|among|with) (?:\w+ )?[A-Z]{3,}[\w-]* (?:patients|tumou?rs|cases|cohorts?)\b"
)


#: what the animals or patients had anyway, beside what was treated ("reduced S in diabetic rats", "after D for ‹S›")
_HOST = re.compile(r" (?:rats?|mice|mouse|rabbits?|pigs?|dogs?|monkeys?|animals?)\b")
_STATE = re.compile(r"[a-z]+(?:ic|ive|ese|ous)")
_OCCASION = re.compile(
    r"\b(?:undergoing|underwent|after|following) (?:[\w-]+ ){0,3}"
    r"(?:‹D\d+›|\w+(?:ectomy|plasty|surgery|otomy)) (?:for|of) $",
    re.IGNORECASE,
)
#: "‹S›-related ‹S›": the cause of the one that is spoken of
_CAUSE_OF = re.compile(r"[- ](?:virus )?(?:related|associated|infected|positive) (?:[\w-]+ )?‹S")
#: how a therapy works is no disease
_MECHANISM = re.compile(
    r"\b(?:by|via|through) (?:the )?(?:[\w-]+ )?(?:\w+ing|\w+tion|\w+sion|blockade) ", re.IGNORECASE
)
#: general processes and signs of MeSH (tree C23); a disease that is named beside them or in the title says what was
#: treated: inflammation, infections, necrosis, hypertrophy, hyperplasia, bleeding, fibrosis, atrophy, metastasis,
#: oedema, ischaemia, injuries, breathlessness, fatigue
_GENERAL = frozenset(
    (
        "MESH:D007249",
        "MESH:D007239",
        "MESH:D009336",
        "MESH:D006984",
        "MESH:D006965",
        "MESH:D006470",
        "MESH:D005355",
        "MESH:D001284",
        "MESH:D009362",
        "MESH:D004487",
        "MESH:D007511",
        "MESH:D014947",
        "MESH:D004417",
        "MESH:D005221",
    )
)
_DISEASES = "MONDO:"
#: behind a disease of the title: what brought it about, or after what it was seen
_BROUGHT_BY = re.compile(
    r" (?:(?P<cause>(?:induced|caused|triggered) by|(?:secondary|due|attributed) to|from)|after|following|during)"
    r"\b(?P<by>.{0,60})"
)


def title_disease(document: Document) -> Participant | None:
    """The disease of the title when it names exactly one."""
    found = {
        m.concept_id or m.text.lower(): m
        for m in document.title_mentions()
        if m.type == "disease" and not _PREVENTED.search(document.title[: m.start])
    }
    if len(found) != 1:
        return None
    mention = next(iter(found.values()))
    return Participant(mention.concept_id, mention.name or mention.text)


def _brought_by(document: Document, disease: Participant, drugs: tuple[Participant, ...]) -> bool:
    """Whether the title calls the disease a harm of one of the therapies ("S from D", "D-induced S")."""
    if not drugs:
        return False
    keys = {d.id for d in drugs if d.id}
    words = {d.name.lower() for d in drugs}
    words |= {m.text.lower() for m in document.mentions if m.type == "drug" and m.concept_id in keys}
    induced = re.compile(
        rf"(?:{'|'.join(re.escape(w) for w in sorted(words))})[-\u2010\u2011 ](?:induced|associated|related) (?:\w+ )*$"
    )
    for mention in document.title_mentions():
        if (
            mention.type != "disease"
            or Participant(mention.concept_id, mention.name or mention.text).key != disease.key
        ):
            continue
        behind = _BROUGHT_BY.match(document.title, mention.end)
        told = behind and (behind["cause"] or not (disease.id or "").startswith(_DISEASES))
        by = behind["by"].lower() if behind and told else ""
        if any(word in by for word in words) or induced.search(document.title[: mention.start].lower()):
            return True
    return False


def find_diseases(
    scene: Scene, draft: Draft, titled: Participant | None
) -> list[tuple[Participant | None, DiseaseFrom]]:
    """The diseases a finding stands for, alternatives apart; the title fills in only where the sentence names none."""
    if draft.no_disease:
        return [(None, "none")]
    if draft.disease:
        return [(draft.disease, "sentence")]
    event = draft.event.key if draft.event else ""
    tokens = _candidates(scene, draft, event)
    specific = [t for t in tokens if _concept(scene, t) not in _GENERIC]
    tokens = specific if titled and titled.id not in _GENERIC else specific or tokens
    if not tokens or _only_signs(scene, draft, tokens, titled):
        fits = (
            titled
            and not _brought_by(scene.document, titled, draft.drugs)
            and titled.key != event
            and not _UNREAD_GROUP.search(scene.masked)
        )
        return [(titled, "title")] if fits else [(None, "none")]
    placed = [t for t in tokens if _PLACE.search(scene.masked[: t.start()])]
    if draft.event:
        placed = [t for t in placed if re.search(r"patients with (?:\w+ ){0,3}$", scene.masked[: t.start()])]
        if not placed:
            return [(None, "none")]
    placed = placed or tokens[:1]
    chosen = [placed[0]]
    for token in tokens:
        if token.start() > chosen[-1].end() and re.fullmatch(
            r",? ?(?:and|or|,) ?(?:\w+ ){0,2}", scene.masked[chosen[-1].end() : token.start()]
        ):
            chosen.append(token)
    result: dict[str, tuple[Participant | None, DiseaseFrom]] = {}
    for token in chosen[:3]:
        mention = scene.entity(token[0]).first
        part = Participant(mention.concept_id, mention.name or mention.text)
        result[part.key] = (part, "sentence")
    return [result[key] for key in sorted(result)]


def _candidates(scene: Scene, draft: Draft, event: str) -> list[re.Match[str]]:
    """The diseases of the sentence that may be the one treated."""
    tokens = [
        t
        for t in scene.tokens("S", 0, draft.until)
        if _key(scene, t) != event and not (draft.event and _in_list(scene, t, event))
    ]
    tokens = [t for t in tokens if draft.drugs or not _BESIDE_MARKER.match(scene.masked, t.end())]
    tokens = [t for t in tokens if not _ASIDE.search(scene.masked[: t.start()])]
    tokens = [t for t in tokens if not _NAMES_DRUG.match(scene.masked, t.end())]
    tokens = [t for t in tokens if t.start() >= draft.since] or tokens
    return [t for t in _spoken_of(scene, tokens) if _concept(scene, t) not in _ENDS]


def _spoken_of(scene: Scene, tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without those that are the cause, the host, the occasion or a general sign, where another is left."""
    text = scene.masked
    asides = [t for t in tokens if _CAUSE_OF.match(text, t.end()) or _OCCASION.search(text[: t.start()])]
    asides += [t for t in tokens[1:] if _HOST.match(text, t.end()) and _STATE.fullmatch(scene.entity(t[0]).first.text)]
    tokens = [t for t in tokens if t not in asides] or tokens
    named = any(_concept(scene, t).startswith(_DISEASES) and _concept(scene, t) not in _GENERIC for t in tokens)
    behind = [t for t in tokens[1:] if _MECHANISM.search(text[tokens[0].end() : t.start()])]
    signs = [t for t in tokens if _concept(scene, t) in _GENERAL and (named or t in behind)]
    return [t for t in tokens if t not in signs]


def _only_signs(scene: Scene, draft: Draft, tokens: list[re.Match[str]], titled: Participant | None) -> bool:
    """Whether a therapy's sentence names nothing but general signs while the title names the disease."""
    if not draft.drugs or draft.event or titled is None or not (titled.id or "").startswith(_DISEASES):
        return False
    return titled.id not in _GENERIC and all(_concept(scene, t) in _GENERAL for t in tokens)


def _concept(scene: Scene, token: re.Match[str]) -> str:
    return scene.entity(token[0]).first.concept_id or ""


def _key(scene: Scene, token: re.Match[str]) -> str:
    mention = scene.entity(token[0]).first
    return Participant(mention.concept_id, mention.name or mention.text).key


def _in_list(scene: Scene, token: re.Match[str], event: str) -> bool:
    """Whether the disease stands in one list with the event (another event, not what is treated)."""
    for other in scene.tokens("S"):
        if _key(scene, other) == event:
            left, right = sorted((token.span(), other.span()))
            gap = scene.masked[left[1] : right[0]]
            return bool(re.fullmatch(r"(?:,? ?(?:and|or|,)? ?|‹S\d+›|grade \d |severe )*", gap))
    return False
