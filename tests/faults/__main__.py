"""`python -m tests.faults`: runs every fault and writes docs/faults.md."""

import logging
import tempfile
from pathlib import Path

from tests.faults.cases import cases
from tests.faults.outcomes import outcome, prepare
from tests.faults.table import PATH, document

logging.basicConfig(level=logging.CRITICAL)
with tempfile.TemporaryDirectory() as folder:
    prepared = prepare(Path(folder) / "prepared")
    found = [outcome(case, prepared, Path(folder) / str(number)) for number, case in enumerate(cases())]
PATH.write_text(document(found), encoding="utf-8")
