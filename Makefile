# Everything runs inside .venv, which the first target builds from the lock file.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PACKAGES := corpus miner graph queries theragraph

.PHONY: demo test check bench format soak oracle install lock docs train quality

demo: $(READY)
	$(BIN)/theragraph demo

test: $(READY)
	$(BIN)/python -m tests.fetch
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.budget

bench: $(READY)
	$(BIN)/python -m tests.fetch
	$(BIN)/python -m tests.bench

soak: $(READY)
	$(BIN)/python -m tests.fetch
	$(BIN)/python -m pytest tests/soak -o addopts="-q --strict-markers --strict-config -p no:cacheprovider"

# EDirect is a Debian package, ncbi-entrez-direct; Bio.Entrez comes into an environment of its own
oracle: $(READY)
	$(BIN)/python -m tests.fetch
	$(BIN)/python -m tests.oracle

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# the corpora are not in the repository: make train DATA=FOLDER (miner/models/entities.md says what it holds)
train: $(READY)
	$(BIN)/python -m tests.fetch
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m miner.train $(DATA) --texts $$($(BIN)/python -m tests.fetch --texts)
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m miner.train.challenges $$($(BIN)/python -m tests.fetch --texts) --reader corpus.pubmed_xml:read_items
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m miner.train.designs $$($(BIN)/python -m tests.fetch --texts | cut -d" " -f1) --data $(DATA) --reader corpus.pubmed_xml:read_items
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m miner.train.confidence

quality: $(READY)
	$(BIN)/theragraph evaluate quality $(DATA) --output docs/quality.md --force

docs: $(READY)
	$(BIN)/python -m tests.documents

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 13) else "TheraGraph needs Python 3.11 or 3.12; this is %d.%d. Name one: make PYTHON=python3.11" % v)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --no-header --generate-hashes --no-emit-index-url --universal --python-version 3.11 --extra dev pyproject.toml -o requirements.lock
