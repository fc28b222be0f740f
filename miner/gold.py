"""Reads annotated corpora: PubTator, BioC (XML and JSON) and IOB files, as documents with typed, linked gold mentions.

Offsets are code points into the document's text: title, one space, abstract (PubTator's convention). What a corpus
calls its types is mapped to ours; types that no recogniser of ours predicts (species, cells) are left out.
"""

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from miner.errors import MinerInputError
from miner.findings import EntityType

#: how corpora call the entity types (BioRED, BC5CDR, NCBI Disease, GNormPlus, NLM-Gene, tmVar3, BC2GM, BioNLP13CG)
GOLD_TYPES: dict[str, EntityType] = {
    "gene": "gene",
    "geneorgeneproduct": "gene",
    "gene_or_gene_product": "gene",
    "familyname": "gene",
    "protein": "gene",
    "chemical": "drug",
    "chemicalentity": "drug",
    "simple_chemical": "drug",
    "drug": "drug",
    "disease": "disease",
    "diseaseorphenotypicfeature": "disease",
    "specificdisease": "disease",
    "diseaseclass": "disease",
    "modifier": "disease",
    "compositemention": "disease",
    "cancer": "disease",
    "variant": "variant",
    "sequencevariant": "variant",
    "dnamutation": "variant",
    "proteinmutation": "variant",
    "snp": "variant",
    "test": "test",
}
_TEXT_LINE = re.compile(r"([^|\t]+)\|([ta])\|(.*)\Z")
_XML = re.compile(r"<[?!A-Za-z]")
_JSON = re.compile(r"(?:\[\s*)?\{\s*[\"}]")
#: what IOB, IOBES and BILOU write before the type: a mention begins, goes on, ends, or is one token
_IOB_TAG = re.compile(r"O|[BIESLU]-.+")
#: where two tokens of a corpus that splits words at every sign stood together: "IL - 2 ( beta )" was "IL-2 (beta)"
_GLUED = re.compile(r"[-/(\[] | [-/,.;:)\]%]\Z|\d\. \d")
#: ids of one mention that names several concepts; BioRED's variant ids hold "|" themselves
_ID_SEPARATOR = re.compile(r"[;,+]")
#: ids without a vocabulary: the type tells it
_DEFAULT_SCHEMES = {"gene": "NCBIGene", "drug": "MESH", "disease": "MESH"}
#: how vocabularies are written here, by their name in small letters
_SCHEMES = {"mesh": "MESH", "omim": "OMIM", "ncbigene": "NCBIGene", "ncbi gene": "NCBIGene", "entrezgene": "NCBIGene"}
#: infon keys of BioC that hold the id of a mention, in small letters
_ID_KEYS = ("identifier", "mesh", "ncbi gene", "ncbi gene identifier", "normalized_id", "id")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One annotated stretch of text; ids are CURIEs, empty where the corpus links nothing."""

    start: int
    end: int
    type: EntityType
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its gold mentions, sorted by start and end."""

    id: str
    title: str
    text: str
    mentions: tuple[GoldMention, ...]
    #: the species of the document (NCBI Taxonomy numbers), where the corpus says them
    species: tuple[str, ...] = ()
    #: mentions that do not stand where the file says
    passed_over: int = 0

    @property
    def body(self) -> str:
        """The text behind the title and its space."""
        return self.text[len(self.title) + 1 :] if self.title else self.text


def read_gold(path: Path) -> Iterator[GoldDocument]:
    """The documents of a gold file, in order; the format is known by its first line.

    Raises:
        MinerInputError: the file is of no known format, a line breaks it, or no document is in it.
    """
    empty = True
    try:
        for document in _read(path):
            empty = False
            yield document
    except UnicodeDecodeError as error:
        raise MinerInputError(str(path), f"is not UTF-8 text ({error}); convert it first") from error
    if empty:
        raise MinerInputError(str(path), _NO_GOLD)


_NO_GOLD = "holds no gold document; give PubTator, BioC (XML or JSON) or IOB"


def _read(path: Path) -> Iterator[GoldDocument]:
    with path.open("rb") as file:
        start = file.read(4096).decode("utf-8-sig", "ignore").lstrip()
    if _XML.match(start):
        return _read_bioc_xml(path)
    if _JSON.match(start):
        return _read_bioc_json(path)
    first = start.split("\n", 1)[0].rstrip("\r")
    if _TEXT_LINE.match(first):
        return _read_pubtator(path)
    if len(first.split()) >= 2:
        return _read_iob(path)
    raise MinerInputError(str(path), _NO_GOLD)


