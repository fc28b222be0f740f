from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pubmed_text import compose, forms, is_translated, plain

MATH = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def title(inner: str) -> Element:
    return fromstring(f"<ArticleTitle>{inner}</ArticleTitle>")


@pytest.mark.parametrize(
    ("inner", "expected", "marked"),
    [
        ("10<sup>-3</sup> of Ca<sup>2+</sup>", "10-3 of Ca2+", "10^{-3} of Ca^{2+}"),
        ("H<sub>2</sub>O", "H2O", "H_{2}O"),
        ("<i>EGFR</i> <b>T790M</b>", "EGFR T790M", "EGFR T790M"),
        ("<i>x<sup>a<sub>b</sub></sup></i>", "xab", "x^{a_{b}}"),
        ("P&lt;0.001 and\n      more", "P<0.001 and more", "P<0.001 and more"),
        ("two  spaces stay", "two  spaces stay", "two  spaces stay"),
    ],
)
def test_inline_tags(inner: str, expected: str, marked: str) -> None:
    assert forms(title(inner)) == (expected, marked)


def test_mathml_becomes_its_symbols() -> None:
    inner = f"NF-<mml:math {MATH}><mml:mi>κ</mml:mi></mml:math>B"
    assert forms(title(inner)) == ("NF-κB", "NF-κB")


def test_mathml_scripts_are_marked_and_its_layout_is_dropped() -> None:
    inner = f"""<mml:math {MATH}>
      <mml:msubsup> <mml:mi>x</mml:mi> <mml:mn>1</mml:mn> <mml:mn>2</mml:mn> </mml:msubsup> </mml:math> rises"""
    assert forms(title(inner)) == ("x12 rises", "x_{1}^{2} rises")


def test_machine_renderings_of_a_formula_are_left_out() -> None:
    inner = f'<mml:math {MATH}><mml:mi>a</mml:mi><mml:annotation encoding="tex">\\a</mml:annotation></mml:math>'
    assert plain(title(inner)) == "a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Gene therapy].", True),
        ("[18F]FDG in [11C]PET", False),
        ("[18F]FDG PET.", False),
        ("[Not Available].", False),
        ("[a [b] c]", True),
        ("Gene therapy.", False),
    ],
)
def test_translated_titles(text: str, expected: bool) -> None:
    assert is_translated(text) is expected


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)


@given(_WORDS, st.lists(st.tuples(_WORDS, st.text("ABC: ", max_size=4), st.booleans()), max_size=4))
def test_passages_cover_the_text_with_one_space_between(head: str, parts: list[tuple[str, str, bool]]) -> None:
    elements = []
    for text, label, scripted in parts:
        element = Element("AbstractText", Label=label)
        element.text = text
        if scripted:
            child = Element("sup")
            child.text = text
            element.append(child)
        elements.append(element)
    found = compose(forms(fromstring_title(head)), elements)
    whole = [p for p in found.passages if p.end > p.start]
    assert " ".join(found.text[p.start : p.end] for p in whole) == found.text
    assert found.passages[0].label == "TITLE"
    assert found.passages[0].start == 0
    at = -1
    for passage in whole:
        assert passage.start == at + 1
        at = passage.end
        body = found.text[passage.start : passage.end]
        assert body.strip()
        assert not passage.label or passage is whole[0] or body.startswith(passage.label + ": ")
    assert at == len(found.text) or not whole


def fromstring_title(text: str) -> Element:
    element = Element("ArticleTitle")
    element.text = text
    return element
