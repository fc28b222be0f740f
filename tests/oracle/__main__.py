"""Six searches by three tools against one PubMed of real records: `python -m tests.oracle`.

TheraGraph and Bio.Entrez bring the records, EDirect the ids. Every PMID set is compared with what the emulated PubMed
holds. A difference that no rule of the table explains ends the run with 1; a tool that is not installed is named, with
the line that installs it.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from tests.fetch import FetchFailed, pubmed_file
from tests.oracle.table import Answer, Row, Truth, lines, row, unexplained
from tests.oracle.tools import Ask, BrokeOff, NotRun, bio_entrez, edirect, theragraph
from tests.pubmed_service.holdings import Holdings
from tests.pubmed_service.queries import find
from tests.pubmed_service.service import Service, serving

QUERIES = (
    "all[sb]",
    "2021/05/01:2021/06/07[crdt] NOT covid",
    "(cancer OR carcinoma) AND survival NOT mice",
    "resistance[tiabb]",  # no such field: PubMed drops the tag and says nothing
    "Alzheimer's OR Parkinson's",
    "xyzzyplugh[tiab]",  # nothing has it
)


def main() -> int:
    """Ask, print the table; 1 when a difference is unexplained."""
    try:
        holdings = Holdings.of_files(pubmed_file())
    except FetchFailed as error:
        print(f"tests.oracle: {error}", file=sys.stderr)
        return 1
    # what is said to a user of the real PubMed: its courtesy hours
    logging.getLogger("corpus").setLevel(logging.ERROR)
    rows = []
    with serving(Service(holdings)) as service, ExitStack() as stack:
        tools = _installed(service, stack)
        for query in QUERIES:
            asked = list(_asked(query, tools, service))
            rows += asked
            print(*lines(asked), sep="\n", flush=True)
    bad, different = unexplained(rows), sum(bool(each.reason) for each in rows)
    print(f"{len(rows) - different} equal, {different - bad} different and explained, {bad} unexplained")
    return int(bad > 0)


def _installed(service: Service, stack: ExitStack) -> dict[str, Ask]:
    tools = {"TheraGraph": theragraph(service.url)}
    makers: dict[str, Callable[[], Ask]] = {
        "EDirect": lambda: stack.enter_context(edirect(service)),
        "Bio.Entrez": lambda: bio_entrez(service.url),
    }
    for name, make in makers.items():
        try:
            tools[name] = make()
        except NotRun as error:
            print(f"{name} was not run: {error}")
    return tools


def _asked(query: str, tools: dict[str, Ask], service: Service) -> Iterator[Row]:
    truth = Truth(query, _held(query, service), lambda other: _held(other, service), service.cap)
    for name, ask in tools.items():
        service.requests.clear()
        pmids, said = frozenset[int](), ""
        try:
            pmids = ask(query)
        except BrokeOff as error:
            said = str(error) or "it broke off without a word"
        terms = tuple(form["term"] for _, form in service.requests if "term" in form)
        yield row(name, truth, Answer(pmids, len(service.requests), terms, said))


def _held(query: str, service: Service) -> frozenset[int]:
    return frozenset(find(query, service.holdings).pmids)


if __name__ == "__main__":
    sys.exit(main())
