# Everyday commands. Each creates the environment when it is missing: Python 3.11 to 3.13 and make are all it takes.
SHELL := /bin/sh
VENV  := .venv
BIN   := $(VENV)/bin
SERVE ?= 1
DEMO_HOME ?= .demo
FOLDERS ?= $(sort $(wildcard evals/portfolios/*))

# The first interpreter of a supported version; PYTHON=… on the command line overrides it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1 && echo $$p && break; done)

export ANONYMIZED_TELEMETRY := False
export SCARF_NO_ANALYTICS := true
export DO_NOT_TRACK := true

.PHONY: help demo client test test-fuzz test-browser images test-llm lint format eval calibrate leaderboard bench clean

help:
	@echo "make demo            read the sample portfolio, print it, then serve the web application (SERVE=0: stop before)"
	@echo "make test            run the tests"
	@echo "make test-fuzz       ask the API everything that its description allows, and more"
	@echo "make client          write the API's Python client anew, after routes changed"
	@echo "make test-browser    run the web application's tests in a real Chromium"
	@echo "make images          take the README's pictures anew"
	@echo "make test-llm        run the tests against a small language model on this machine"
	@echo "make lint            ruff, mypy, import-linter"
	@echo "make eval            score the built-in reader against labelled contracts (FOLDERS=…)"
	@echo "make calibrate       fit the confidences again, after rules changed (FOLDERS=…, all labelled folders there are)"
	@echo "make leaderboard     write docs/leaderboard.md (FOLDERS=…)"
	@echo "make bench           measure speed and memory (BENCH_FOLDERS=… adds folders of your own)"

$(VENV)/.core: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11, 3.12 or 3.13 found; install one, or say make PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Contrathèque and what it needs from PyPI (once, about a minute)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,postgresql,office]'
	@touch $@

demo: $(VENV)/.core
	@$(BIN)/contratheque --home $(DEMO_HOME) ingest evals/portfolios/clinique --company "Clinique du Val d'Orge"
	@$(BIN)/contratheque --home $(DEMO_HOME) list --terms
	@$(BIN)/contratheque --home $(DEMO_HOME) deadlines --days 90
	@test "$(SERVE)" = "0" || $(BIN)/contratheque --home $(DEMO_HOME) web

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto --dist loadgroup

client: $(VENV)/.dev
	@$(BIN)/python -m ui.api.client

test-fuzz: $(VENV)/.dev
	@$(BIN)/python -m pytest -m fuzz tests/ui/api

$(VENV)/.llm: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test-llm]'
	@touch $@

test-browser: $(VENV)/.dev
	@$(BIN)/python -m pytest -m browser tests/browser

images: $(VENV)/.dev
	@CONTRATHEQUE_IMAGES=docs/images $(BIN)/python -m pytest -m browser tests/browser/test_road.py

test-llm: $(VENV)/.llm
	@$(BIN)/python -m pytest -m llm tests/llm

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.core
	@$(BIN)/contratheque eval $(FOLDERS) --html eval-report.html

calibrate: $(VENV)/.dev
	@$(BIN)/python -m evals.calibrate $(FOLDERS)

leaderboard: $(VENV)/.dev
	@$(BIN)/python -m evals.leaderboard $(FOLDERS)

bench: $(VENV)/.dev
	@$(BIN)/python -m evals.bench $(BENCH_FOLDERS)

clean:
	rm -rf $(VENV) $(DEMO_HOME) build dist *.egg-info bench-results eval-report.html
