"""NLM's yearly and daily files from its server, or from a folder that mirrors it (network).

A file counts only when its MD5 is what NLM says beside it; it is checked before anything of it is parsed.
"""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from corpus.errors import ChecksumError, MissingPathError, ServiceReplyError, ServiceUnavailableError

FILES_URL = "https://ftp.ncbi.nlm.nih.gov/pubmed/"
Kind = Literal["baseline", "updatefiles"]
#: must not match the .md5 beside a file
_NAME = re.compile(r"(?<![\w.])(?:pubmed|medline)\d{2}n\d{4,5}\.xml\.gz(?![\w.])")
_LISTING_END = re.compile("</html>", re.IGNORECASE)
_MD5 = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)
_CHUNK = 1 << 18
_ATTEMPTS, _FIRST_PAUSE_S = 5, 2.0
_TIMEOUT_S = (15.0, 120.0)
#: A download that brings less in such a spell is given up and resumed: a line of 1 KB/s would take a day for a file.
_SPELL_S, _LEAST_BYTES = 120.0, 120 << 10
_HEALS = (408, 425, 429, 500, 502, 503, 504)

_log = logging.getLogger(__name__)


class FileSource(Protocol):
    """Where NLM's files come from."""

    def names(self, kind: Kind) -> list[str]:
        """Names of the PubMed files that are offered, in any order."""

    def md5(self, kind: Kind, name: str) -> str:
        """What is said to be the file's MD5, in small letters; "" where nothing is said."""

    @contextmanager
    def fetched(self, kind: Kind, name: str, md5: str) -> Iterator[Path]:
        """The whole file on this machine, as long as the block runs; raises ChecksumError unless its MD5 is the given.

        An empty md5 lets any file pass.
        """


@dataclass(frozen=True, slots=True)
class MirrorFolder:
    """A folder with the files in it, or in its folders baseline and updatefiles; raises MissingPathError."""

    folder: Path

    def names(self, kind: Kind) -> list[str]:
        """Names of the PubMed files in the folder."""
        place = self._place(kind)
        try:
            return [path.name for path in place.iterdir() if _NAME.fullmatch(path.name)]
        except OSError as error:
            raise MissingPathError(place, f"cannot be read ({error.strerror})") from None

    def md5(self, kind: Kind, name: str) -> str:
        """What the .md5 beside the file says."""
        said = self._place(kind) / f"{name}.md5"
        return md5_in(said.read_text("utf-8", "replace")) if said.exists() else ""

    @contextmanager
    def fetched(self, kind: Kind, name: str, md5: str) -> Iterator[Path]:
        """The file where it lies."""
        path = self._place(kind) / name
        check_md5(path, md5)
        yield path

    def _place(self, kind: Kind) -> Path:
        inner = self.folder / kind
        return inner if inner.is_dir() else self.folder


