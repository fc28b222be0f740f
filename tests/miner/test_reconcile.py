"""Which of network and vocabularies is believed where they disagree."""

from miner.abbreviations import find_abbreviations
from miner.document import Disjoint
from miner.findings import Drop, Mention
from miner.notation import read_notations
from miner.recognise import Named
from miner.reconcile import Gates, apart, believed, without_notations
from miner.sentences import split_sentences
from miner.spans import TextSpan


def mention(text: str, words: str, type_: str, concept: str | None) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, type_, "", concept, words, 0.9)


def span(text: str, words: str, type_: str, probability: float = 0.95) -> TextSpan:
    start = text.index(words)
    return TextSpan(start, start + len(words), type_, probability)


def named(text: str, mentions=(), drops=()) -> Named:
    return Named(text, tuple(mentions), tuple(drops), find_abbreviations(text, split_sentences(text, ())), ())


def test_a_gene_ends_before_the_notation_of_its_variant() -> None:
    text = "EGFR T790M-positive tumours"
    notations = Disjoint(read_notations(text))
    cut = without_notations(text, [span(text, "EGFR T790M", "gene"), span(text, "T790M", "gene")], notations)
    assert [text[s.start : s.end] for s in cut] == ["EGFR"]


def test_a_short_form_defined_as_something_unread_is_no_mention() -> None:
    text = "The common bile duct (CBD) was dilated."
    place = (text.index("CBD"), text.index("CBD") + 3)
    stopped = Drop("mention", "defined as something else", *place, "drug UNII:19GBJ60SN5")
    cbd = span(text, "CBD", "drug")
    assert Gates(named(text, drops=[stopped]), [cbd]).closed(cbd) == "defined as something else"
    duct = TextSpan(4, 20, "drug", 0.9)
    assert Gates(named(text, drops=[stopped]), [duct, cbd]).closed(cbd) == ""


def test_a_short_form_whose_long_form_is_no_gene_is_no_unlinked_gene() -> None:
    text = "After function-preserving gastrectomy (FPG) patients lived longer."
    unsure, sure = span(text, "FPG", "gene", 0.6), span(text, "FPG", "gene", 0.97)
    read = TextSpan(text.index("function"), text.index(" (FPG"), "gene", 0.9)
    assert Gates(named(text), [unsure]).otherwise_defined(unsure)
    assert not Gates(named(text), [read, unsure]).otherwise_defined(unsure)
    assert not Gates(named(text), [sure]).otherwise_defined(sure)
    assert not Gates(named("FPG was high."), []).otherwise_defined(span("FPG was high.", "FPG", "gene", 0.6))


def test_an_ordinary_word_needs_a_sure_network() -> None:
    text = "The cat was fed."
    gates = Gates(named(text), [])
    assert gates.closed(span(text, "cat", "gene", 0.7)) == "short and unsure"
    assert gates.closed(span(text, "cat", "gene", 0.97)) == ""
    assert gates.closed(span(text, "cat", "disease", 0.7)) == ""


def test_the_parts_of_a_list_stand_for_it() -> None:
    text = "MEK1 and 2 were inhibited."
    first = mention(text, "MEK1", "gene", "HGNC:6840")
    assert believed(text, span(text, "MEK1 and 2", "gene"), [first], linked=True) == [first]


def test_a_known_name_stands_where_the_network_found_only_a_part_or_no_concept() -> None:
    text = "Reduced phosphatase and tensin homologue with nab-paclitaxel"
    gene = mention(text, "phosphatase and tensin homologue", "gene", "HGNC:9588")
    drug = mention(text, "paclitaxel", "drug", "UNII:P88XT4IS4D")
    assert believed(text, span(text, "tensin homologue", "gene"), [gene], linked=True) == [gene]
    assert believed(text, span(text, "nab-paclitaxel", "drug"), [drug], linked=False) == [drug]
    assert believed(text, span(text, "nab-paclitaxel", "drug"), [drug], linked=True) == []


def test_words_beside_it_make_a_gene_of_a_name_that_is_also_a_disease() -> None:
    text = "Germline APC mutations cause polyposis; APC patients were screened."
    gene = mention(text, "APC", "gene", "HGNC:583")
    assert believed(text, span(text, "APC", "disease"), [gene], linked=True) == [gene]
    later = TextSpan(text.rindex("APC"), text.rindex("APC") + 3, "disease", 0.9)
    moved = Mention(later.start, later.end, "APC", "gene", "gene", "HGNC:583", "APC", 0.9)
    assert believed(text, later, [moved], linked=True) == []


def test_of_mentions_that_meet_the_longest_stays() -> None:
    text = "small cell lung cancer"
    whole, part = mention(text, text, "disease", "X:1"), mention(text, "lung cancer", "disease", "X:2")
    assert list(apart([part, whole])) == [whole]
