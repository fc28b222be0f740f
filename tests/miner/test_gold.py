import json
import logging
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.errors import MinerInputError
from miner.gold import GOLD_TYPES, GoldDocument, GoldMention, read_gold

PUBTATOR = (
    "7|t|Gefitinib in lung cancer\n"
    "7|a|EGFR was mutated in mice.\n"
    "7\t0\t9\tGefitinib\tChemical\tD000077156\n"
    "7\t13\t24\tlung cancer\tDisease\tD008175|OMIM:211980\n"
    "7\t25\t29\tEGFR\tGene\t1956;2064\n"
    "7\t45\t49\tmice\tSpecies\t10090\n"
    "7\tCID\tD000077156\tD008175\n"
    "7\tAssociation\tD000077156\t1956\tNovel\n"
    "\n"
    "8|t|A title alone\n"
    "8\t2\t7\ttitle\tDisease\t-1\n"
)
SPANS = [(0, 9, "drug"), (13, 24, "disease"), (25, 29, "gene")]


def write(folder: Path, text: str) -> Path:
    path = folder / "gold.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def spans(document: GoldDocument) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.type) for m in document.mentions]


def bioc_xml(passages: str) -> str:
    head = '<?xml version="1.0"?><!DOCTYPE collection SYSTEM "BioC.dtd">'
    return f"{head}<collection><document><id>7</id>{passages}</document></collection>"


def xml_passage(offset: int, text: str, *annotations: tuple[int, str, str, str], tag: str = "passage") -> str:
    found = "".join(
        f"<annotation id='1'><infon key='type'>{label}</infon><infon key='identifier'>{id}</infon>"
        f"<location offset={quoteattr(str(start))} length={quoteattr(str(len(written)))}/>"
        f"<text>{escape(written)}</text></annotation>"
        for start, written, label, id in annotations
    )
    return f"<{tag}><offset>{offset}</offset><text>{escape(text)}</text>{found}</{tag}>"


def json_document() -> dict[str, object]:
    def annotation(start: int, written: str, label: str, id: str | None) -> dict[str, object]:
        place = {"offset": start, "length": len(written)}
        return {"infons": {"type": label, "identifier": id}, "text": written, "locations": [place]}

    drug, disease = (
        annotation(0, "Gefitinib", "Chemical", "MESH:D000077156"),
        annotation(13, "lung cancer", "Disease", "-"),
    )
    gene = annotation(25, "EGFR", "Gene", "1956")
    passages = [
        {"offset": 0, "text": "Gefitinib in lung cancer", "annotations": [drug, disease]},
        {"offset": 25, "text": "EGFR was mutated in mice.", "annotations": [gene]},
    ]
    return {"id": 7, "passages": passages}


def test_pubtator(tmp_path: Path) -> None:
    first, second = read_gold(write(tmp_path, PUBTATOR))
    assert (first.id, first.title, first.body) == ("7", "Gefitinib in lung cancer", "EGFR was mutated in mice.")
    assert spans(first) == SPANS
    assert [m.ids for m in first.mentions] == [
        ("MESH:D000077156",),
        ("MESH:D008175", "OMIM:211980"),
        ("NCBIGene:1956", "NCBIGene:2064"),
    ]
    assert first.species == ("10090",)
    assert (second.text, second.body, second.mentions) == ("A title alone", "", (GoldMention(2, 7, "disease"),))


def test_pubtator_with_windows_line_ends_and_without_blank_lines(tmp_path: Path) -> None:
    text = "\ufeff" + PUBTATOR.replace("\n\n", "\n").replace("\n", "\r\n")
    assert list(read_gold(write(tmp_path, text))) == list(read_gold(write(tmp_path, PUBTATOR)))


def test_a_mention_that_stands_elsewhere_is_passed_over_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        (document,) = read_gold(
            write(tmp_path, "1|t|Cancer\n1\t2\t8\tCancer\tDisease\t\n1\t0\t99\tCancer\tDisease\t\n")
        )
    assert document.mentions == ()
    assert document.passed_over == 2
    assert [record.getMessage().count("does not stand at") for record in caplog.records] == [1, 1]


@pytest.mark.parametrize(
    ("written", "ids"),
    [
        ("mesh:D1;MeSH: D2", ("MESH:D1", "MESH:D2")),
        ("OMIM:1+D2", ("OMIM:1", "MESH:D2")),
        ("-1", ()),
        ("-", ()),
        ("D1,D1", ("MESH:D1",)),
    ],
)
def test_ids_become_curies(tmp_path: Path, written: str, ids: tuple[str, ...]) -> None:
    (document,) = read_gold(write(tmp_path, f"1|t|Cancer\n1\t0\t6\tCancer\tDisease\t{written}\n"))
    assert document.mentions[0].ids == ids


