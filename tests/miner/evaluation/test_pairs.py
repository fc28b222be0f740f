import io
import tarfile
from pathlib import Path

import pytest

from miner.errors import MinerInputError
from miner.evaluation.pairs import FOLDS, PairsReport, read_pairs, score_pairs
from miner.findings import Finding, Mention, MinedArticle, Participant

TEXT = "EGFR and KRAS predict response to gefitinib in lung cancer."
ENTITIES = "T1\tgene 0 4\tEGFR\nT2\tgene 9 13\tKRAS\nT3\tdrug 34 43\tgefitinib\nT4\tcancer 47 58\tlung cancer\n"
RELATION = "R1\tPredictive cancer:T4 drug:T3 gene:T1\nR2\tPrognostic cancer:T4 gene:T2\n"
EGFR, KRAS = Participant("HGNC:3236", "EGFR"), Participant("HGNC:6407", "KRAS")
GEFITINIB = Participant("D:1", "gefitinib")
MENTIONS = (
    Mention(0, 4, "EGFR", "gene", "gene", "HGNC:3236", "EGFR", 1.0),
    Mention(9, 13, "KRAS", "variant", "", "TGV:1", "KRAS", 1.0, gene_ids=("HGNC:6407",)),
    Mention(34, 43, "gefitinib", "drug", "substance", "D:1", "gefitinib", 1.0),
)


def write(
    folder: Path, *, text: str = TEXT, entities: str = ENTITIES, relations: str = RELATION, count: int = 1
) -> Path:
    for number in range(count):
        for part, content in (("txt", text), ("a1", entities), ("a2", relations)):
            (folder / f"{number:02}.{part}").write_text(content, encoding="utf-8")
    return folder


def finding(gene: Participant, confidence: float = 0.7, kind: str = "predictive") -> Finding:
    return Finding(
        kind,  # type: ignore[arg-type]
        "sensitivity",
        "supports",
        "asserted",
        "patients",
        0,
        len(TEXT),
        "x",
        drugs=(GEFITINIB,),
        genes=(gene,),
        confidence=confidence,
    )


def scored(folder: Path, *findings: Finding, mentions: tuple[Mention, ...] = MENTIONS) -> PairsReport:
    return score_pairs(read_pairs(folder), lambda id, title, text: MinedArticle(id, "", mentions, findings))


def counts(report: PairsReport, what: str = "every confidence") -> dict[object, tuple[object, object, object]]:
    return {r["scoring"]: (r["right"], r["extracted"], r["gold"]) for r in report.score_rows() if r["what"] == what}


def test_pairs_are_right_extra_or_missed(tmp_path: Path) -> None:
    write(tmp_path)
    assert counts(scored(tmp_path, finding(EGFR)))["all"] == (1, 1, 1)
    report = scored(tmp_path, finding(KRAS), finding(EGFR, kind="prognostic"))
    assert counts(report) == {"all": (0, 1, 1), "both annotated": (0, 1, 1)}
    assert [(r["error"], r["pair"]) for r in report.error_rows()] == [
        ("extra", "KRAS - gefitinib"),
        ("missed", "EGFR - gefitinib"),
    ]


def test_what_gold_does_not_annotate_is_counted_apart(tmp_path: Path) -> None:
    write(tmp_path, entities=ENTITIES.replace("T2\tgene 9 13\tKRAS\n", ""), relations=RELATION.split("R2")[0])
    report = scored(tmp_path, finding(EGFR), finding(KRAS))
    assert counts(report) == {"all": (1, 2, 1), "both annotated": (1, 1, 1)}
    assert [r["error"] for r in report.error_rows()] == ["not annotated"]


def test_two_names_of_one_gene_answer_for_one_pair(tmp_path: Path) -> None:
    write(tmp_path, relations=RELATION + "R3\tPredictive cancer:T4 drug:T3 gene:T2\n")
    both = (*MENTIONS, Mention(9, 13, "KRAS", "gene", "gene", "HGNC:3236", "EGFR", 1.0))
    assert counts(scored(tmp_path, finding(EGFR), mentions=both))["all"] == (1, 1, 2)


def test_the_threshold_is_chosen_on_the_other_folds(tmp_path: Path) -> None:
    write(tmp_path, count=2 * FOLDS)
    report = scored(tmp_path, finding(EGFR, 0.8), finding(KRAS, 0.6))
    assert report.thresholds["all"] == (0.8,) * FOLDS
    assert counts(report)["all"] == (10, 20, 10)
    assert counts(report, "threshold of the other folds")["all"] == (10, 10, 10)
    assert "thresholds of the 5 folds: all 0.8" in report.described("gold")


def test_a_pair_that_a_sentence_names_twice_is_one(tmp_path: Path) -> None:
    again = "T5\tdrug 60 69\tGefitinib\n"
    relations = RELATION + "R3\tPredictive cancer:T4 drug:T5 gene:T1\n"
    write(tmp_path, text=f"{TEXT} Gefitinib.", entities=ENTITIES + again, relations=relations)
    assert counts(scored(tmp_path, finding(EGFR)))["all"] == (1, 1, 1)


def test_a_fold_has_no_say_in_its_own_threshold(tmp_path: Path) -> None:
    sentences = read_pairs(write(tmp_path, count=FOLDS))
    found = {sentences[0].id: (finding(KRAS, 0.5),)}
    report = score_pairs(sentences, lambda id, title, text: MinedArticle(id, "", MENTIONS, found.get(id, ())))
    assert report.thresholds["all"] == (0.0, *(0.5,) * (FOLDS - 1))
    assert counts(report, "threshold of the other folds")["all"] == (0, 1, 5)


def test_without_a_good_threshold_the_best_is_taken(tmp_path: Path) -> None:
    write(tmp_path, count=FOLDS)
    assert scored(tmp_path, finding(KRAS, 0.6)).thresholds["all"] == (0.6,) * FOLDS
    assert scored(tmp_path).thresholds["all"] == (0.0,) * FOLDS


def test_an_archive_reads_like_its_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "a") if (tmp_path / "a").mkdir() is None else tmp_path
    packed = tmp_path / "gold.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        for file in sorted(folder.iterdir()):
            data = file.read_bytes()
            member = tarfile.TarInfo(f"gold/{file.name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    assert read_pairs(packed) == read_pairs(folder)
    packed.write_bytes(packed.read_bytes()[:100])
    with pytest.raises(MinerInputError, match="neither a folder nor a whole tar archive"):
        read_pairs(packed)


def test_a_discontinuous_entity_is_one_stretch(tmp_path: Path) -> None:
    [sentence] = read_pairs(write(tmp_path, entities=ENTITIES.replace("gene 9 13", "gene 0 4;9 13")))
    assert (sentence.entities[1].start, sentence.entities[1].end) == (0, 13)


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("a1", "T1\tgene x 4\tEGFR\n", "00.a1, 00.a2: no brat standoff"),
        ("a2", "R1\tPredictive drug:T9 gene:T1\n", "no brat standoff"),
        ("a1", None, "lacks 00.a1"),
        ("txt", None, "holds no sentence"),
    ],
)
def test_a_broken_folder_is_named(part: str, content: str | None, said: str, tmp_path: Path) -> None:
    file = write(tmp_path) / f"00.{part}"
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(MinerInputError, match=said):
        read_pairs(tmp_path)
