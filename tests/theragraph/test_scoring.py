import gzip
import json
from pathlib import Path

import pytest

import theragraph.scoring
from miner.train.corpora import kept_for_scores
from tests.miner.tiny import TinyPipeline, TinyTable, tiny_concepts
from tests.theragraph.conftest import Run

GOLD = (
    "1|t|Gefitinib in non-small cell lung cancer\n1|a|EGFR matters.\n"
    "1\t0\t9\tGefitinib\tChemical\tD1\n1\t13\t39\tnon-small cell lung cancer\tDisease\tD2\n"
    "1\t40\t44\tEGFR\tGene\t1956\n"
)

DESIGN_HEADER = "pmid\thalf\tdesign\tphase\tn\ttrials\tsure\n"
ARTICLE = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version='1'>1</PMID><Article>"
    "<Journal><JournalIssue><PubDate><Year>2021</Year></PubDate></JournalIssue><Title>J</Title></Journal>"
    "<ArticleTitle>A strange rash.</ArticleTitle><Abstract><AbstractText>We report a patient with glioma."
    "</AbstractText></Abstract><Language>eng</Language></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
)


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gold file, and a session whose pipeline and concepts are the tiny ones."""
    monkeypatch.setattr(theragraph.scoring, "pipeline", lambda session: TinyPipeline())
    monkeypatch.setattr("theragraph.session.Session.concepts", lambda session: TinyTable(tiny_concepts()))
    path = tmp_path / "gold.pubtator"
    path.write_text(GOLD, encoding="utf-8")
    return path


def test_ner_scores_a_file_and_says_which(gold: Path, run: Run) -> None:
    code, out, err = run("evaluate", "ner", str(gold), "--split", "development")
    assert code == 0
    assert "strict\tall\t3\t3\t3\t1.0\t1.0\t1.0" in out
    assert "scored gold.pubtator, 1 documents; split: development" in err


def test_what_gold_misplaces_is_said(gold: Path, run: Run) -> None:
    gold.write_text(GOLD + "1\t2\t9\tGefitinib\tChemical\tD1\n", encoding="utf-8")
    _, out, err = run("evaluate", "ner", str(gold))
    assert "strict\tall\t3\t3\t3\t" in out
    assert "1 gold mentions that do not stand where the file says left out; name its split" in err


def test_linking_scores_concepts(gold: Path, run: Run) -> None:
    code, out, _ = run("evaluate", "linking", str(gold), "--format", "jsonl")
    assert code == 0
    rows = {(row["scoring"], row["what"]): row for row in map(json.loads, out.splitlines())}
    assert rows["document", "gene all"]["right"] == rows["mention", "gene all"]["right"] == 1
    assert (rows["document", "drug"]["right"], rows["document", "drug"]["outside"]) == (0, 1)


def test_errors_are_listed_instead(gold: Path, run: Run) -> None:
    gold.write_text(
        "2|t|Gefitinib helps mice\n2\t16\t20\tmice\tDisease\tD9\n2\t0\t9\tGefitinib\tGene\t\n", encoding="utf-8"
    )
    _, out, _ = run("evaluate", "ner", str(gold), "--errors", "--format", "jsonl")
    assert [row["error"] for row in map(json.loads, out.splitlines())] == ["missed", "missed"]
    _, out, _ = run("evaluate", "linking", str(gold), "--errors", "--format", "jsonl")
    assert [row["concept"] for row in map(json.loads, out.splitlines())] == ["MESH:D9"]


def test_kept_scores_only_what_never_trains(gold: Path, run: Run) -> None:
    ids = [str(number) for number in range(40)]
    gold.write_text("\n".join(f"{id}|t|Cancer\n{id}\t0\t6\tCancer\tDisease\n" for id in ids), encoding="utf-8")
    _, _, err = run("evaluate", "ner", str(gold), "--kept")
    kept = sum(kept_for_scores(id) for id in ids)
    assert f"{kept} documents, only what the recipe keeps out of training" in err
    assert 0 < kept < len(ids)


@pytest.mark.parametrize("packed", [False, True])
def test_designs_are_scored_on_the_texts_of_a_pubmed_file(packed: bool, tmp_path: Path, run: Run) -> None:
    gold, texts = tmp_path / "gold.tsv", tmp_path / "texts"
    gold.write_text(f"{DESIGN_HEADER}1\tmend\tcase report\t\t1\t\tyes\n2\tcheck\tcohort\t\t\t\tyes\n", encoding="utf-8")
    texts.write_bytes(gzip.compress(ARTICLE.encode()) if packed else ARTICLE.encode())
    code, out, err = run("evaluate", "design", str(gold), "--texts", str(texts))
    assert code == 0
    assert "design\tcase report\t1\t1\t1\t1.0\t1.0\t1.0" in out
    assert "scored gold.tsv, 2 labelled articles, 1 of them not found; both halves" in err
    code, out, err = run("evaluate", "design", str(gold), "--texts", str(texts), "--half", "mend")
    assert code == 0
    assert "1 labelled articles; half: mend" in err
    code, _, err = run("evaluate", "design", str(gold), "--texts", str(texts), "--half", "check")
    assert (code, "holds none of the 1 articles" in err) == (2, True)
    code, _, err = run("evaluate", "design", str(gold), "--texts", str(texts), "--half", "third")
    assert (code, "mend or check" in err) == (2, True)


def test_the_page_is_written_once(gold: Path, tmp_path: Path, run: Run) -> None:
    data = tmp_path / "data"
    (data / "ner").mkdir(parents=True)
    (data / "ner" / "bc5cdr_dev.pubtator").write_text(GOLD, encoding="utf-8")
    page = tmp_path / "quality.md"
    assert run("evaluate", "quality", str(data), "--output", str(page))[0] == 0
    assert "| BC5CDR | strict | all | 100.0" in page.read_text(encoding="utf-8")
    code, _, err = run("evaluate", "quality", str(data), "--output", str(page))
    assert code == 2
    assert "--force" in err


def test_curated_rows_are_scored_or_what_was_found_is_listed(gold: Path, tmp_path: Path, run: Run) -> None:
    rows, readable, texts = (tmp_path / name for name in ("rows", "readable", "texts"))
    rows.write_text("pmid\tgene\tdrugs\tsignificance\n1\tEGFR\tGefitinib\tSensitivity\n", encoding="utf-8")
    readable.write_text("row\tpmid\treadable\n0\t1\tyes\n", encoding="utf-8")
    abstract = "EGFR mutation predicted response to gefitinib."
    texts.write_text(json.dumps({"pmid": "1", "title": "Report", "abstract": abstract}), encoding="utf-8")
    named = ("evaluate", "curated", str(rows), "--readable", str(readable), "--texts", str(texts))
    code, out, err = run(*named, "--split", "development")
    assert code == 0
    assert "as concepts, any certainty\tall\t1\t1\t1.0" in out
    assert "scored rows, 1 abstracts; split: development" in err
    _, out, _ = run(*named, "--found", "--format", "jsonl")
    assert [row["sentence"] for row in map(json.loads, out.splitlines())] == [abstract]
    assert run(*named, "--errors", "--format", "jsonl")[1].strip() == ""
    assert run(*named, "--errors", "--found")[0] == 2
    texts.write_text(json.dumps({"pmid": "1", "title": "Report", "abstract": "It rained."}), encoding="utf-8")
    assert run(*named, "--found", "--format", "jsonl")[1].strip() == ""
    readable.write_text("row\tpmid\treadable\n0\t1\tno\n", encoding="utf-8")
    code, _, err = run(*named)
    assert (code, "marks no row" in err) == (2, True)


def test_pairs_of_a_folder_are_scored(gold: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "sentences"
    folder.mkdir()
    (folder / "a.txt").write_text("EGFR mutation predicted response to gefitinib.", encoding="utf-8")
    (folder / "a.a1").write_text("T1\tgene 0 4\tEGFR\nT2\tdrug 36 45\tgefitinib\n", encoding="utf-8")
    (folder / "a.a2").write_text("R1\tPredictive drug:T2 gene:T1\n", encoding="utf-8")
    code, out, err = run("evaluate", "pairs", str(folder))
    assert code == 0
    assert "both annotated\tevery confidence\t1\t1\t1\t1.0\t1.0" in out
    assert "scored sentences, 1 sentences; thresholds" in err
    assert run("evaluate", "pairs", str(tmp_path / "nowhere"))[0] == 2


def test_scopes_and_problems_are_scored(gold: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "gold.xml"
    cue = '<xcope id="X1"><cue type="negation" ref="X1">no</cue> change</xcope>'
    file.write_text(f"<a><DocID>1</DocID><sentence>There was {cue}.</sentence></a>", encoding="utf-8")
    code, out, err = run("evaluate", "scope", str(file))
    assert code == 0
    assert "sentence\tnegation\t1\t1\t1" in out
    assert "1 abstracts, 1 sentences; name its split" in err
    file = tmp_path / "problems.csv"
    file.write_text(",sentence_id,text,problem,direction\n0,a,It rained.,1.0,0.0\n", encoding="utf-8")
    code, out, _ = run("evaluate", "challenges", str(file))
    assert code == 0
    assert "any challenge\t0\t0\t1" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ner", "nowhere"), "gold file nowhere does not exist"),
        (("linking", "nowhere"), "gold file nowhere does not exist"),
        (("quality", "nowhere"), "data folder nowhere does not exist"),
        (("design", "nowhere", "--texts", "neither"), "gold file nowhere does not exist"),
    ],
)
def test_what_is_not_there_is_named(arguments: tuple[str, ...], said: str, run: Run) -> None:
    code, _, err = run("evaluate", *arguments)
    assert code == 2
    assert said in err


def test_a_folder_without_corpora_is_said(gold: Path, tmp_path: Path, run: Run) -> None:
    code, _, err = run("evaluate", "quality", str(tmp_path))
    assert code == 2
    assert "no known corpus" in err


def test_a_broken_gold_file_is_wrong_use(gold: Path, run: Run) -> None:
    gold.write_text("1|t|Title\nnonsense\n", encoding="utf-8")
    code, _, err = run("evaluate", "ner", str(gold))
    assert code == 2
    assert "line 2" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ner",), "no gold mention of a type known here"),
        (("linking",), "no gold mention with an id"),
        (("ner", "--kept"), "among the documents kept"),
    ],
)
def test_a_file_with_nothing_to_score_is_said(gold: Path, arguments: tuple[str, ...], said: str, run: Run) -> None:
    gold.write_text("1|t|Mice have cancer\n1\t0\t4\tMice\tSpecies\t10090\n", encoding="utf-8")
    code, _, err = run("evaluate", *arguments, str(gold))
    assert code == 2
    assert said in err
