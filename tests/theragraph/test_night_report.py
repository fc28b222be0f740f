"""The report of a night as its reader sees it."""

from datetime import UTC, datetime

from corpus.ledger import Failure
from theragraph.night_report import night_json, night_markdown
from theragraph.refresh import Night


def a_night() -> Night:
    night = Night(datetime(2026, 11, 25, 2, 0, tzinfo=UTC), ("theragraph 0.1.0",))
    night.seconds = {"harvest": 1.25}
    return night


def test_what_takes_trust_away_comes_first_and_in_words() -> None:
    night = a_night()
    night.events = [(1, "metadata_only"), (1, "notice RetractionOf"), (1, "retracted"), (7, "new"), (7, "revised_text")]
    studies = night_markdown(night).split("## Studies\n\n")[1].split("\n\n")[0].splitlines()
    assert studies == [
        "- 1 retracted: 1",
        "- 1 named by a notice of retraction: 1",
        "- 1 new: 7",
        "- 1 revised, metadata only: 1",
    ]


def test_a_failure_names_its_source_once_and_is_told_once() -> None:
    night = a_night()
    failure = Failure("f.xml.gz", 1, 5, "parse", "f.xml.gz, record 1 (PMID 5): not well-formed XML")
    night.failures = [failure, failure, Failure("search lung", 0, None, "harvest", "HTTP 502")]
    trouble = night_markdown(night).split("does)\n\n")[1].split("\n\n")[0].splitlines()
    assert trouble == ["- f.xml.gz, record 1 (PMID 5): not well-formed XML", "- search lung: HTTP 502"]
    assert night_json(night)["exit"] == 1


def test_more_than_twenty_are_counted() -> None:
    night = a_night()
    night.events = [(pmid, "new") for pmid in range(1, 31)]
    assert "- 30 new: 1, 2, 3," in night_markdown(night)
    assert "20 and 10 more" in night_markdown(night)
    assert len(night_json(night)["studies"]["new"]) == 30