def _mention(
    start: int, end: int, written: str, type_: EntityType, ids: str, title_and_text: str, where: str
) -> GoldMention | None:
    stands = title_and_text[start:end] if 0 <= start < end <= len(title_and_text) else ""
    if not stands or (written and stands.casefold() != written.casefold()):
        _log.warning("%s: the mention %r does not stand at %d-%d and is passed over", where, written, start, end)
        return None
    return GoldMention(start, end, type_, _curies(ids, type_))


def _curies(ids: str, type_: str) -> tuple[str, ...]:
    scheme = _DEFAULT_SCHEMES.get(type_)
    found = []
    for part in _ID_SEPARATOR.split(ids if type_ == "variant" else ids.replace("|", ";")):
        id_ = part.strip()
        if not id_ or id_ in ("-", "-1", "None"):
            continue
        prefix, colon, local = id_.partition(":")
        if colon:
            id_ = f"{_SCHEMES.get(prefix.lower(), prefix)}:{local.strip()}"
        elif scheme is not None:
            id_ = f"{scheme}:{id_}"
        found.append(id_)
    return tuple(dict.fromkeys(found))


def _document(id: str, title: str, text: str, mentions: list[GoldMention | None], species: set[str]) -> GoldDocument:
    """The document; a mention that is None was passed over."""
    ordered = sorted({m for m in mentions if m is not None}, key=lambda m: (m.start, m.end, m.type))
    return GoldDocument(id, title, text, tuple(ordered), tuple(sorted(species)), mentions.count(None))


def _read_pubtator(path: Path) -> Iterator[GoldDocument]:
    """ID|t|, ID|a|, then tab-separated mentions; a blank line or the next title ends a document."""
    block: list[tuple[int, str]] = []
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            match = _TEXT_LINE.match(line.rstrip("\r\n"))
            if block and (not line.strip() or (match is not None and match[2] == "t")):
                yield _pubtator_block(path, block)
                block = []
            if line.strip():
                block.append((number, line.rstrip("\r\n")))
    if block:
        yield _pubtator_block(path, block)


def _pubtator_block(path: Path, block: list[tuple[int, str]]) -> GoldDocument:
    parts = {"t": "", "a": ""}
    id_, rest = "", list[tuple[int, str]]()
    for number, line in block:
        match = _TEXT_LINE.match(line)
        if match is None:
            rest.append((number, line))
        elif id_ not in ("", match[1]):
            raise MinerInputError(f"{path} line {number}", f"the text of {match[1]} stands within document {id_}")
        else:
            id_ = match[1]
            parts[match[2]] = match[3]
    if not id_:
        raise MinerInputError(f"{path} line {block[0][0]}", "a document begins with ID|t|TITLE")
    text = f"{parts['t']} {parts['a']}" if parts["a"] else parts["t"]
    mentions, species = list[GoldMention | None](), set[str]()
    for number, line in rest:
        fields = _mention_fields(line, f"{path} line {number}")
        if fields is None:
            continue
        start, end, written, label, ids = fields
        if label in ("Species", "OrganismTaxon"):
            species.update(i.strip() for i in re.split(r"[;,|]", ids) if i.strip())
            continue
        if type_ := GOLD_TYPES.get(label.lower()):
            mentions.append(_mention(start, end, written, type_, ids, text, f"{path} line {number}"))
    return _document(id_, parts["t"], text, mentions, species)


def _mention_fields(line: str, where: str) -> tuple[int, int, str, str, str] | None:
    """Start, end, text, type and ids of a mention; None for a relation, whose second field is no number."""
    fields = line.split("\t")
    if len(fields) >= 2 and not re.fullmatch(r"-?\d+", fields[1]):
        return None
    if len(fields) < 5 or not (fields[1].isdecimal() and fields[2].isdecimal()):
        raise MinerInputError(where, "no mention; it needs id, start, end, text and type, parted by tabs")
    return int(fields[1]), int(fields[2]), fields[3], fields[4], fields[5] if len(fields) > 5 else ""


def _read_bioc_xml(path: Path) -> Iterator[GoldDocument]:
    try:
        for _, element in ElementTree.iterparse(path, events=("end",)):
            if element.tag == "document":
                passages = [_xml_passage(part) for passage in element.iter("passage") for part in _units(passage)]
                yield _bioc_document(path, element.findtext("id", ""), passages)
                element.clear()
    except ElementTree.ParseError as error:
        raise MinerInputError(str(path), f"is broken XML ({error}); fetch the file again") from error
    except ValueError as error:
        raise MinerInputError(str(path), f"is broken BioC ({error}); fetch the file again") from error


#: (offset, length, text, type, ids)
_Annotation = tuple[int, int, str, str, str]
#: (offset, text, annotations)
_Passage = tuple[int, str, list[_Annotation]]


def _units(passage: ElementTree.Element) -> list[ElementTree.Element]:
    """The passage, or its sentences where these hold the text."""
    return [passage] if passage.find("text") is not None else passage.findall("sentence")


