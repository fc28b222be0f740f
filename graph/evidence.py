"""From a study's findings and challenges to Sentence and Evidence rows, contributions to claims and shortcuts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.identifiers import study_curie
from corpus.records import Article
from graph.claims import STANCES, ClaimKey, Contribution, Participants, Sign, claim_of, contribution
from graph.rows import NodeRow, RelationRow, Row, Value, present
from graph.schema import ROLES
from graph.vocabulary import Names
from miner.decisions import Judgement
from miner.findings import Challenge, Finding, MinedArticle, digest

#: claims that a therapy is judged by, and the signs that speak for (True) or against it (False)
_FOR_THERAPY: dict[tuple[str, str, Sign], bool] = {
    ("efficacy", "benefit", "supports"): True,
    ("predictive", "sensitivity", "supports"): True,
    ("efficacy", "benefit", "contradicts"): False,
    ("predictive", "sensitivity", "contradicts"): False,
    ("predictive", "resistance", "supports"): False,
    ("predictive", "reduced_sensitivity", "supports"): False,
}
_TYPE_OF_ROLE = {role: label.lower() for role, (_, label) in ROLES.items()}
_DISEASE_FROM = ("sentence", "title", "none")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What becomes evidence: findings from this confidence, challenges from this score; below, they stay mined."""

    finding: float = 0.0
    challenge: float = 0.0
    #: score of a challenge's class from which it hinders what it is about; below, its study only raises it (of pairs
    #: read on the 2021 file 43 % were right from .1 on, 66 % from .4 on, 77 % from .5 on)
    hindrance: float = 0.5


EVERYTHING = Thresholds()


@dataclass(frozen=True, slots=True)
class Report:
    """What evidence needs to know of the study it stands in."""

    article: Article
    study_key: str
    year: int | None
    design: str
    status: str

    @property
    def id(self) -> str:
        """The Study's id."""
        return study_curie(self.article.pmid)


@dataclass(frozen=True, slots=True)
class EvidenceRows:
    """Rows and contributions of a study's evidence, with the concepts they need."""

    rows: tuple[Row, ...]
    contributions: tuple[Contribution, ...]
    concept_ids: frozenset[str]
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """One Evidence in the making: its claim, its properties, the sentences it quotes."""

    id: str
    claim: ClaimKey
    sign: Sign
    values: dict[str, Value]
    spans: tuple[tuple[int, int], ...]


def study_evidence(
    report: Report,
    mined: MinedArticle,
    names: Names,
    judgements: Mapping[str, Judgement],
    thresholds: Thresholds = EVERYTHING,
) -> EvidenceRows:
    """All evidence of one study, as judged; what is unlinked, unsure or judged wrong is counted and left out."""
    dropped: Counter[str] = Counter()
    findings = _sure(mined.findings, judgements, thresholds.finding, dropped)
    kept = list(_kept(findings, names, judgements, dropped))
    challenges = [c for c in mined.challenges if c.score >= thresholds.challenge]
    dropped["challenge below the score asked for"] += len(mined.challenges) - len(challenges)
    told = {(f.start, f.end) for f, _ in kept if f.kind in ("predictive", "safety")}
    pieces = _finding_pieces(report, kept, judgements)
    pieces += _challenge_pieces(report, challenges, told, names, thresholds.hindrance, dropped)
    spans = sorted({span for piece in pieces for span in piece.spans} | {(c.start, c.end) for c in challenges})
    sentence_rows, sentence_ids = _sentences(report, spans)
    contributions = tuple(
        contribution(
            piece.claim,
            piece.id,
            piece.sign,
            pmid=report.article.pmid,
            study_key=report.study_key,
            year=report.year,
            design=report.design,
            status=report.status,
            level=str(piece.values["level"]) if "level" in piece.values else None,
        )
        for piece in pieces
    )
    raises = _raises(report, challenges, names)
    rows: list[Row] = [*sentence_rows, *raises]
    for piece in pieces:
        rows += _piece_rows(report, piece, sentence_ids)
    rows += _shortcuts(report, contributions)
    ids = {i for piece in pieces for _, i in piece.claim.participants} | {row.end for row in raises}
    return EvidenceRows(tuple(rows), contributions, frozenset(ids), +dropped)


def _sure(
    findings: Iterable[Finding], judgements: Mapping[str, Judgement], least: float, dropped: Counter[str]
) -> Iterator[Finding]:
    """Findings of at least this confidence; one that somebody judged needs none."""
    for finding in findings:
        if finding.confidence >= least or finding.id in judgements:
            yield finding
        else:
            dropped["finding below the confidence asked for"] += 1


