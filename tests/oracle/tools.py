"""The three tools, each as its user has it: query in, PMIDs of what came out."""

import json
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.entrez import EntrezClient
from corpus.errors import CorpusError
from corpus.harvest import harvest_search
from corpus.store import CorpusStore
from tests.fetch import cache
from tests.pubmed_service.service import Service, listening

HOST = "eutils.ncbi.nlm.nih.gov"
_LOCK = Path(__file__).with_name("requirements.lock")
#: a slow machine needs a minute for the largest query
_PATIENCE_S = 600

#: query -> PMIDs
Ask = Callable[[str], frozenset[int]]


class NotRun(Exception):
    """A tool that is not here; the message has the line that installs it."""


class BrokeOff(Exception):
    """A tool that did not end as it should; the message is what it said."""


def theragraph(url: str) -> Ask:
    """Our harvest of a search into a new store; without the courtesy pauses that a loopback needs none of."""

    def ask(query: str) -> frozenset[int]:
        with tempfile.TemporaryDirectory() as folder:
            client = EntrezClient(Path(folder), base_url=url, sleep=lambda _: None)
            try:
                with CorpusStore.open(Path(folder) / "corpus.db", create=True) as store:
                    report = harvest_search(query, store, client)
                    if not report.complete:
                        raise BrokeOff("; ".join(failure.error for failure in report.failures[:3]))
                    return frozenset(key.pmid for key in store.text_keys())
            except CorpusError as error:
                raise BrokeOff(str(error)) from error
            finally:
                client.close()

    return ask


@contextmanager
def edirect(service: Service) -> Iterator[Ask]:
    """Debian's EDirect, unmodified: its curl is led to the service by a .curlrc; raises NotRun."""
    absent = [name for name in ("esearch", "efetch", "curl", "openssl") if shutil.which(name) is None]
    if absent:
        raise NotRun(f"{', '.join(absent)} not found; apt-get install ncbi-entrez-direct curl openssl")
    with tempfile.TemporaryDirectory() as folder, listening(service, _certificate(Path(folder))) as port:
        # no host named before the port: whatever it calls, it ends here
        settings = f'connect-to = "::127.0.0.1:{port}"\ncacert = "{folder}/certificate.pem"\nnoproxy = "*"\n'
        (Path(folder) / ".curlrc").write_text(settings, encoding="utf-8")
        yield lambda query: _esearch(query, folder)


def _esearch(query: str, folder: str) -> frozenset[int]:
    pipe = 'esearch -db pubmed -query "$1" | efetch -format uid'
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "CURL_HOME": folder, "EMAIL": "someone@example.org"}
    done = _run(["sh", "-c", pipe, "sh", query], environment)
    # it ends with 0 when it fails, and says so only here
    if "ERROR" in done.stderr or "WARNING" in done.stderr:
        raise BrokeOff(" ".join(done.stderr.split())[-400:])
    return frozenset(map(int, done.stdout.split()))


def _certificate(folder: Path) -> ssl.SSLContext:
    """A TLS context that is NCBI's host for a day, to those who are told to trust it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    names = ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *request, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def bio_entrez(url: str) -> Ask:
    """Bio.Entrez in a virtual environment of its own, made at the first run; raises NotRun."""
    python = _environment()

    def ask(query: str) -> frozenset[int]:
        with tempfile.TemporaryDirectory() as home:
            # its home would hold DTDs of the real server
            environment = {"PATH": os.environ["PATH"], "HOME": home, "no_proxy": "*"}
            child = str(Path(__file__).with_name("bio_entrez.py"))
            done = _run([str(python), child, url, query], environment)
        if done.returncode:
            raise BrokeOff(" ".join(done.stderr.split())[-400:])
        return frozenset(json.loads(done.stdout.splitlines()[-1]))

    return ask


def _environment() -> Path:
    target = cache() / "bio-entrez"
    python, ready = target / "bin" / "python", target / "ready"
    if ready.exists() and ready.read_bytes() == _LOCK.read_bytes():
        return python
    print(f"installing Bio.Entrez into {target} (once, about 25 MB)", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(target)],
        [*pip, "--require-hashes", "-r", str(_LOCK)],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            said = " ".join((done.stdout + done.stderr).split())[-300:]
            raise NotRun(f"{' '.join(command)} failed: {said}")
    shutil.copyfile(_LOCK, ready)
    return python


def _run(command: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        raise BrokeOff(f"not done after {_PATIENCE_S} s") from None
