"""Which fault strikes where, and what is promised of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.faults.world import DAY, NEWS, World, day_file, told
from tests.pubmed_service.faults import Fault
from tests.pubmed_service.holdings import Record

#: what a stage asks: the end of the path of its requests
SERVICES = {
    "esearch": "esearch.fcgi",
    "efetch": "efetch.fcgi",
    "listing": "updatefiles/",
    "md5": "n1336.xml.gz.md5",
    "file": "n1336.xml.gz",
}
#: the command of the night that a stage belongs to
NIGHTS = {
    "esearch": ("refresh", "--no-updates"),
    "efetch": ("refresh", "--no-updates"),
    "listing": ("harvest", "updates"),
    "md5": ("harvest", "updates"),
    "file": ("harvest", "updates"),
}
_TRANSPORT = ("502", "500 html", "429", "reset", "broken off", "slow drip", "not found")
_BODY = ("truncated", "empty", "garbled", "html in 200", "proxy text")
_API = ("rate limit in 200", "429 retry-after", "invalid json", "backend failed")
_IDS = ("ids missing", "ids twice", "extra ids")
KINDS = {
    "esearch": (*_TRANSPORT, *_BODY, *_API, *_IDS, "count drifting"),
    "efetch": (*_TRANSPORT, *_BODY, *_API, *_IDS),
    "listing": (*_TRANSPORT, "truncated", "empty", "html in 200"),
    "md5": (*_TRANSPORT, "empty", "html in 200"),
    "file": (*_TRANSPORT, *_BODY),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One fault at one stage, in a night with news."""

    stage: str
    fault: str
    lasts: str
    #: brings the fault about
    strike: Callable[[World], None]
    #: what puts it right before the next night, beside the end of every fault of the service
    mend: Callable[[World], None] = lambda _: None

    @property
    def name(self) -> str:
        """As the test is called."""
        return f"{self.stage}, {self.fault}, {self.lasts}"


def cases() -> Iterator[Case]:
    """Every fault of the service at every stage, for one request and for the whole night; then those of content."""
    for stage, kinds in KINDS.items():
        for kind in kinds:
            for lasts, times in (("one request", 1), ("all night", 10_000)):
                yield Case(stage, kind, lasts, _striking(kind, SERVICES[stage], times))
    yield Case("efetch", "record revised between search and fetch", "one request", _revised_meanwhile)
    yield Case("efetch", "record deleted between search and fetch", "all night", _deleted_meanwhile, _undeleted)
    yield Case("listing", "gap in the numbering", "all night", _gap, _news_alone)
    yield Case("listing", "files of a new year", "all night", _new_year, _no_new_year)
    yield Case("md5", "md5 of another file", "all night", _wrong_md5, _news_alone)
    yield Case("md5", "md5 absent", "all night", _no_md5, _news_alone)
    yield Case("file", "file replaced under the same name", "all night", _replaced)
    yield Case("file", "deletion of a PMID never held", "one file", lambda _: None)


def _striking(kind: str, service: str, times: int) -> Callable[[World], None]:
    return lambda world: world.service.faults.append(Fault(kind, service, times))


def _revised_meanwhile(world: World) -> None:
    """As at its next revision: a later text than the one that was found."""

    def revise() -> None:
        world.service.holdings.put([Record.of(told(4, "Of the lung, revised meanwhile.").strip().encode())])

    world.service.faults.append(Fault("right", "efetch.fcgi", 1, does=revise))


def _deleted_meanwhile(world: World) -> None:
    world.service.undelivered.add(4)


def _undeleted(world: World) -> None:
    world.service.undelivered.clear()


def _gap(world: World) -> None:
    news = world.service.files[NEWS]
    _take_away(world, NEWS)
    world.service.publish(NEWS.replace("1336", "1337"), news)


def _news_alone(world: World) -> None:
    """The file of the night as it should have been."""
    news = world.service.files.get(NEWS) or world.service.files[NEWS.replace("1336", "1337")]
    _take_away(world, NEWS.replace("1336", "1337"))
    world.service.publish(NEWS, news)


def _new_year(world: World) -> None:
    world.service.publish("updatefiles/pubmed27n0001.xml.gz", day_file(told(9)))


def _no_new_year(world: World) -> None:
    _take_away(world, "updatefiles/pubmed27n0001.xml.gz")


def _wrong_md5(world: World) -> None:
    world.service.publish(NEWS, world.service.files[NEWS], md5="0" * 32)


def _no_md5(world: World) -> None:
    world.service.publish(NEWS, world.service.files[NEWS], md5="")


def _replaced(world: World) -> None:
    """The held file again, with one record more."""
    first = [told(pmid, revised="2020-02-02") for pmid in (1, 2, 3, 5)]
    world.service.publish(DAY, day_file(*first))


def _take_away(world: World, path: str) -> None:
    for name in (path, f"{path}.md5"):
        world.service.files.pop(name, None)
