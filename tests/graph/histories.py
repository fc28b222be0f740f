"""Random histories of a corpus: studies are added, revised, retracted, judged and deleted in any order."""

import random
from dataclasses import replace

from corpus.records import Article
from graph.assemble import StudyState
from graph.evidence import Thresholds
from graph.load import SavedSearch
from miner.decisions import Correction, Judgement
from miner.findings import Finding
from tests.graph.worlds import (
    CANCER,
    DISEASE,
    DRUG,
    EVENT,
    GENE,
    OTHER_DRUG,
    RARE,
    TEST,
    VARIANT,
    World,
    article,
    challenge,
    corrected,
    finding,
    mention,
    mined,
)

FUSION = "TGV:HGNC:1+HGNC:2:fusion"
_KINDS = (
    ("efficacy", "benefit"),
    ("efficacy", "no_benefit"),
    ("predictive", "sensitivity"),
    ("predictive", "resistance"),
    ("predictive", "reduced_sensitivity"),
    ("predictive", "no_effect"),
    ("prognostic", "worse_outcome"),
    ("prognostic", "better_outcome"),
    ("safety", "causes"),
    ("target", "inhibits"),
)
_DESIGNS = ("cohort", "randomised trial", "review", "meta-analysis", "protocol", "in vitro")
_STATES = ("current", "current", "current", "corrected", "concern", "retracted", "republished")
_WORDS = ("alphanib", "betamab", "GEN1", "cancer", "T790M", "exome")


def revise(world: World, chance: random.Random, studies: int = 8) -> None:
    """One change of a random sort."""
    pmid = chance.randint(1, studies)
    step = chance.random()
    if step < 0.6 or pmid not in world.articles:
        _put(world, chance, pmid, studies)
    elif step < 0.75:
        world.remove(pmid)
    elif step < 0.85:
        world.states[pmid] = StudyState(chance.choice(_STATES), "2021-05-01", noticed(chance))  # type: ignore[arg-type]
    elif step < 0.92:
        _judge(world, chance, pmid)
    elif step < 0.95:
        world.thresholds = Thresholds(chance.choice((0.0, 0.6, 1.0)), chance.choice((0.0, 0.5)))
    else:
        found = tuple(sorted(chance.sample(range(1, studies + 1), 3)))
        world.searches = (SavedSearch("search:s", "mine", found),) if chance.random() < 0.8 else ()


def noticed(chance: random.Random) -> int | None:
    """The PMID of a notice, or none."""
    return chance.choice((None, 900))


def _put(world: World, chance: random.Random, pmid: int, studies: int) -> None:
    sentences = [f"Sentence {i} on {' and '.join(chance.sample(_WORDS, 3))}." for i in range(4)]
    trial = chance.choice(("", "", "NCT00000001", "NCT00000002"))
    study = article(pmid, *sentences, year=chance.choice((None, 2015, 2019, 2021)), trial=trial)
    if chance.random() < 0.4:
        study = corrected(study, chance.choice(("RetractionIn", "CommentOn", "ErratumFor")), chance.randint(1, studies))
    findings = {
        f.id: f for f in (_finding(study, chance, chance.choice(sentences)) for _ in range(chance.randint(0, 4)))
    }
    challenges = [
        challenge(
            study,
            chance.choice(sentences),
            chance.choice(("barrier", "absent", "overcome")),
            about=chance.choice(((TEST,), (DRUG,), (DRUG, TEST), (GENE,), ())),
            classes=chance.choice((("cost",), ("cost", "resistance"))),
            score=chance.choice((0.4, 0.9)),
        )
        for _ in range(chance.randint(0, 2))
    ]
    mentions = [
        mention(study, word, concept, type, gene_ids=genes)
        for word, concept, type, genes in (
            ("alphanib", DRUG, "drug", ()),
            ("betamab", None, "drug", ()),
            ("GEN1", GENE, "gene", ()),
            ("cancer", chance.choice((CANCER, RARE)), "disease", ()),
            ("T790M", chance.choice((VARIANT, FUSION, "TGV:rs704")), "variant", chance.choice(((), (GENE,)))),
        )
        if word in study.text
    ]
    result = mined(*findings.values(), challenges=challenges, mentions=mentions, design=chance.choice(_DESIGNS))
    world.add(study, result if chance.random() < 0.95 else None, StudyState(chance.choice(_STATES)))  # type: ignore[arg-type]


def _finding(study: Article, chance: random.Random, sentence: str) -> Finding:
    kind, relation = chance.choice(_KINDS)
    made = finding(
        study,
        sentence,
        kind,
        relation,
        drugs=chance.choice(((DRUG,), (OTHER_DRUG,), (DRUG, OTHER_DRUG))),
        genes=chance.choice(((), (GENE,))),
        variants=chance.choice(((), (VARIANT,), (FUSION,))),
        disease=chance.choice((DISEASE, CANCER, None)),
        event=EVENT if kind == "safety" else None,
        certainty=chance.choice(("asserted", "asserted", "asserted", "aim", "speculative")),
        level=chance.choice(("A", "B", "C", "D", None)),
        confidence=chance.choice((0.5, 0.75, 1.0)),
    )
    called = chance.choice(("GEN1 T790M", "Gen1 T790M"))
    return replace(made, variants=tuple(replace(v, name=called) for v in made.variants))


def _judge(world: World, chance: random.Random, pmid: int) -> None:
    result = world.results.get(pmid)
    if not result or not result.findings:
        return
    key = chance.choice(result.findings).id
    if chance.random() < 0.3:
        world.judgements.pop(key, None)
    else:
        world.judgements[key] = chance.choice(
            (
                Judgement(key, "wrong"),
                Judgement(key, "corrected", "E"),
                Judgement(key, "right", "none"),
                Judgement(key, "corrected", correction=Correction(certainty="background")),
                Judgement(key, "corrected", correction=Correction("efficacy", "no_benefit")),
            )
        )
