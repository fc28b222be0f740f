"""A sentence with its entities masked, so that one pattern fits every drug, gene or disease.

Each entity becomes a token such as D3: D therapy, K control arm, M marker (a variant or the state of a gene, with its
gene), G gene, S disease, T test. A short form in brackets after its long form is one entity.
"""

import re
from dataclasses import dataclass, replace

from miner.document import Document
from miner.findings import Mention, Participant
from miner.relating.misread import NO_PRODUCT, misread
from miner.relating.surroundings import Surroundings
from miner.sentences import Sentence
from miner.wording import Wording

TOKEN = re.compile(r"‹([DKMGST])(\d+)›")
#: hyphens that typesetting puts in place of "-" (U+2010, U+2011)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-"})
_RAW = re.compile(r"‹[DKMGSTV]\d+›")
_LETTERS = {"drug": "D", "gene": "G", "variant": "V", "disease": "S", "test": "T"}
#: control arms: never a therapy, whatever the vocabulary says
CONTROL = re.compile(
    r"placebo|sham\b.*|observation(?: alone)?|best supportive care|supportive care(?: alone)?|no (?:further "
    r"|active )?treatment|"
    r"watchful waiting|vehicle|untreated controls?|BSC",
    re.IGNORECASE,
)
#: therapies by their common name where no vocabulary row names them: they keep their place, unlinked
_LITERAL_THERAPY = Wording(
    r"\b(?:(?:(?:platinum|platin|5-FU|taxane|cisplatin|carboplatin)[- ]based )?(?:doublet "
    r")?(?:chemo-?radio-?therapy|chemoradiation|chemotherapy|radiotherapy|"
    r"radiation therapy|immunotherapy|hormone therapy|endocrine therapy|whole-brain radiation therapy"
    r"|brachytherapy|surgical resection|surgery|"
    r"metastasectomy|best available therapy)|standard (?:treatment|therapy))\b"
)
_LITERAL_CONTROL = Wording(r"\b(?:placebo|best supportive care|observation alone|no treatment|watchful waiting)\b")
_STATE = (
    r"(?:gene )?(?:mutant|mutated|mutations?|mutation-positive|mutation|positive|positivity|rearranged"
    r"|rearrangements?|fusions?|"
    r"fusion-positive|translocations?|amplified|amplifications?|deficient|deficiency|loss|carriers?|overexpress\w+|"
    r"wild-type|deletions?|alterations?|variants?|genotypes?|polymorphisms?|copy numbers?(?: gains?)?|expression"
    r"|methylat\w+)"
)
_JOIN = (
    re.compile(r"‹G(\d+)›(?:[ -](?:gene|protein|exon \d+|kinase|p\.)\b)?[ -]*‹V(\d+)›"),
    re.compile(r"‹V(\d+)›(?: mutations?| variants?)? (?:in|of|at|on)(?: the)? ‹G(\d+)›(?: gene)?"),
    re.compile(r"‹V(\d+)› \(?‹G(\d+)›"),
    re.compile(r"‹G(\d+)› \(‹V(\d+)›"),
)
#: one marker in two words: "T790M-positive", "KEAP1-NFE2L2-mutant"
_FUSE = (re.compile(r"‹M(\d+)›[ -]‹M(\d+)›"), re.compile(r"‹G(\d+)›[-/]‹M(\d+)›"))
_GENE_STATE = Wording(rf"‹G(\d+)›[ -]({_STATE})\b|‹G(\d+)›(\+)(?=[\s,.])", 0)
#: states said by a verb or a noun that names people
SAID = (
    (r"over-?express|up-?regulated|elevated|raised", "overexpression"),
    (r"down-?regulated|reduced|decreased", "low-expression"),
    (r"LoF|loss[- ]of[- ]function", "loss"),
    (r"carriers?", "mutation"),
)
_SAID_STATE = Wording(
    r"‹G(\d+)› (?:protein |mRNA |expression |levels? )*(?:is|was|are|were) (?:[\w-]+ly )?(?:over-?expressed"
    r"|up-?regulated|down-?regulated|elevated|raised)\b|‹G(\d+)›[ -](?:mutation )?carriers?\b"
    r"|‹G(\d+)› (?:LoF|loss[- ]of[- ]function)\b(?: (?:alleles?|variants?|polymorphisms?|genotypes?))?"
)
_ALIAS = Wording(r"(‹([A-Z])(\d+)›) ?\((?:also known as |i\.e\. |formerly )?‹\2(\d+)›[^()‹›]{0,40}\)", 0)


@dataclass(frozen=True, slots=True)
class Entity:
    """What one token stands for; a marker carries its variants and genes."""

    letter: str
    mentions: tuple[Mention, ...]
    #: a state read beside the gene that no variant mention covers ("positive"), as written
    state: str = ""

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    @property
    def key(self) -> str:
        return self.first.concept_id or self.first.text.lower()