def _kept(
    findings: Iterable[Finding], names: Names, judgements: Mapping[str, Judgement], dropped: Counter[str]
) -> Iterable[tuple[Finding, Participants]]:
    for finding in findings:
        judgement = judgements.get(finding.id)
        if judgement and judgement.verdict == "wrong":
            dropped["finding judged wrong"] += 1
            continue
        if judgement:
            if judgement.correction.misfit(finding):
                dropped["correction that does not fit its finding"] += 1
                continue
            finding = judgement.applied(finding)
        placed = [(role, names.place(key, _TYPE_OF_ROLE[role])) for role, key in finding.participants]
        participants = tuple(sorted({(role, place[1]) for role, place in placed if place}))
        if not placed or any(place is None for _, place in placed):
            dropped["unlinked finding"] += 1
        else:
            yield finding, participants


def _finding_pieces(
    report: Report, kept: Sequence[tuple[Finding, Participants]], judgements: Mapping[str, Judgement]
) -> list[_Piece]:
    groups: dict[tuple[str, str, str, str, Participants], list[Finding]] = {}
    for finding, participants in kept:
        key = (finding.kind, finding.relation, finding.polarity, finding.certainty, participants)
        groups.setdefault(key, []).append(finding)
    pieces = []
    for (kind, relation, polarity, certainty, participants), findings in groups.items():
        claim, sign = claim_of(kind, relation, polarity, participants)
        evidence_id = digest("evidence", report.id, kind, relation, polarity, participants, certainty)
        values = {
            "kind": kind,
            "relation": relation,
            "polarity": polarity,
            "certainty": certainty,
            **_finding_values(findings, judgements),
        }
        spans = tuple(sorted({(f.start, f.end) for f in findings}))
        pieces.append(_Piece(evidence_id, claim, sign if certainty == "asserted" else "considers", values, spans))
    return pieces


def _finding_values(findings: Sequence[Finding], judgements: Mapping[str, Judgement]) -> dict[str, Value]:
    """Properties of an Evidence from its findings; the one of the best level speaks for subject, effect and trace."""
    best = min(findings, key=lambda f: (f.level or "Z", -f.confidence, f.id))
    reviews = {judgement.verdict for f in findings if (judgement := judgements.get(f.id))}
    return present(
        subject=best.subject,
        level=best.level,
        levelTrace=best.level_trace,
        confidence=round(float(max(f.confidence for f in findings)), 3),
        diseaseFrom=min((f.disease_from for f in findings), key=_DISEASE_FROM.index),
        effect=best.effect,
        comparators=tuple(sorted({p.name for f in findings for p in f.comparators})),
        prior=tuple(sorted({p.name for f in findings for p in f.prior})),
        review="corrected" if "corrected" in reviews else "confirmed" if reviews else "none",
    )


def _challenge_pieces(
    report: Report,
    challenges: Iterable[Challenge],
    told: set[tuple[int, int]],
    names: Names,
    least: float,
    dropped: Counter[str],
) -> list[_Piece]:
    """One piece per stance, class and thing it is about; sentences already told as a finding make none."""
    groups: dict[tuple[str, Participants], list[Challenge]] = {}
    for challenge in challenges:
        if (challenge.start, challenge.end) in told:
            dropped["challenge already told by a finding"] += 1
            continue
        for about in challenge.about:
            type_ = names.type_of(about.id) if about.id else None
            place = names.place(about.id, type_) if about.id and type_ in _TYPE_OF_ROLE else None
            if place is None or type_ is None:
                dropped["challenge about an unknown concept"] += 1
                continue
            for class_id in _firm_classes(challenge, type_, least, names, dropped):
                pair: Participants = tuple(sorted((("challenge", class_id), (type_, place[1]))))
                groups.setdefault((challenge.polarity, pair), []).append(challenge)
    return [_challenge_piece(report, stance, pair, told_by) for (stance, pair), told_by in groups.items()]


#: what is said of a test and never of a drug: of 58 therapies that a sentence was read to find inaccurate 6 were right
_OF_TESTS = ("accuracy", "interpretation")


def _firm_classes(challenge: Challenge, type_: str, least: float, names: Names, dropped: Counter[str]) -> list[str]:
    """The classes that are sure enough to hinder something of this type; the others are only raised by the study."""
    firm = [
        name
        for name, score in challenge.scored_classes
        if score >= least and not (type_ == "drug" and name in _OF_TESTS)
    ]
    dropped["challenge not sure enough to hinder"] += len(challenge.classes) - len(firm)
    places = (names.place(f"challenge:{name}", "challenge") for name in firm)
    return [place[1] for place in places if place]


