"""--recogniser and [recogniser]: a model of the user's in annotate, mine and evaluate."""

import json
from pathlib import Path

import pytest

from tests.miner.small_model import train
from tests.theragraph.conftest import Run

TEXT = "zorbamine inhibits FOXQ9 in lung cancer ."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "small"
    train(folder)
    return folder


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "in.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def names(out: str) -> list[str]:
    return [m["name"] for m in json.loads(out)["mentions"]]


def test_annotate_with_a_model_and_with_the_dictionary(run: Run, model: Path, text: Path) -> None:
    assert names(run("annotate", text, "--workers", "1", "--recogniser", "dictionary")[1]) == ["lung cancer"]
    code, out, _ = run("annotate", text, "--workers", "1", "--recogniser", f"spacy:{model}")
    assert (code, names(out)) == (0, ["zorbamine", "FOXQ9", "lung cancer"])


def test_the_settings_name_it_and_the_option_wins(run: Run, model: Path, text: Path, tmp_path: Path) -> None:
    settings = tmp_path / "theragraph.toml"
    settings.write_text(f'[recogniser]\nname = "spacy:{model}"\nlabels = {{ CANCER = "none" }}\n', encoding="utf-8")
    arguments = ("--config", settings, "annotate", text, "--workers", "1")
    assert names(run(*arguments)[1]) == ["zorbamine", "FOXQ9"]
    assert names(run(*arguments, "--recogniser", "dictionary")[1]) == ["lung cancer"]


def test_every_worker_loads_the_model(run: Run, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": TEXT}) + "\n" for n in range(130)), encoding="utf-8")
    outputs = [run("annotate", path, "--workers", workers, "--recogniser", f"spacy:{model}") for workers in ("1", "2")]
    assert outputs[0] == outputs[1]
    assert outputs[0][0] == 0


@pytest.mark.parametrize("command", [["annotate"], ["evaluate", "challenges"], ["evaluate", "findings"]])
@pytest.mark.parametrize(
    ("name", "said"),
    [("spacy:en_no_such_model", "a model is code"), ("magic", "known: model, dictionary")],
)
def test_a_model_that_is_not_there_is_wrong_use(run: Run, text: Path, command: list[str], name: str, said: str) -> None:
    code, out, err = run(*command, text, "--recogniser", name)
    assert (code, out) == (2, "")
    assert said in err
    assert name in err
    assert "Traceback" not in err


def test_a_model_that_breaks_in_a_worker_is_wrong_use(run: Run, text: Path, tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("nonsense", encoding="utf-8")
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    code, _, err = run("annotate", text, "--workers", "2", "--recogniser", f"spacy:{tmp_path}")
    assert code == 2
    assert "no configuration of a spaCy model" in err


def test_another_model_mines_anew_and_the_same_one_changes_nothing(run: Run, model: Path, tmp_path: Path) -> None:
    record = (
        "<PubmedArticle><MedlineCitation><PMID Version='1'>{0}</PMID><Article><Journal><Title>J</Title></Journal>"
        "<ArticleTitle>A case.</ArticleTitle><Abstract><AbstractText>{1}</AbstractText></Abstract>"
        "<Language>eng</Language></Article></MedlineCitation></PubmedArticle>"
    )
    records = "".join(record.format(n, TEXT) for n in (1, 2))
    (tmp_path / "in.xml").write_text(f"<PubmedArticleSet>{records}</PubmedArticleSet>", encoding="utf-8")
    home = ("--home", tmp_path / "home")
    assert run(*home, "harvest", "files", tmp_path / "in.xml")[0] == 0
    mine = (*home, "mine", "--workers", "1", "--recogniser")
    assert "read 2 articles" in run(*mine, "dictionary")[2]
    assert "read 2 articles" in run(*mine, f"spacy:{model}")[2]
    assert "2 unchanged" in run(*mine, f"spacy:{model}")[2]
    status = json.loads(run(*home, "status", "--format", "json")[1])["mining"]
    assert status["articles"] == 2
