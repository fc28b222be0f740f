"""The complaint pack against the list of what is known to fail."""

from pathlib import Path

import platformdirs
import pytest

from miner.annotate_input import make_document
from miner.evaluation.complaints import PACK, ComplaintsReport, read_complaints, score_complaints
from miner.statistical import StatisticalPipeline

KNOWN = Path(__file__).with_name("known_failures.txt")


def known() -> list[str]:
    return [line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def report() -> ComplaintsReport:
    pipeline = StatisticalPipeline(Path(platformdirs.user_cache_dir("theragraph"))).build()
    return score_complaints(PACK, lambda id, title, text: pipeline.mine(make_document(id, title, text)))


def test_nothing_fails_that_passed(report: ComplaintsReport) -> None:
    new = {f.case.id: f"missed {f.missed}, extra {f.extra}" for f in report.failures if f.case.id not in known()}
    assert new == {}


def test_what_passes_leaves_the_list(report: ComplaintsReport) -> None:
    assert set(known()) - {f.case.id for f in report.failures} == set(), f"take these off {KNOWN.name}"


def test_the_list_names_cases_of_the_pack_in_its_order() -> None:
    order = [case.id for case in read_complaints(PACK)]
    assert known() == [id_ for id_ in order if id_ in known()]


def test_the_pack_is_large_and_varied() -> None:
    cases = list(read_complaints(PACK))
    assert len(cases) >= 150
    assert len({case.kind for case in cases}) >= 12
    assert all(case.wanted or case.unwanted for case in cases)