def _challenge_piece(report: Report, stance: str, pair: Participants, challenges: Sequence[Challenge]) -> _Piece:
    values = present(
        kind="challenge",
        relation="hinders",
        polarity=stance,
        certainty="asserted",
        subject="unknown",
        levelTrace=(),
        confidence=round(float(max(c.score for c in challenges)), 3),
        diseaseFrom="none",
        comparators=(),
        prior=(),
        review="none",
    )
    evidence_id = digest("evidence", report.id, "challenge", "hinders", stance, pair, "asserted")
    spans = tuple(sorted({(c.start, c.end) for c in challenges}))
    return _Piece(evidence_id, ClaimKey("challenge", "hinders", pair), STANCES[stance], values, spans)


def _class_ids(challenge: Challenge, names: Names) -> list[str]:
    places = (names.place(f"challenge:{name}", "challenge") for name in challenge.classes)
    return [place[1] for place in places if place]


def _raises(report: Report, challenges: Iterable[Challenge], names: Names) -> list[RelationRow]:
    counts: dict[str, Counter[str]] = {}
    for challenge in challenges:
        for class_id in _class_ids(challenge, names):
            counts.setdefault(class_id, Counter())[challenge.polarity] += 1
    return [
        RelationRow("RAISES", "Study", report.id, "Challenge", class_id, {s: counts[class_id][s] for s in STANCES})
        for class_id in sorted(counts)
    ]


def _sentences(report: Report, spans: Sequence[tuple[int, int]]) -> tuple[list[Row], dict[tuple[int, int], str]]:
    """Sentence rows in text order, and the id of each span; a sentence said twice is kept once, at its first place."""
    rows: dict[str, list[Row]] = {}
    ids: dict[tuple[int, int], str] = {}
    for start, end in spans:
        text = report.article.text[start:end]
        sentence_id = digest("sentence", report.id, text)
        ids[start, end] = sentence_id
        if sentence_id in rows:
            continue
        passage = next((p for p in report.article.passages if p.start <= start < p.end), None)
        values = present(
            text=text, section=passage.label if passage else None, position=len(rows), start=start, end=end
        )
        node = NodeRow("Sentence", sentence_id, values)
        rows[sentence_id] = [node, RelationRow("PART_OF", "Sentence", sentence_id, "Study", report.id)]
    return [row for pair in rows.values() for row in pair], ids


def _piece_rows(report: Report, piece: _Piece, sentence_ids: Mapping[tuple[int, int], str]) -> list[Row]:
    quoted = dict.fromkeys(sentence_ids[span] for span in piece.spans)
    return [
        NodeRow("Evidence", piece.id, piece.values),
        RelationRow("REPORTED_IN", "Evidence", piece.id, "Study", report.id),
        RelationRow(piece.sign.upper(), "Evidence", piece.id, "Claim", piece.claim.id),
        *(RelationRow("QUOTES", "Evidence", piece.id, "Sentence", sentence) for sentence in quoted),
    ]


def _shortcuts(report: Report, contributions: Sequence[Contribution]) -> list[Row]:
    """SUPPORTED_BY and CONTRADICTED_BY from counted evidence, HINDERED_BY from barriers."""
    judged: dict[tuple[str, str], list[Contribution]] = {}
    hindered: dict[tuple[str, str], set[str]] = {}
    for item in contributions:
        speaks = _FOR_THERAPY.get((item.claim.kind, item.claim.relation, item.sign)) if item.counted else None
        for role, concept_id in item.claim.participants:
            if role == "drug" and speaks is not None:
                type_ = "SUPPORTED_BY" if speaks else "CONTRADICTED_BY"
                judged.setdefault((type_, concept_id), []).append(item)
            if role in ("drug", "test") and item.claim.kind == "challenge" and item.sign == "supports":
                classes = {i for role, i in item.claim.participants if role == "challenge"}
                hindered.setdefault((_TYPE_OF_ROLE[role].title(), concept_id), set()).update(classes)
    rows: list[Row] = []
    for (type_, drug), items in sorted(judged.items()):
        diseases = {i for item in items for role, i in item.claim.participants if role == "disease"}
        values = present(
            bestLevel=min((item.level for item in items if item.level), default=None),
            evidenceCount=len({item.evidence_id for item in items}),
            diseaseIds=tuple(sorted(diseases)),
        )
        rows.append(RelationRow(type_, "Drug", drug, "Study", report.id, values))
    if report.status != "retracted":
        for (label, concept_id), classes in sorted(hindered.items()):
            values = {"classes": tuple(sorted(classes))}
            rows.append(RelationRow("HINDERED_BY", label, concept_id, "Study", report.id, values))
    return rows
