"""What each tool brought against what PubMed holds, and a rule in code for every difference (pure)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Truth:
    """What a query finds in the holdings, whoever asks."""

    query: str
    pmids: frozenset[int]
    #: what the holdings have for another query
    ask: Callable[[str], frozenset[int]]
    #: how many ids PubMed hands out for one query
    cap: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one tool brought for one query."""

    pmids: frozenset[int]
    #: requests of its own that reached PubMed, and the terms of the searches among them
    requests: int
    terms: tuple[str, ...]
    #: why it broke off, "" when it ended by itself
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    tool: str
    truth: Truth
    answer: Answer
    #: why the answer is not the truth; "" where it is
    reason: str
    explained: bool


Rule = Callable[[Truth, Answer], str]


def newest_only(truth: Truth, answer: Answer) -> str:
    """One query, one list of ids: what PubMed holds beyond its cap is out of reach."""
    newest = frozenset(sorted(truth.pmids, reverse=True)[: truth.cap])
    if len(truth.pmids) <= truth.cap or answer.pmids != newest:
        return ""
    return f"one query reaches its {truth.cap:,} newest records, also over the history server; it does not slice"


def without_apostrophes(truth: Truth, answer: Answer) -> str:
    """esearch takes every apostrophe out of a query before it asks."""
    bare = truth.query.replace("'", "")
    asked = any(bare in term for term in answer.terms) and not any(truth.query in term for term in answer.terms)
    if bare == truth.query or not asked or answer.pmids != truth.ask(bare):
        return ""
    return f"it asks for {bare!r}, and for that it has everything the emulated PubMed holds"


#: what a tool is known not to reach; ours is excused from nothing
RULES: dict[str, tuple[Rule, ...]] = {
    "TheraGraph": (),
    "EDirect": (without_apostrophes,),
    "Bio.Entrez": (newest_only,),
}


def row(tool: str, truth: Truth, answer: Answer) -> Row:
    """The answer judged: equal, different by a rule, or unexplained."""
    if answer.failed:
        return Row(tool, truth, answer, answer.failed, False)
    if not answer.requests:
        return Row(tool, truth, answer, "no request of it reached PubMed", False)
    if answer.pmids == truth.pmids:
        return Row(tool, truth, answer, "", True)
    for rule in RULES[tool]:
        if reason := rule(truth, answer):
            return Row(tool, truth, answer, reason, True)
    return Row(tool, truth, answer, _examples(truth, answer), False)


def unexplained(rows: Iterable[Row]) -> int:
    """How many differences no rule explains."""
    return sum(not each.explained for each in rows)


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """The table, each query once above its tools."""
    query = None
    for each in rows:
        if each.truth.query != query:
            query = each.truth.query
            yield f"{query}  ({len(each.truth.pmids):,} records)"
        brought = f"{len(each.answer.pmids):>7,} records{each.answer.requests:>5} requests"
        yield f"  {each.tool:<11}{brought}  {_verdict(each)}"


def _verdict(each: Row) -> str:
    if not each.reason:
        return "equal"
    missing, foreign = len(each.truth.pmids - each.answer.pmids), len(each.answer.pmids - each.truth.pmids)
    kind = "differs" if each.explained else "UNEXPLAINED"
    return f"{kind} ({missing:,} missing, {foreign:,} too many): {each.reason}"


def _examples(truth: Truth, answer: Answer) -> str:
    sides = (("missing", truth.pmids - answer.pmids), ("too many", answer.pmids - truth.pmids))
    return "; ".join(f"{name} {', '.join(map(str, sorted(pmids)[:3]))}" for name, pmids in sides if pmids)