@dataclass(frozen=True, slots=True)
class Scene:
    """One masked sentence with its entities and where each stands in the raw text."""

    around: Surroundings
    sentence: Sentence
    text: str
    masked: str
    entities: tuple[Entity, ...]

    @property
    def document(self) -> Document:
        """The document that the sentence stands in."""
        return self.around.document

    def entity(self, token: str) -> Entity:
        """The entity of a token ("‹D3›")."""
        return self.entities[int(token[2:-1])]

    def tokens(self, letters: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
        """The tokens of these kinds in a range of the masked text, in order."""
        stop = len(self.masked) if end is None else end
        return [m for m in TOKEN.finditer(self.masked, start, stop) if m[1] in letters]


def read_scene(around: Surroundings, sentence: Sentence) -> Scene:
    """The masked sentence; mentions inside a longer one are left out, except that a variant keeps its gene."""
    document = around.document
    kept = _believed(around, sentence)
    text = document.text[sentence.start : sentence.end]
    masked, at = "", sentence.start
    entities: list[Entity] = []
    for mention in kept:
        if mention.start < at:
            entities[-1] = Entity(entities[-1].letter, (*entities[-1].mentions, mention))
            continue
        letter = _LETTERS[mention.type]
        if letter == "D" and CONTROL.fullmatch(mention.name):
            letter = "K"
        masked += document.text[at : mention.start] + f"‹{letter}{len(entities)}›"
        entities.append(Entity(letter, (mention,)))
        at = mention.end
    masked = (masked + document.text[at : sentence.end]).translate(_HYPHENS)
    masked = _mask_literals(masked, entities)
    masked = _fold_aliases(masked, entities)
    masked = _share_states(masked, entities)
    masked = _join_markers(masked, entities)
    return Scene(around, sentence, text, " ".join(masked.split()), tuple(entities))


def merged(parts: list[tuple[Participant, ...]]) -> tuple[Participant, ...]:
    """Participants of several entities, each once, by key."""
    found = {p.key: p for part in parts for p in part}
    return tuple(found[key] for key in sorted(found))


def participants(entities: list[Entity]) -> tuple[Participant, ...]:
    """Distinct participants in order of their key."""
    found = {e.key: Participant(e.first.concept_id, e.first.name or e.first.text) for e in entities}
    return tuple(found[key] for key in sorted(found))


def genes_of(scene: Scene, entity: Entity) -> tuple[Participant, ...]:
    """The genes of a marker or gene entity, from its mentions and the gene ids of its variants."""
    names = scene.around.gene_names
    found: dict[str, Participant] = {}
    for mention in entity.mentions:
        if mention.type == "gene" and not NO_PRODUCT.fullmatch(mention.text):
            part = Participant(mention.concept_id, mention.name or mention.text)
            found[part.key] = part
        for gene_id in mention.gene_ids:
            found[gene_id] = Participant(gene_id, names.get(gene_id) or _symbol(mention.name, gene_id))
    return tuple(found[key] for key in sorted(found))


def _symbol(variant: str, gene_id: str) -> str:
    """The gene's symbol in a variant's name ("EGFR T790M"), the id where the name does not begin with one."""
    first, _, rest = variant.partition(" ")
    return first if rest and not first.startswith("rs") else gene_id


def variants_of(entity: Entity) -> tuple[Participant, ...]:
    """The variants of a marker; a state that has no mention of its own is not made up here."""
    found = {
        m.concept_id or m.text.lower(): Participant(m.concept_id, m.name or m.text)
        for m in entity.mentions
        if m.type == "variant"
    }
    return tuple(found[key] for key in sorted(found))


def _outermost(mentions: tuple[Mention, ...]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start < (kept[-1].end if kept else -1):
            same = (mention.start, mention.end, "variant") == (kept[-1].start, kept[-1].end, kept[-1].type)
            if not (same and mention.type == "variant"):
                continue
        kept.append(mention)
    return kept


def _believed(around: Surroundings, sentence: Sentence) -> list[Mention]:
    """The outermost mentions, without those misread and without the states that stand with a misread gene alone."""
    read = around.document.mentions_in(sentence)
    wrong = {m.concept_id for m in read if misread(around, m)}
    wrong -= {m.concept_id for m in read if not misread(around, m)}
    return [m for m in _outermost(read) if not misread(around, m) and not (m.gene_ids and set(m.gene_ids) <= wrong)]


def _mask_literals(masked: str, entities: list[Entity]) -> str:
    def put(letter: str, name: str) -> str:
        mention = Mention(0, 0, name, "drug", "class", None, name.lower(), 0.0)
        entities.append(Entity(letter, (mention,)))
        return f"‹{letter}{len(entities) - 1}›"

    masked = _LITERAL_CONTROL.sub(lambda m: put("K", m[0]), masked)
    return _LITERAL_THERAPY.sub(lambda m: put("D", m[0]), masked)


def _fold_aliases(masked: str, entities: list[Entity]) -> str:
    def fold(match: re.Match[str]) -> str:
        long, short = entities[int(match[3])], entities[int(match[4])]
        if long.first.concept_id is None and short.first.concept_id is not None:
            entities[int(match[3])] = Entity(long.letter, (short.first,))
        return match[1]

    return _ALIAS.sub(fold, masked)


def _share_states(masked: str, entities: list[Entity]) -> str:
    """Gives each gene its own variant where one word holds those of several ("EGFR and KRAS mutations")."""
    for number, entity in enumerate(entities):
        if entity.letter != "V" or len(entity.mentions) < 2:
            continue
        genes = {e.first.concept_id: i for i, e in enumerate(entities) if e.letter == "G"}
        homes = [genes.get(m.gene_ids[0]) if m.gene_ids else None for m in entity.mentions]
        if any(home is None for home in homes):
            continue
        for home, mention in zip(homes, entity.mentions, strict=True):
            if home is not None:
                entities[home] = Entity("M", (*entities[home].mentions, mention))
                masked = masked.replace(f"‹G{home}›", f"‹M{home}›")
        masked = masked.replace(f"‹V{number}›", entity.first.text)
    return masked


def _join_markers(masked: str, entities: list[Entity]) -> str:
    """Gene and variant side by side become one marker; a variant on its own is one as well."""

    def fuse(match: re.Match[str]) -> str:
        first, second = int(match[1]), int(match[2])
        entities[first] = Entity("M", entities[first].mentions + entities[second].mentions)
        return f"‹M{first}›"

    def lone(match: re.Match[str]) -> str:
        if match[0][1] != "V":
            return match[0]
        index = int(match[0][2:-1])
        entities[index] = Entity("M", entities[index].mentions)
        return f"‹M{index}›"

    for pattern in _JOIN:
        masked = pattern.sub(fuse, masked)
    masked = _mark_states(masked, entities)
    masked = _RAW.sub(lone, masked)
    for pattern in _FUSE:
        masked = pattern.sub(fuse, masked)
    _sharpen(masked, entities)
    return masked


#: the direction of an expression that stands before the gene ("high levels of EGFR expression")
_DIRECTION = (
    (
        "overexpression",
        re.compile(r"\b(?:high|higher|increased|elevated|up-?regulated)(?: [\w-]+){0,2}(?: of)? $", re.I),
    ),
    (
        "low-expression",
        re.compile(r"\b(?:low|lower|decreased|reduced|down-?regulated)(?: [\w-]+){0,2}(?: of)? $", re.I),
    ),
)


def _sharpen(masked: str, entities: list[Entity]) -> None:
    """Gives a bare expression the direction that the words before it say."""
    for token in TOKEN.finditer(masked):
        entity = entities[int(token[2])]
        if token[1] != "M" or not any((m.concept_id or "").endswith(":expression") for m in entity.mentions):
            continue
        state = next((name for name, rule in _DIRECTION if rule.search(masked[: token.start()])), None)
        if state is not None:
            entities[int(token[2])] = Entity(
                entity.letter, tuple(_directed(m, state) for m in entity.mentions), entity.state
            )


def _directed(mention: Mention, state: str) -> Mention:
    if not (mention.concept_id or "").endswith(":expression"):
        return mention
    gene_id = (mention.concept_id or "")[: -len(":expression")]
    return replace(
        mention,
        concept_id=f"{gene_id}:{state}",
        name=f"{mention.name.removesuffix(' expression')} {state.replace('-', ' ')}",
        runners_up=(),
    )


def _mark_states(masked: str, entities: list[Entity]) -> str:
    """States that stand beside a gene and have no mention of their own."""

    def said(match: re.Match[str]) -> str:
        index = int(match[1] or match[2] or match[3])
        gene = entities[index].first
        if gene.concept_id is None:
            return match[0]
        name = next(value for cue, value in SAID if re.search(cue, match[0], re.IGNORECASE))
        entities[index] = Entity("M", (*entities[index].mentions, _variant(gene, gene.concept_id, match[0], name)))
        return f"‹M{index}›" + match[0][match[0].index("›") + 1 :]

    def state(match: re.Match[str]) -> str:
        index = int(match[1] or match[3])
        entities[index] = Entity("M", entities[index].mentions, match[2] or "positive")
        return f"‹M{index}›"

    return _GENE_STATE.sub(state, _SAID_STATE.sub(said, masked))


def _variant(gene: Mention, gene_id: str, text: str, state: str) -> Mention:
    return replace(
        gene,
        text=text,
        type="variant",
        kind="",
        concept_id=f"TGV:{gene_id}:{state}",
        name=f"{gene.name} {state}",
        gene_ids=(gene_id,),
        runners_up=(),
    )
