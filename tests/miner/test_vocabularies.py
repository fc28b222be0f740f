"""The committed tables are whole, small, licensed, and in step with the hand-written files beside them."""

import hashlib
import lzma
import tomllib
import zipfile
from pathlib import Path

import pytest

from miner.errors import VocabularyError
from miner.findings import CHALLENGE_FAMILIES
from miner.vocabularies.building import curated, packages
from miner.vocabularies.building.packages import DownloadError, Package, fetch
from miner.vocabularies.building.tables import ConceptRow, concept_table, table, write_table
from miner.vocabulary_files import (
    CONCEPT_TABLES,
    DATA_FILES,
    FOLDER,
    concept_rows,
    read_rows,
    targets,
    vocabulary_digest,
)

LIMIT = 20_000_000


def content(name: str) -> bytes:
    data = (FOLDER / name).read_bytes()
    return lzma.decompress(data) if name.endswith(".xz") else data


def test_sources_name_every_table_with_its_digest_and_terms() -> None:
    sources = tomllib.loads((FOLDER / "SOURCES.toml").read_text(encoding="utf-8"))
    listed = {entry["file"]: entry["sha256"] for entry in (*sources["table"], *sources["curated"], *sources["learned"])}
    assert set(DATA_FILES) <= set(listed)
    for name, sha256 in listed.items():
        assert hashlib.sha256(content(name)).hexdigest() == sha256, f"{name}: run python -m miner.vocabularies.build"
    for source in sources["source"]:
        assert source["may_ship"] is True
        assert source["licence"]
        assert set(source["tables"]) <= set(listed)
        assert "NC" not in source["licence"].split("-")


def test_tables_are_small_and_sorted() -> None:
    for name in DATA_FILES:
        assert (FOLDER / name).stat().st_size < LIMIT
    for name in CONCEPT_TABLES:
        ids = [row["id"] for row in read_rows(name)]
        assert len(ids) == len(set(ids))
        assert ids == sorted(ids)


def test_ids_are_unique_across_tables_and_links_resolve() -> None:
    rows = {row.id: row for row in concept_rows()}
    assert len(rows) == sum(1 for _ in concept_rows())
    assert {parent for row in rows.values() for parent in row.parents} <= rows.keys()
    assert {row["id"] for row in read_rows("therapies.tsv")} <= rows.keys()
    assert {row["current"] for row in read_rows("retired.tsv")} <= rows.keys()
    for drug, links in targets().items():
        assert rows[drug].type == "drug"
        assert {rows[link.gene_id].type for link in links} == {"gene"}
    for pair in read_rows("gene_diseases.tsv.xz"):
        assert (rows[pair["gene_id"]].type, rows[pair["disease_id"]].type) == ("gene", "disease")


def test_hand_written_terms_stand_in_the_built_table() -> None:
    written = [item.row for item in curated.therapy_classes(FOLDER / "classes.toml")]
    written += curated.tests(FOLDER / "tests.toml") + curated.challenges(FOLDER / "challenges.toml")
    built = [line.split("\t") for line in content("terms.tsv").decode().splitlines()]
    mesh = [cell for fields in built for cell in fields[6].split("|") if cell.startswith("MESH:")]
    assert len(mesh) > 20, "MeSH knows many classes of therapies"
    for fields in built:
        fields[6] = "|".join(cell for cell in fields[6].split("|") if not cell.startswith("MESH:"))
    assert [line.split("\t") for line in concept_table(written).decode().splitlines()] == built
    assert 40 <= sum(row.type == "test" for row in written) <= 80


def test_challenges_are_the_fourteen_of_the_taxonomy() -> None:
    entries = tomllib.loads((FOLDER / "challenges.toml").read_text(encoding="utf-8"))["challenge"]
    found: dict[str, set[str]] = {}
    for entry in entries:
        found.setdefault(entry["family"], set()).add(entry["name"])
        assert entry["definition"]
        assert entry["examples"]
        assert entry["counter_examples"]
    assert found == {family: set(classes) for family, classes in CHALLENGE_FAMILIES.items()}


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    row = ConceptRow("TGD:1", "drug", "substance", "examplinib", xrefs={"B:2", "A:1"})
    row.add("EXA-1", "code")
    row.add("examplinib", "alias")
    text = concept_table([row])
    assert text.decode().splitlines()[1] == "TGD:1\tdrug\tsubstance\texamplinib\t\tcode:EXA-1\tA:1|B:2\t\t\t"
    path = tmp_path / "drugs.tsv.xz"
    assert write_table(path, text)
    assert not write_table(path, text)
    assert table(("a",), [("2",), ("1",), ("2",)]) == b"a\n1\n2\n"


