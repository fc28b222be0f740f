"""Every fault at every stage ends as docs/faults.md says, and never in a loss, a trace or a silent gap."""

from pathlib import Path

import pytest

from tests.faults.cases import Case, cases
from tests.faults.outcomes import HEALED, UNCHANGED, Prepared, outcome, prepare
from tests.faults.table import PATH, rows

CASES = list(cases())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("prepared"))


@pytest.fixture(scope="module")
def documented() -> dict[tuple[str, str, str], str]:
    return rows(PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_night_with_a_fault(
    case: Case, prepared: Prepared, documented: dict[tuple[str, str, str], str], tmp_path: Path
) -> None:
    found = outcome(case, prepared, tmp_path)
    assert found.next_exit == 0
    assert found.next_night.startswith(HEALED)
    assert found.exit in (1, 2, 3) or found.that_night.startswith(HEALED)
    assert found.said or not found.exit
    assert found.exit != 3 or found.that_night == UNCHANGED
    assert documented[(case.stage, case.fault, case.lasts)] == found.row(), "if it is right: python -m tests.faults"


def test_the_page_has_no_row_of_its_own(documented: dict[tuple[str, str, str], str]) -> None:
    assert list(documented) == [(case.stage, case.fault, case.lasts) for case in CASES]
