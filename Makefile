# The explorer's commands; `make help` lists them. Python 3.11 or newer and make are enough to start.

VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8501
ADDRESS ?= localhost
WORKERS ?= 3
SOURCES ?=
ARGS ?=
TIMES ?= 20

# The newest suitable interpreter a name finds; SYSTEM_PYTHON=/path/to/python chooses another.
SYSTEM_PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

# Settings of the caller's own must not change what runs here.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE $(filter STREAMLIT_%,$(.VARIABLES))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run engines migrate test explore hostile check browser programs build-data audit bench golden requirements clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: $(VENV)/installed ## start the explorer (PORT=8501 ADDRESS=localhost ARGS="--any.streamlit option")
	@$(PYTHON) -m consultation.kept.place
	@OPENBLAS_NUM_THREADS=1 MALLOC_ARENA_MAX=2 NUMPY_MADVISE_HUGEPAGE=0 $(PYTHON) -m streamlit run serve.py --server.port $(PORT) --server.address $(ADDRESS) $(ARGS)

engines: $(VENV)/installed-engines ## what speaks to PostgreSQL and Spark (a consultation on several processes, records that live there)

migrate: $(VENV)/installed-engines ## bring an older PostgreSQL database of what rooms said up to date (EXPLORER_DATABASE=…)
	@$(PYTHON) -m pricing consultation migrate

# Workers share the cores: linear algebra on threads of its own would only make them wait for each other.
test: check browser programs ## check, then run every test, in a real browser too (ARGS="-k words" WORKERS=2)
	@OPENBLAS_NUM_THREADS=1 $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

explore: browser ## the properties on fresh examples, TIMES=20 times as many or more; what the gate takes in turn, whole
	@EXPLORE=$(TIMES) OPENBLAS_NUM_THREADS=1 $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m "hypothesis or explored" $(ARGS)

hostile: $(VENV)/installed-tests $(VENV)/installed-engines ## hostile links, files and commands at a fresh seed (ARGS="--minutes 30 --seed 7")
	@OPENBLAS_NUM_THREADS=1 $(PYTHON) -m tests.hostile $(ARGS)

check: $(VENV)/installed-tests $(VENV)/installed-engines ## style, format, types, and which way imports run
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-logo

programs: $(VENV)/installed-tests
	@$(PYTHON) -m tests.programs --install

browser: $(VENV)/installed-tests
	@$(PYTHON) -m tests.find_chromium --install

build-data: $(VENV)/installed-tests ## rebuild data/ (SOURCES=folder with the published files, to redo the tables too)
	$(if $(SOURCES),$(PYTHON) -m data.build_tables $(SOURCES))
	$(if $(SOURCES),$(PYTHON) -m data.build_unit_costs $(SOURCES))
	$(if $(SOURCES),$(PYTHON) -m data.build_boundaries $(SOURCES))
	$(PYTHON) -m data.build_greater_manchester
	$(PYTHON) -m data.fit_curves

audit: $(VENV)/audit/installed ## hold every pinned library against the published advisories (needs the network)
	@$(VENV)/audit/bin/python -m tests.audit

bench: $(VENV)/installed-tests ## time the model, the pages in a real browser, and a room of readers
	@set -e; for file in benchmarks/bench_*.py; do OPENBLAS_NUM_THREADS=1 $(PYTHON) -m benchmarks.$$(basename $$file .py); done

requirements: $(PYTHON) ## compile the requirements*.in anew, with hashes (ARGS=--upgrade)
	@$(PYTHON) -m pip install --quiet 'uv~=0.13'
	@set -e; for name in requirements requirements-engines requirements-test requirements-audit; do $(VENV)/bin/uv pip compile --quiet --universal \
		--fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make requirements' $(ARGS) $$name.in --output-file $$name.txt; done

golden: $(VENV)/installed-tests ## renew the golden results, after a change that is meant (ARGS=--show: what moved)
	@$(PYTHON) -m tests.golden.test_golden $(ARGS)

clean: ## remove the virtual environment and everything the tools left
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: requirements.txt $(PYTHON)
	@echo "Installing the explorer's libraries into $(VENV) (once; about a minute)"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-tests: requirements-test.txt $(VENV)/installed
	@echo "Installing the test tools into $(VENV) (once)"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-test.txt
	@touch $@

$(VENV)/installed-engines: requirements-engines.txt $(VENV)/installed
	@echo "Installing what speaks to PostgreSQL and Spark into $(VENV) (once)"
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-engines.txt
	@touch $@

$(VENV)/audit/installed: requirements-audit.txt $(PYTHON)
	@echo "Installing pip-audit into $(VENV)/audit (once)"
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --quiet --require-hashes -r requirements-audit.txt
	@touch $@

$(PYTHON):
	@test -n "$(SYSTEM_PYTHON)" || { echo "The explorer needs Python 3.11 or newer, and none is on the PATH." \
		"Install one, or name it: make SYSTEM_PYTHON=/path/to/python3" >&2; exit 1; }
	@$(SYSTEM_PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		package=$$($(SYSTEM_PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && apt-get install -y -qq --no-install-recommends $$package >/dev/null; \
		else echo "Python's venv module is incomplete here." \
			"Install it (on Debian and Ubuntu: sudo apt-get install $$package), then run make again." >&2; exit 1; fi; }
	@$(SYSTEM_PYTHON) -m venv --clear $(VENV)