def test_a_variant_id_keeps_its_bars(tmp_path: Path) -> None:
    (document,) = read_gold(write(tmp_path, "1|t|V600E\n1\t0\t5\tV600E\tSequenceVariant\tp|SUB|V|600|E\n"))
    assert document.mentions == (GoldMention(0, 5, "variant", ("p|SUB|V|600|E",)),)


def test_bioc_xml_with_a_gap_between_its_passages(tmp_path: Path) -> None:
    passages = xml_passage(
        0, "Gefitinib in lung cancer", (0, "Gefitinib", "Chemical", "D1"), (13, "lung cancer", "Disease", "D2")
    )
    passages += xml_passage(
        40, "EGFR was mutated in mice.", (40, "EGFR", "Gene", "1956"), (60, "mice", "Species", "10090")
    )
    (document,) = read_gold(write(tmp_path, bioc_xml(passages)))
    assert document.text == "Gefitinib in lung cancer EGFR was mutated in mice."
    assert document.title == "Gefitinib in lung cancer"
    assert spans(document) == SPANS
    assert document.mentions[2].ids == ("NCBIGene:1956",)


def test_bioc_xml_with_the_text_in_sentences(tmp_path: Path) -> None:
    inner = xml_passage(0, "Gefitinib in lung cancer", (13, "lung cancer", "Disease", "D2"), tag="sentence")
    inner += xml_passage(26, "EGFR", (26, "EGFR", "Gene", "1956"), tag="sentence")
    (document,) = read_gold(write(tmp_path, bioc_xml(f"<passage><offset>0</offset>{inner}</passage>")))
    assert document.text == "Gefitinib in lung cancer EGFR"
    assert spans(document) == SPANS[1:]


def test_what_stands_in_several_places_covers_them_all(tmp_path: Path) -> None:
    value = json_document()
    annotation = value["passages"][0]["annotations"][1]  # type: ignore[index]
    annotation["text"] = "Gefitinib cancer"
    annotation["locations"] = [{"offset": 18, "length": 6}, {"offset": 0, "length": 9}]
    (document,) = read_gold(write(tmp_path, json.dumps(value)))
    assert (0, 24, "disease") in spans(document)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda d: json.dumps({"documents": [d, d]}),
        lambda d: json.dumps({"documents": [d, d]}, indent=0),
        lambda d: json.dumps([d, d], indent=1),
        lambda d: json.dumps({"PubTator3": [d, d]}),
        lambda d: f"{json.dumps(d)}\n\n{json.dumps(d)}\n",
    ],
)
def test_bioc_json_in_every_wrapping(tmp_path: Path, wrap) -> None:  # type: ignore[no-untyped-def]
    documents = list(read_gold(write(tmp_path, wrap(json_document()))))
    assert [d.id for d in documents] == ["7", "7"]
    assert spans(documents[0]) == SPANS
    assert documents[0].mentions[1].ids == ()


def test_iob_tags_begin_and_end_mentions(tmp_path: Path) -> None:
    rows = "-DOCSTART- -X- O\n\nA O\nB-cell B-Disease\nlymphoma I-Disease\nEGFR B-Gene\nALK B-Gene\n"
    rows += "lost I-Cell\nX I-Gene\n\n\nS S-Gene\n"
    first, second = read_gold(write(tmp_path, rows.replace(" ", "\t")))
    assert first.text == "A B-cell lymphoma EGFR ALK lost X"
    assert [(first.text[m.start : m.end], m.type) for m in first.mentions] == [
        ("B-cell lymphoma", "disease"),
        ("EGFR", "gene"),
        ("ALK", "gene"),
        ("X", "gene"),
    ]
    assert (first.id, second.id, spans(second)) == ("gold.1", "gold.2", [(0, 1, "gene")])


@pytest.mark.parametrize("token", ["[", "{", "<", '"', "1|t"])
def test_an_iob_file_may_begin_with_any_sign(tmp_path: Path, token: str) -> None:
    (document,) = read_gold(write(tmp_path, f"{token}\tO\nEGFR\tB-Gene\n"))
    assert document.text in (f"{token} EGFR", f"{token}EGFR")
    assert document.text[document.mentions[0].start : document.mentions[0].end] == "EGFR"


