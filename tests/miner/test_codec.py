"""Every field of what was mined survives the store's form."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from miner.codec import (
    conclusions_from_json,
    conclusions_to_json,
    drops_from_json,
    drops_to_json,
    mentions_from_json,
    mentions_to_json,
    pack,
    unpack,
)
from miner.findings import Drop, Finding, Mention, MinedArticle, Participant
from tests.miner.test_store import MINED


def test_round_trip() -> None:
    assert mentions_from_json(unpack(pack(mentions_to_json(MINED.mentions)))) == MINED.mentions
    assert drops_from_json(unpack(pack(drops_to_json(MINED.drops)))) == MINED.drops
    found = conclusions_from_json(unpack(pack(conclusions_to_json(MINED))))
    assert found == (MINED.findings, MINED.challenges, MINED.design)


def test_no_field_of_a_finding_is_forgotten() -> None:
    part = Participant("X:1", "x")
    values = {
        "kind": "safety", "relation": "causes", "polarity": "supports", "certainty": "aim", "subject": "animal",
        "start": 1, "end": 2, "id": "i", "drugs": (part,), "genes": (part,), "variants": (part,), "disease": part,
        "disease_from": "title", "event": part, "comparators": (part,), "prior": (part,), "effect": "e", "level": "A",
        "level_trace": ("t",), "confidence": 0.5, "method": "m",
    }  # fmt: skip
    assert set(values) == {f.name for f in fields(Finding)}
    mined = MinedArticle("1", "t", findings=(Finding(**values),))  # type: ignore[arg-type]
    assert conclusions_from_json(unpack(pack(conclusions_to_json(mined))))[0] == mined.findings


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(
    st.builds(
        Mention, st.integers(0), st.integers(0), TEXT, st.just("gene"), TEXT, TEXT | st.none(), TEXT, st.just(0.5)
    )
)
def test_any_text(mention: Mention) -> None:
    assert mentions_from_json(unpack(pack(mentions_to_json((mention,))))) == (mention,)


@given(st.builds(Drop, TEXT, TEXT, st.integers(0), st.integers(0), TEXT))
def test_any_drop(drop: Drop) -> None:
    assert drops_from_json(unpack(pack(drops_to_json((drop,))))) == (drop,)
