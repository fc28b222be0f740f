"""What is drawn depends on nothing but texts and seed, stays out of closed records, and comes once."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Article, Passage
from miner.document import Document
from miner.errors import MinerInputError
from miner.findings import Mention
from miner.recognise import Recognised
from miner.sentences import Sentence
from miner.train.draw import draw, read_open
from miner.train.draw_challenges import STRATA, catch, draw_challenges
from miner.train.drawn import closed_pmids, in_turns
from miner.train.nets import read_nets

_BODY = (
    "The high cost of sequencing limits its use in cancer patients of group {0}. "
    "The cost of treatment was recorded in notebook {0} of the hospital. "
    "Patients given gefitinib did not differ from those of group {0} given placebo. "
    "Gefitinib was compared with placebo in patients of the group numbered {0}. "
    "The weather of the region was pleasant during the whole of year {0}."
)


def _article(pmid: int, body: str = "") -> Article:
    title = f"A study of treatment, number {pmid}."
    text = f"{title} {body or _BODY.format(pmid)}"
    passages = (Passage("TITLE", "", 0, len(title)), Passage("", "", len(title) + 1, len(text)))
    return Article(pmid, 1, title, text, passages)


def _documents(items: Iterable[Article], folder: Path, closed: Sequence[str] = ()) -> list[Document]:
    path = folder / "articles.xml"
    path.write_bytes(b"")

    def reader(_stream: Any, _name: str) -> Iterator[tuple[int, object]]:
        return enumerate([*items, "a deletion"])

    return list(read_open(path, reader, closed))


class _Drugs:
    digest = "drugs"

    def recognise(self, text: str, sentences: Sequence[Sentence]) -> Recognised:
        starts = [i for i in range(len(text)) if text.lower().startswith("gefitinib", i)]
        return Recognised(
            tuple(Mention(i, i + 9, text[i : i + 9], "drug", "drug", None, "gefitinib", 1.0) for i in starts)
        )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_closed_records_and_those_without_abstract_stay_out(tmp_path: Path) -> None:
    bare = Article(4, 1, "A title.", "A title.", (Passage("TITLE", "", 0, 8),))
    documents = _documents([_article(1), _article(2), bare, _article(3)], tmp_path, ["2"])
    assert [d.id for d in documents] == ["1", "3"]


def test_the_same_bytes_in_any_order_of_articles(tmp_path: Path) -> None:
    articles = [_article(n) for n in range(1, 60)]
    written = []
    for name, order in (("a", articles), ("b", articles[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        draw(_documents(order, folder), _Drugs(), 1, folder)
        written.append({p.name: p.read_bytes() for p in folder.glob("*.json*")})
    assert written[0] == written[1]


def test_drawn_sentences_stand_where_they_say_and_come_once(tmp_path: Path) -> None:
    documents = _documents([_article(n) for n in range(1, 60)], tmp_path)
    draw(documents, _Drugs(), 1, tmp_path)
    texts = {int(d.id): d.text for d in documents}
    for name in ("challenges", "findings"):
        rows = _lines(tmp_path / f"{name}_drawn.jsonl")
        assert rows
        assert all(texts[r["pmid"]][r["start"] : r["end"]] == r["sentence"] for r in rows)
        assert len({r["sentence"] for r in rows}) == len(rows)
        parts = [r for p in sorted(tmp_path.glob(f"{name}_part_*.jsonl")) for r in _lines(p)]
        assert parts == rows
    findings = _lines(tmp_path / "findings_drawn.jsonl")
    assert all("efitinib" in r["sentence"] for r in findings)
    assert max(sum(r["pmid"] == n for r in findings) for n in texts) <= 2


def test_half_of_a_class_is_what_the_rules_do_not_flag(tmp_path: Path) -> None:
    nets = read_nets()
    caught = catch(_documents([_article(n) for n in range(1, 200)], tmp_path), nets)
    draw_challenges(caught, nets, 1)
    drawn = {stratum: caught.drawn["cost", stratum] for stratum in STRATA}
    assert caught.found["cost", "flagged"] == caught.found["cost", "topic"] == 199
    assert drawn == {"flagged": 55 + 34, "near": 0, "topic": 21}


def test_kinds_take_turns() -> None:
    assert in_turns(["a1", "a2", "a3", "b1", "c1"], lambda item: item[0]) == ["a1", "b1", "c1", "a2", "a3"]


def test_a_net_gives_its_first_trigger_and_knows_what_rules_out() -> None:
    nets = read_nets()
    numbers = {net.name: net.trigger for net in (*nets.challenges, *nets.findings)}
    assert numbers["privacy"]("concerns about privacy were raised") == 0
    assert numbers["cost"]("the weather was pleasant") is None
    assert numbers["benefit"]("we aimed to see whether it improved survival") is None


def _data(folder: Path) -> Path:
    for name, text in {
        "held_out_pmids.txt": "1\n2\n",
        "challenges/dev.tsv": 'id\tclasses\n3.7\t"odd\n',
        "challenges/seed_classes_dev.tsv": "id\tclasses\n4.0\t-\n",
        "findings/dev_curated.tsv": "pmid\tgene\n5\tX\n",
        "findings/dev_readable.tsv": "row\tpmid\n0\t6\n",
        "findings/roles_dev.jsonl": '{"id": "r", "pmid": "7"}\n',
        "findings/dev_abstracts.jsonl": '{"pmid": 8}\n',
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_held_out_and_development_pmid_is_closed(tmp_path: Path) -> None:
    assert closed_pmids(_data(tmp_path)) == frozenset("12345678")


def test_nothing_is_drawn_when_a_list_is_missing_or_empty(tmp_path: Path) -> None:
    data = _data(tmp_path)
    (data / "held_out_pmids.txt").write_text("", encoding="utf-8")
    with pytest.raises(MinerInputError, match="held_out_pmids"):
        closed_pmids(data)
    (data / "held_out_pmids.txt").unlink()
    with pytest.raises(MinerInputError, match="cannot be read"):
        closed_pmids(data)
