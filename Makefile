# Every command of the house. Nothing is taken from PATH but python3 and, for `make test`, what .ci/run installs.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
# These are taken from the command line only: some shells export a HOST that is another machine's name.
HOST = 127.0.0.1
DATA = data
# More arguments for pytest, as in: make check ARGS="-k token -x"
ARGS =

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
# One seed for all processes of a run, another for each run: nothing may lean on the order of a set, and a failure that
# does can be had again with SEED=.
SEED := $(shell od -An -N2 -tu2 /dev/urandom | tr -d ' ')
PYTEST = PYTHONHASHSEED=$(SEED) $(BIN)/python -m pytest
SPREAD := -n $(JOBS) --dist worksteal
QUICK := not slow and not browser and not load

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint coverage bench docs messages format lock clean

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/run ## Start a demonstration with fictional people on http://HOST:PORT/ (HOST=, PORT=, DATA=)
	$(BIN)/reporting demo --host $(HOST) --port $(PORT) --data "$(DATA)"

# Tests run even when lint finds something, so that one run shows everything; both must pass.
test: $(VENV)/test ## Run everything, as CI does: lint, then every test
	@$(MAKE) --no-print-directory lint; lint=$$?; $(PYTEST) $(SPREAD) $(ARGS) && exit $$lint

check: $(VENV)/test ## Run what fits into five minutes, for every day: no browser, no load, nothing slow
	@$(MAKE) --no-print-directory lint; lint=$$?; $(PYTEST) $(SPREAD) -m "$(QUICK)" $(ARGS) && exit $$lint

lint: $(VENV)/test ## Look at style, types, floors, catalogues and generated documents
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -q tests/test_translations.py tests/test_documents.py

coverage: $(VENV)/test ## Show which branches no test reaches
	$(PYTEST) $(SPREAD) -m "not browser and not load" --cov --cov-report=term $(ARGS)

bench: $(VENV)/test ## Measure what reports, follow-ups, inboxes and logins cost
	$(BIN)/python -m tests.bench $(ARGS)

docs: $(VENV)/test ## Write the documents that come from tables in the code
	$(BIN)/python -m tests.documents

messages: $(VENV)/test ## Collect the sentences to translate, and compile the catalogues
	$(BIN)/python -m tests.catalogues

format: $(VENV)/test ## Put imports and layout in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(VENV)/lock ## Choose the newest versions that setup.cfg allows, with their hashes
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --output-file requirements.lock setup.cfg
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --extra test --constraint requirements.lock \
		--output-file requirements-test.lock setup.cfg

COMPILE := $(VENV)/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
	--annotation-style line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

clean: ## Remove what the tools made, never the data of a demonstration
	rm -rf $(VENV) build dist screenshots *.egg-info .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find reporting migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an installation is made again only when what it was made from has changed. A lock is whole, so nothing is looked
# up beside it: asked for coverage[toml], pip would otherwise take a version that came out after the lock.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Harbour needs Python 3.11 or newer: PYTHON=")'
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: $(VENV)/made requirements.lock setup.cfg pyproject.toml
	@echo "Installing the libraries of requirements.lock; the first time takes a minute"
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

# Every version of requirements.lock stands in requirements-test.lock too; a test compares them.
$(VENV)/test: $(VENV)/run requirements-test.lock
	@echo "Installing the tools of requirements-test.lock"
	@$(PIP) install --no-deps --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/lock:
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip --disable-pip-version-check --quiet --quiet install pip-tools
