import gzip
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.assertion import denials, doubts, negated
from miner.errors import MinerInputError
from miner.evaluation.scope import ScopeReport, read_bioscope, score_scope

HEAD, TAIL = '<Annotation><DocumentSet><Document><DocID type="PMID">7</DocID>', "</Document></DocumentSet></Annotation>"


def write(folder: Path, *sentences: str) -> Path:
    path = folder / "gold.xml"
    body = "".join(f'<sentence id="S{i}">{sentence}</sentence>' for i, sentence in enumerate(sentences))
    path.write_text(HEAD + body + TAIL, encoding="utf-8")
    return path


def cue(type: str, word: str, scope: str = "", ref: str = "X1") -> str:
    return f'<xcope id="{ref}"><cue type="{type}" ref="{ref}">{word}</cue>{scope}</xcope>'


def counts(report: ScopeReport) -> dict[tuple[object, object], tuple[object, object, object]]:
    return {(r["scoring"], r["what"]): (r["right"], r["extracted"], r["gold"]) for r in report.score_rows()}


def test_cues_and_scopes_are_read_with_their_places(tmp_path: Path) -> None:
    inner = cue("negation", "not", " needed", "X2")
    text = f"It {cue('speculation', 'may', f' be {inner}', 'X1')}."
    [sentence] = read_bioscope(write(tmp_path, text))
    assert (sentence.document, sentence.id, sentence.text) == ("7", "S0", "It may be not needed.")
    read = [(c.what, sentence.text[c.start : c.end], sentence.text[slice(*c.scope)]) for c in sentence.cues]
    assert sorted(read) == [("negation", "not", "not needed"), ("speculation", "may", "may be not needed")]


def test_a_gzipped_file_reads_the_same(tmp_path: Path) -> None:
    plain = write(tmp_path, cue("negation", "no", " change"))
    packed = tmp_path / "gold.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(read_bioscope(packed)) == list(read_bioscope(plain))


def test_sentences_cues_and_scope_tokens_are_counted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"The drug did {cue('negation', 'not', ' work')}.",
        f"It was {cue('negation', 'hardly', ' seen')}.",
        "No doubt it works.",
        f"It {cue('speculation', 'might', ' help')}.",
    )
    found = counts(score_scope(read_bioscope(path)))
    assert found["sentence", "negation"] == (1, 2, 2)
    assert found["cues", "negation"] == (1, 2, 2)
    assert found["scope tokens", "negation"] == (2, 8, 4)
    assert found["cues", "speculation"] == (1, 2, 1)
    assert found["sentence", "speculation or aim"][2] == 1


def test_errors_are_added_up_by_cue(tmp_path: Path) -> None:
    sentence = f"It was {cue('negation', 'hardly', ' seen')}."
    report = score_scope(read_bioscope(write(tmp_path, sentence, sentence, "They had no pain.")))
    assert [(r["error"], r["what"], r["cue"], r["count"], r["right"]) for r in report.error_rows()] == [
        ("missed", "negation", "hardly", 2, 0),
        ("extra", "negation", "no", 1, 0),
    ]


@pytest.mark.parametrize(("text", "said"), [("<Annotation>", "is broken XML"), ("<Annotation/>", "holds no sentence")])
def test_a_broken_file_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.xml"
    path.write_text(text)
    with pytest.raises(MinerInputError, match=said):
        list(read_bioscope(path))


_PIECE = st.tuples(
    st.text(st.characters(categories=("L", "Nd", "Po", "Zs")), max_size=8),
    st.sampled_from(("", "negation", "speculation")),
)


@given(st.lists(_PIECE, min_size=1, max_size=6))
def test_every_cue_is_cut_from_the_text(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[tuple[str, str]]
) -> None:
    marked = "".join(cue(type, escape(text)) if type else escape(text) for text, type in pieces)
    [sentence] = read_bioscope(write(tmp_path_factory.mktemp("scope"), marked))
    assert sentence.text == "".join(text for text, _ in pieces)
    read = [(sentence.text[c.start : c.end], c.what) for c in sentence.cues]
    assert read == [piece for piece in pieces if piece[1]]


@given(st.lists(st.sampled_from(["not", "no", "may", "might", "benefit", ";", ".", ",", "‹D›", "the"]), max_size=12))
def test_cues_stand_in_their_sentence_and_deny_what_they_reach(words: list[str]) -> None:
    text = " ".join(words)
    for found in (*denials(text), *doubts(text)):
        assert 0 <= found.start < found.end <= found.reach <= len(text)
    for found in denials(text):
        assert negated(text[: found.reach])