def test_iob_words_stand_as_in_print(tmp_path: Path) -> None:
    words = [
        "In",
        "IL",
        "-",
        "2",
        "(",
        "p",
        "<",
        "0",
        ".",
        "05",
        ")",
        "and",
        "CD4",
        "/",
        "8",
        ",",
        "10",
        "%",
        "grew",
        ".",
    ]
    tags = ["B-Gene" if word == "IL" else "I-Gene" if i in (2, 3) else "O" for i, word in enumerate(words)]
    (document,) = read_gold(write(tmp_path, "".join(f"{w}\t{t}\n" for w, t in zip(words, tags, strict=True))))
    assert document.text == "In IL-2 (p < 0.05) and CD4/8, 10% grew."
    assert [document.text[m.start : m.end] for m in document.mentions] == ["IL-2"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "holds no gold document"),
        ("prose without anything", "line 1: a token and its tag"),
        ("word\n", "holds no gold document"),
        ("word\tO\nlonely\n", "line 2: a token and its tag"),
        ("word\tB\n", "line 1: a token and its tag"),
        ("1|t|Cancer\n1\t0\t6\n", "line 2: no mention"),
        ("1|t|Cancer\n1\t0\tsix\tCancer\tDisease\n", "line 2: no mention"),
        ("1|t|Cancer\n1\t-1\t6\tCancer\tDisease\n", "line 2: no mention"),
        ("1|t|Cancer\nwhat is this\n", "line 2: no mention"),
        ("1|t|Cancer\n2|a|Other\n", "line 2: the text of 2"),
        ("1|t|Cancer\n\n1\t0\t6\tCancer\tDisease\n", "line 3: a document begins"),
        ("<collection><document><id>1</id>", "is broken XML"),
        ("<html></html>", "holds no gold document"),
        (bioc_xml(xml_passage(0, "x").replace("<offset>0", "<offset>zero")), "is broken BioC"),
        (bioc_xml("<passage><text>x</text><annotation><location/></annotation></passage>"), "is broken BioC"),
        ('{"documents": [', "is broken BioC JSON"),
        ('{"documents": [{"id": "1"}]}', "is broken BioC JSON"),
        ('{"documents": []}', "holds no gold document"),
        ('{"passages": [{"text": "x", "annotations": [{}]}]}', "is broken BioC JSON"),
        ('{"passages": [{"text": "x", "offset": "x"}]}', "is broken BioC JSON"),
        ('{"passages": "x"}', "is broken BioC JSON"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(MinerInputError, match=complaint) as raised:
        list(read_gold(write(tmp_path, text)))
    assert "gold.txt" in raised.value.subject


def test_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.txt"
    path.write_bytes("1|t|Caf\xe9\n".encode("latin-1"))
    with pytest.raises(MinerInputError, match="not UTF-8"):
        list(read_gold(path))


WORDS = st.lists(
    st.text(
        st.characters(blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), blacklist_characters="|\ufffe\uffff"),
        min_size=1,
        max_size=8,
    ),
    min_size=2,
    max_size=12,
)


@st.composite
def documents(draw: st.DrawFn) -> GoldDocument:
    """A title and a body of odd words, with some of their words marked."""
    words, cut = draw(WORDS), draw(st.integers(1, 11))
    title, body = " ".join(words[:cut]), " ".join(words[cut:])
    text = f"{title} {body}" if body else title
    mentions, begin = set(), 0
    for word in words:
        if draw(st.booleans()):
            mentions.add(GoldMention(begin, begin + len(word), draw(st.sampled_from(("gene", "drug", "disease")))))
        begin += len(word) + 1
    return GoldDocument("1", title, text, tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.type))))


@given(documents())
def test_every_format_gives_back_the_offsets(tmp_path_factory: pytest.TempPathFactory, document: GoldDocument) -> None:
    folder = tmp_path_factory.getbasetemp()
    cut = len(document.title) + 1
    written = [(m.start, document.text[m.start : m.end], m.type, "") for m in document.mentions]
    rows = "".join(f"1\t{s}\t{s + len(w)}\t{w}\t{t}\t{i}\n" for s, w, t, i in written)
    pubtator = f"1|t|{document.title}\n1|a|{document.body}\n{rows}"
    parts = [(0, document.title, [w for w in written if w[0] < cut])]
    parts += [(cut, document.body, [w for w in written if w[0] >= cut])] if document.body else []
    xml = bioc_xml("".join(xml_passage(begin, text, *found) for begin, text, found in parts))
    passages = [
        {
            "offset": begin,
            "text": text,
            "annotations": [
                {"text": w, "infons": {"type": t}, "locations": [{"offset": s, "length": len(w)}]}
                for s, w, t, _ in found
            ],
        }
        for begin, text, found in parts
    ]
    for text in (pubtator, xml, json.dumps({"id": "1", "passages": passages}, ensure_ascii=False)):
        (found,) = read_gold(write(folder, text))
        assert (found.text, found.mentions) == (document.text, document.mentions)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["O", "B-Gene", "I-Gene", "B-Disease", "I-Disease"])),
        min_size=1,
    )
)
def test_iob_mentions_are_whole_words_in_order(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    path = write(tmp_path_factory.getbasetemp(), "".join(f"{word}\t{tag}\n" for word, tag in rows))
    (document,) = read_gold(path)
    tags = [tag for _, tag in rows]
    begun = [
        tag
        for before, tag in zip(["O", *tags], tags, strict=False)
        if tag != "O" and (tag[0] == "B" or before[1:] != tag[1:])
    ]
    assert [m.type for m in document.mentions] == [GOLD_TYPES[tag[2:].lower()] for tag in begun]
    assert sum(len(document.text[m.start : m.end].split()) for m in document.mentions) == sum(
        tag != "O" for tag in tags
    )