def _xml_passage(passage: ElementTree.Element) -> _Passage:
    found = list[_Annotation]()
    for annotation in passage.iter("annotation"):
        infons = {i.get("key", "").lower(): i.text or "" for i in annotation.iter("infon")}
        places = [(int(p.get("offset", "")), int(p.get("length", ""))) for p in annotation.iter("location")]
        written = annotation.findtext("text") or ""
        found += _annotation(places, written, infons)
    return int(passage.findtext("offset") or "0"), passage.findtext("text") or "", found


def _annotation(places: list[tuple[int, int]], written: str, infons: dict[str, str]) -> Iterable[_Annotation]:
    """One that stands in several places covers the text from the first to the last (PubTator's convention)."""
    if not places:
        return ()
    start, end = min(p[0] for p in places), max(sum(p) for p in places)
    ids = next((infons[key] for key in _ID_KEYS if infons.get(key)), "")
    return ((start, end - start, written if len(places) == 1 else "", infons.get("type", ""), ids),)


def _read_bioc_json(path: Path) -> Iterator[GoldDocument]:
    """A BioC collection, a list of documents, or one document a line."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        for document in _json_documents(text):
            units = [u for p in document["passages"] for u in ([p] if p.get("text") else p.get("sentences", ()))]
            yield _bioc_document(path, str(document.get("id", "")), [_json_passage(unit) for unit in units])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = f"is broken BioC JSON ({type(error).__name__}: {error}); fetch the file again"
        raise MinerInputError(str(path), reason) from error


def _json_documents(text: str) -> Iterator[dict[str, Any]]:
    try:
        values = [json.loads(text)]
    except ValueError:
        values = [json.loads(line) for line in text.split("\n") if line.strip()]
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            yield from item["documents"] if "documents" in item else item.get("PubTator3", [item])


def _json_passage(passage: dict[str, Any]) -> _Passage:
    found = list[_Annotation]()
    for annotation in passage.get("annotations", ()):
        infons = {str(k).lower(): "" if v is None else str(v) for k, v in annotation.get("infons", {}).items()}
        places = [(int(p["offset"]), int(p["length"])) for p in annotation["locations"]]
        found += _annotation(places, annotation.get("text") or "", infons)
    return int(passage.get("offset", 0)), passage.get("text") or "", found


def _bioc_document(path: Path, id_: str, passages: list[_Passage]) -> GoldDocument:
    """The passages laid out with single spaces between them, whatever gaps the file's own offsets have."""
    text, mentions = "", list[GoldMention | None]()
    for offset, words, annotations in passages:
        begin = len(text) + 1 if text else 0
        text = f"{text} {words}" if text else words
        for start, length, written, label, ids in annotations:
            place = start - offset + begin
            if type_ := GOLD_TYPES.get(label.lower()):
                where = f"{path} document {id_}"
                mentions.append(_mention(place, place + length, written, type_, ids, text, where))
    title = passages[0][1] if len(passages) > 1 else ""
    return _document(id_, title, text, mentions, set())


def _read_iob(path: Path) -> Iterator[GoldDocument]:
    """Token and tag on a line, sentences parted by empty lines; each sentence is a document of its own.

    The format has lost where spaces were; they are put back as print has them, so that names look as in any text.
    """
    words: list[tuple[str, str]] = []
    count = 0
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(chain(lines, ("\n",)), 1):
            fields = line.split()
            if fields[:1] == ["-DOCSTART-"]:
                continue
            if len(fields) >= 2 and _IOB_TAG.fullmatch(fields[-1]):
                words.append((fields[0], fields[-1]))
            elif fields:
                raise MinerInputError(f"{path} line {number}", "a token and its tag (O, B-TYPE or I-TYPE) are wanted")
            elif words:
                count += 1
                yield _iob_sentence(f"{path.stem}.{count}", words)
                words = []


def _iob_sentence(id_: str, words: list[tuple[str, str]]) -> GoldDocument:
    text, mentions = "", list[GoldMention]()
    open_type, start, end = "", 0, 0
    for word, tag in [*words, ("", "O")]:
        prefix, _, label = tag.partition("-")
        goes_on = prefix in "IEL" and label == open_type
        if open_type and not goes_on:
            type_ = GOLD_TYPES.get(open_type.lower())
            if type_ is not None:
                mentions.append(GoldMention(start, end, type_))
            open_type = ""
        glue = "" if not text or _GLUED.search(f"{text[-2:]} {word}") else " "
        begin = len(text) + len(glue)
        text = f"{text}{glue}{word}" if word else text
        if label and not goes_on:
            open_type, start = label, begin
        end = len(text)
    return GoldDocument(id_, "", text, tuple(mentions))