@dataclass(slots=True)
class NlmServer:
    """NLM's server, or one with the same folders; raises ServiceUnavailableError and ServiceReplyError."""

    #: where files lie while they are read; a broken download is resumed there
    folder: Path
    base_url: str = FILES_URL
    sleep: Callable[[float], None] = time.sleep
    _session: requests.Session = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._session = requests.Session()
        # a file is what it is: resumed and checked by its own bytes, never packed once more on the way
        self._session.headers["Accept-Encoding"] = "identity"
        retry = Retry(
            _ATTEMPTS, connect=0, read=0, backoff_factor=_FIRST_PAUSE_S, status_forcelist=_HEALS, raise_on_status=False
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def close(self) -> None:
        """Drop the connections."""
        self._session.close()

    def names(self, kind: Kind) -> list[str]:
        """Names of the PubMed files in the listing of the folder."""
        listing = self._text(self._url(kind, ""), _LISTING_END, "the listing breaks off")
        names = list(dict.fromkeys(_NAME.findall(listing)))
        if not names:
            raise ServiceReplyError(self._url(kind, ""), "the listing names no PubMed file")
        return names

    def md5(self, kind: Kind, name: str) -> str:
        """What the .md5 beside the file says."""
        return md5_in(self._text(self._url(kind, f"{name}.md5"), _MD5, "it holds no MD5", may_lack=True))

    @contextmanager
    def fetched(self, kind: Kind, name: str, md5: str) -> Iterator[Path]:
        """The file, downloaded; it is deleted afterwards."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        self._download(self._url(kind, name), path, md5)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _url(self, kind: Kind, name: str) -> str:
        return f"{self.base_url.rstrip('/')}/{kind}/{name}"

    def _text(self, url: str, sign: re.Pattern[str], without: str, *, may_lack: bool = False) -> str:
        """A small page, asked for until it has the sign of a whole one; "" where it may lack and does."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                self.sleep(_FIRST_PAUSE_S * 2 ** (attempt - 1))
            try:
                with self._session.get(url, stream=True, timeout=_TIMEOUT_S) as reply:
                    if may_lack and reply.status_code == 404:
                        return ""
                    reply.raise_for_status()
                    text = b"".join(_arriving(reply)).decode("utf-8", "replace")
            except requests.HTTPError as error:
                raise _told(url, error, 1 + _ATTEMPTS) from None
            except requests.RequestException as error:
                failure = _told(url, error, attempt + 1)
            else:
                if sign.search(text):
                    return text
                failure = ServiceUnavailableError(url, without, attempt + 1)
            _log.warning("%s: %s; attempt %d of %d", url, failure.reason, attempt + 1, _ATTEMPTS)
        raise failure

    def _download(self, url: str, path: Path, said: str) -> None:
        """All of a file, in as many attempts as it takes; what an attempt brought is kept for the next."""
        part = path.with_name(f"{path.name}.part")
        for attempt in range(_ATTEMPTS):
            if attempt:
                self.sleep(_FIRST_PAUSE_S * 2 ** (attempt - 1))
            try:
                self._append(url, part)
                check_md5(part, said, name=path.name)
            except requests.HTTPError as error:
                raise _told(url, error, 1 + _ATTEMPTS) from None
            except requests.RequestException as error:
                failure: ServiceReplyError | ServiceUnavailableError | ChecksumError = _told(url, error, attempt + 1)
            except ChecksumError as error:
                failure = error
                part.unlink()
            else:
                part.replace(path)
                return
            _log.warning("%s: %s; attempt %d of %d", url, failure.reason, attempt + 1, _ATTEMPTS)
        raise failure

    def _append(self, url: str, part: Path) -> None:
        have = part.stat().st_size if part.exists() else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._session.get(url, headers=headers, stream=True, timeout=_TIMEOUT_S) as reply:
            if reply.status_code == 416:
                return
            reply.raise_for_status()
            with part.open("ab" if reply.status_code == 206 else "wb") as target:
                for chunk in _arriving(reply):
                    target.write(chunk)


def _arriving(reply: requests.Response) -> Iterator[bytes]:
    """The body as it comes; raises RequestException where it breaks off or only drips."""
    spell, came = time.monotonic() + _SPELL_S, 0
    try:
        while chunk := reply.raw.read1(_CHUNK, decode_content=False):
            yield chunk
            came += len(chunk)
            if time.monotonic() > spell:
                if came < _LEAST_BYTES:
                    raise requests.ReadTimeout(f"{came} bytes in {_SPELL_S:.0f} s")
                spell, came = time.monotonic() + _SPELL_S, 0
    except HTTPError as error:
        raise requests.ConnectionError(error) from None


def md5_in(text: str) -> str:
    """The digest in an .md5 file, in either usual form ("MD5(name)= digest", "digest  name"); "" without one."""
    match = _MD5.search(text)
    return match[0].lower() if match else ""


def check_md5(path: Path, said: str, *, name: str = "") -> None:
    """Raise ChecksumError unless the file has this MD5; "" is nothing to hold it against."""
    if not said:
        return
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    except OSError as error:
        raise MissingPathError(path, f"cannot be read ({error.strerror})") from None
    if found != said:
        raise ChecksumError(name or str(path), found, said)


def _told(url: str, error: requests.RequestException, attempts: int) -> ServiceReplyError | ServiceUnavailableError:
    status = error.response.status_code if error.response is not None else 0
    if status and status not in _HEALS:
        return ServiceReplyError(url, f"HTTP {status}")
    reason = f"HTTP {status}" if status else f"the connection failed ({type(error).__name__})"
    return ServiceUnavailableError(url, reason, attempts)
