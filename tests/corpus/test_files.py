import gzip
import itertools
import zlib
from pathlib import Path

import pytest

from corpus.errors import MissingPathError
from corpus.files import local_files, open_pubmed, sha256_of


def test_nlm_files_come_by_year_and_number_and_the_others_by_name_after(tmp_path: Path) -> None:
    names = ["a.xml", "pubmed21n1298.xml.gz", "pubmed21n0002.xml", "pubmed20n1400.xml.gz", "medline16n0902.xml.gz"]
    for name in [*names, "pubmed21n1298.xml.gz.md5", "notes.txt"]:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "deeper").mkdir()
    expected = [names[4], names[3], names[2], names[1], names[0]]
    for order in itertools.permutations([tmp_path, tmp_path / names[0], tmp_path / names[3]]):
        files, missing = local_files(order)
        assert [x.path.name for x in files] == expected
        assert missing == ()


def test_missing_paths_and_empty_folders_are_named(tmp_path: Path) -> None:
    files, missing = local_files([tmp_path, tmp_path / "no.xml"])
    assert files == ()
    assert [str(x) for x in missing] == [
        f"{tmp_path}: no .xml or .xml.gz file in this folder",
        f"{tmp_path / 'no.xml'}: no such file or folder",
    ]


def test_gzip_is_known_by_its_bytes_not_its_name(tmp_path: Path) -> None:
    data = bytes(range(256)) * 2000
    for name, stored in {"a.xml": gzip.compress(data), "b.xml.gz": data, "c.gz": gzip.compress(data) * 2}.items():
        (tmp_path / name).write_bytes(stored)
        with open_pubmed(tmp_path / name) as stream:
            assert stream.read() == data * (2 if name == "c.gz" else 1)


@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_damaged_gzip_gives_every_byte_before_the_damage(tmp_path: Path, damage: str) -> None:
    data = b"".join(b"%d\n" % (x * x) for x in range(60_000))
    packed = gzip.compress(data)
    middle = len(packed) // 2
    broken = packed[:middle] if damage == "cut" else packed[:middle] + b"\xff" * 500 + packed[middle + 500 :]
    (tmp_path / "a.gz").write_bytes(broken)
    read = bytearray()

    def read_all() -> None:
        with open_pubmed(tmp_path / "a.gz") as stream:
            while chunk := stream.read(1000):
                read.extend(chunk)

    with pytest.raises((EOFError, zlib.error)):
        read_all()
    assert len(read) > len(data) // 3
    if damage == "cut":
        assert data.startswith(bytes(read))


def test_what_cannot_be_opened_says_so(tmp_path: Path) -> None:
    for read in (open_pubmed, sha256_of):
        with pytest.raises(MissingPathError, match="cannot be read"):
            read(tmp_path)