def test_a_wheel_with_another_digest_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some_data-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("some/data.tsv", "a\tb\n1\t2\n")
    data = (tmp_path / "some_data-1.0-py3-none-any.whl").read_bytes()
    package = Package("some-data", "1.0", hashlib.sha256(data).hexdigest())
    assert list(fetch(package, tmp_path).rows("some/data.tsv")) == [{"a": "1", "b": "2"}]
    with pytest.raises(DownloadError, match="expected 0000"):
        fetch(Package("some-data", "1.0", "0000"), tmp_path)


def test_a_member_that_is_not_held_is_named(tmp_path: Path) -> None:
    path = tmp_path / "classes.toml"
    path.write_text('[[class]]\nid = "TGC:X"\nname = "X inhibitor"\nmembers = ["nosuchinib"]\n', encoding="utf-8")
    with pytest.raises(curated.CurationError, match="X inhibitor: nosuchinib"):
        curated.join_members(curated.therapy_classes(path), [])


def test_a_rename_keeps_the_old_name(tmp_path: Path) -> None:
    corrections = tmp_path / "corrections.tsv"
    corrections.write_text(
        "action\ttype\tconcept\tname\treason\nrename\tdrug\tUNII:1\tglucose\tplain\n", encoding="utf-8"
    )
    row = ConceptRow("UNII:1", "drug", "substance", "dextrose, unspecified form")
    row.add("glucose", "alias")
    curated.correct([row], "drug", ("rename",), corrections)
    assert row.name == "glucose"
    assert dict(row.names) == {"dextrose, unspecified form": "alias"}


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("potassium chloride", "UNII:660YQ98I10"),
        ("cadmium chloride", "MESH:D019256"),
        ("adenosine triphosphate", "CHEMBL:CHEMBL14249"),
        ("carbon", "MESH:D002244"),
        ("charcoal", "UNII:2P3VWU3H10"),
        ("H2S", "MESH:D006862"),
        ("calcium phosphate", "CHEMBL:CHEMBL2106566"),
        ("lactate dehydrogenase", "FPLX:LDH"),
        ("IL-6 receptor", "HGNC:6019"),
        ("visual impairment", "MONDO:0021084"),
        ("mXELIRI", "TGC:XELIRI"),
        ("HSP90 inhibitor", "TGC:HSP90_INHIBITOR"),
        ("MammaPrint", "TGT:SEVENTY_GENE"),
    ],
)
def test_one_concept_bears_the_name(name: str, concept: str) -> None:
    held = {r.id for r in concept_rows() if name.lower() in {n.lower() for n in (r.name, *(n for n, _ in r.names))}}
    assert held == {concept}


def test_every_package_is_pinned_by_digest() -> None:
    pinned = [value for value in vars(packages).values() if isinstance(value, Package)]
    assert len(pinned) == 6
    assert all(len(package.sha256) == 64 for package in pinned)


PACKED = lzma.compress(b"id\tname\n1\tone\n" * 50)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("genes.tsv.xz", None, "is missing"),
        ("genes.tsv.xz", PACKED[:-20], "is damaged"),
        ("genes.tsv.xz", b"no xz at all", "is damaged"),
        ("genes.tsv.xz", b"", "is damaged"),
        ("terms.tsv", b"id\tname\n1\to", "breaks off"),
        ("terms.tsv", b"id\tname\n1\n", "line 2 has 1 fields"),
        ("terms.tsv", b"id\tname\n1\t\xff\n", "is damaged"),
        ("terms.tsv", b"", "is empty"),
    ],
)
def test_a_missing_or_damaged_table_is_named_with_how_to_get_it_back(
    tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(VocabularyError, match=said) as caught:
        list(read_rows(name, tmp_path))
    assert str(tmp_path / name) in str(caught.value)
    assert "install theragraph again" in str(caught.value)


def test_a_missing_table_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="is missing"):
        vocabulary_digest((), tmp_path)
