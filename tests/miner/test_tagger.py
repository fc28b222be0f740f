"""What a text says depends on that text alone, however full the store of embedded tokens is."""

import numpy as np
import pytest

from miner import tagger
from miner.recognise import Named
from miner.tagger import Tagger

TEXTS = (
    "Erlotinib helps patients whose lung cancers carry EGFR mutations.",
    "Gefitinib does not help patients whose lung cancers carry KRAS mutations, as Noname et al. saw in 2019.",
    "Nausea, vomiting and a rash were rare with 250 mg of gefitinib.",
)


def test_a_text_is_read_the_same_to_the_last_bit_whatever_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = [Tagger().tag(_named(text)) for text in TEXTS]
    monkeypatch.setattr(tagger, "_KEPT", 25)
    small = Tagger()
    for order in (TEXTS, TEXTS[::-1], TEXTS):
        for text in order:
            found, wanted = small.tag(_named(text)), alone[TEXTS.index(text)]
            np.testing.assert_array_equal(found.scores, wanted.scores)
            assert (found.tokens, found.spans) == (wanted.tokens, wanted.spans)
    assert any(span.type == "drug" for reading in alone for span in reading.spans)


def test_a_text_without_tokens_has_no_spans() -> None:
    assert Tagger().tag(_named(" \n")).spans == ()


def _named(text: str) -> Named:
    return Named(text, (), (), (), ())
