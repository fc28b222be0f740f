"""Flags over environment over the nearest theragraph.toml."""

from pathlib import Path

import pytest

from theragraph.settings import SettingsError, read_settings


def test_the_nearest_file_upwards_names_the_home(tmp_path: Path) -> None:
    (tmp_path / "theragraph.toml").write_text('engine = "neo4j"\n[neo4j]\nuri = "bolt://db:7687"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    settings = read_settings(environment={}, cwd=below)
    assert settings.home == tmp_path
    assert (settings.engine, settings.neo4j_uri) == ("neo4j", "bolt://db:7687")


def test_a_flag_beats_the_environment_and_the_environment_the_file(tmp_path: Path) -> None:
    (tmp_path / "theragraph.toml").write_text('engine = "neo4j"\n[mining]\nworkers = 3\n')
    environment = {"THERAGRAPH_MINING_WORKERS": "2", "THERAGRAPH_ENGINE": "neo4j"}
    settings = read_settings(environment=environment, cwd=tmp_path, engine="embedded")
    assert (settings.engine, settings.mining_workers) == ("embedded", 2)


def test_thresholds_are_numbers(tmp_path: Path) -> None:
    (tmp_path / "theragraph.toml").write_text("[load]\nfinding_confidence = 0.7\n")
    settings = read_settings(environment={"THERAGRAPH_LOAD_CHALLENGE_SCORE": ".25"}, cwd=tmp_path)
    assert (settings.load_finding_confidence, settings.load_challenge_score) == (0.7, 0.25)


def test_neo4j_variables_count_only_with_that_engine(tmp_path: Path) -> None:
    environment = {"NEO4J_URI": "neo4j+s://x.example"}
    assert read_settings(environment=environment, cwd=tmp_path).neo4j_uri == "bolt://127.0.0.1:7687"
    chosen = read_settings(environment=environment, cwd=tmp_path, engine="neo4j")
    assert chosen.neo4j_uri == "neo4j+s://x.example"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[mining]\nworker = 2\n", "did you mean mining.workers?"),
        ('engine = "neo5j"\n', "known: embedded, neo4j"),
        ("[mining]\nworkers = -1\n", "whole number"),
        ("[load]\nfinding_confidence = 90\n", "load.finding_confidence is 90; it must be a number from 0 to 1"),
        ("[load]\nchallenge_score = true\n", "load.challenge_score is True"),
        ("[mining\n", "cannot be read as TOML"),
        ("[neo4j]\nuri = 5\n", "must be text"),
        ('[recogniser]\nname = "magic"\n', "known: model, dictionary.* spacy:MODEL"),
        ('[recogniser]\nname = "spacy:"\n', "known: model, dictionary.* spacy:MODEL"),
        ("[recogniser]\nlabels = { GPE = 5 }\n", "must be a table"),
    ],
)
def test_a_bad_file_gets_one_clear_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "theragraph.toml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        read_settings(environment={}, cwd=tmp_path)


def test_a_missing_settings_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        read_settings(environment={}, config=tmp_path / "nowhere.toml", cwd=tmp_path)


def test_secrets_are_not_printed(tmp_path: Path) -> None:
    settings = read_settings(environment={"NCBI_API_KEY": "s3cret"}, cwd=tmp_path)
    assert settings.ncbi_api_key == "s3cret"
    assert "s3cret" not in repr(settings)


def test_extra_vocabulary_is_found_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "theragraph.toml").write_text('[vocabulary]\nextra = "my.tsv"\n')
    assert read_settings(environment={}, cwd=tmp_path).vocabulary_extra == (tmp_path / "my.tsv",)


def test_a_recogniser_is_a_package_or_a_folder_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "theragraph.toml").write_text(
        '[recogniser]\nname = "spacy:some_model"\nlabels = { GPE = "gene", A = "none" }\n'
    )
    settings = read_settings(environment={}, cwd=tmp_path)
    assert settings.recogniser_name == "spacy:some_model"
    assert settings.recogniser_labels == (("A", "none"), ("GPE", "gene"))
    (tmp_path / "some_model").mkdir()
    assert read_settings(environment={}, cwd=tmp_path).recogniser_name == f"spacy:{tmp_path / 'some_model'}"
    environment = {"THERAGRAPH_RECOGNISER_NAME": "dictionary", "THERAGRAPH_RECOGNISER_LABELS": "GPE=drug, X=any"}
    settings = read_settings(environment=environment, cwd=tmp_path)
    assert (settings.recogniser_name, settings.recogniser_labels) == ("dictionary", (("GPE", "drug"), ("X", "any")))


def test_the_key_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    (tmp_path / "theragraph.toml").write_text('[ncbi]\napi_key_file = "key"\n')
    settings = read_settings(environment={}, cwd=tmp_path)
    assert settings.ncbi_api_key == "s3cret"
    assert "s3cret" not in repr(settings)
    assert read_settings(environment={"NCBI_API_KEY": "other"}, cwd=tmp_path).ncbi_api_key == "other"


@pytest.mark.parametrize("content", [None, "", "two words"])
def test_a_key_file_that_holds_no_key_is_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "key").write_text(content)
    (tmp_path / "theragraph.toml").write_text('[ncbi]\napi_key_file = "key"\n')
    with pytest.raises(SettingsError, match="api_key_file"):
        read_settings(environment={}, cwd=tmp_path)
