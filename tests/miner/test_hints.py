"""What the vocabularies say of each token."""

from miner.abbreviations import find_abbreviations
from miner.findings import Drop, Mention
from miner.hints import hints
from miner.sentences import split_sentences
from miner.tokens import tokenise

TEXT = "Transarterial chemoembolisation (TACE) and sorafenib: TACE helped."


def test_tokens_are_runs_of_letters_and_digits_and_single_signs() -> None:
    text = "H3K36me3 and PD-L1+ cells"
    assert [text[s:e] for s, e in tokenise(text)] == ["H3", "K36me3", "and", "PD", "-", "L1", "+", "cells"]


def test_mentions_drops_and_long_forms_stand_on_their_tokens() -> None:
    tokens = tokenise(TEXT)
    words = [TEXT[s:e] for s, e in tokens]
    drug = TEXT.index("sorafenib")
    tace = TEXT.index("TACE")
    said = hints(
        TEXT,
        tokens,
        [
            Mention(0, 31, TEXT[:31], "drug", "class", "X:1", "chemoembolisation", 0.9),
            Mention(drug, drug + 9, "sorafenib", "drug", "substance", None, "sorafenib", 0.0),
        ],
        [Drop("mention", "defined as something else", tace, tace + 4, "gene HGNC:195"), Drop("finding", "x", 0, 4)],
        find_abbreviations(TEXT, split_sentences(TEXT, ())),
    )
    assert said.passed[:2] == ("B:drug:class:linked", "I:drug:class:linked")
    assert said.passed[words.index("sorafenib")] == "B:drug:substance:open"
    assert said.stopped[words.index("TACE")] == "B:gene:defined as something else"
    assert [w for w, hint in zip(words, said.long_form, strict=True) if hint == "B:chemoembolisation"] == [
        "TACE",
        "TACE",
    ]
    assert said.stopped.count("") == len(words) - 1
