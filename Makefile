# The words a person and CI use. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
ON_SERVERS ?= $(wildcard tests/*/web) tests/access tests/site

.DEFAULT_GOAL := help
.PHONY: help setup demo test server lint fix bench docs lock messages clean

help:  ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## Make .venv with amparo in it, and install the system's programs when allowed

$(READY): requirements-dev.lock pyproject.toml tools/setup.sh tools/programs.sh $(wildcard src/amparo/site/locale/*/LC_MESSAGES/*.po)
	@PYTHON=$(PYTHON) tools/setup.sh

demo: setup  ## Build the sample matter, serve it and open it
	@$(BIN)/amparo demo

test: setup  ## Run every test, the browser's included
	@tools/programs.sh browser
	@$(BIN)/pytest -n auto --dist loadgroup

server: setup  ## Run every test of rows, objects, search and pages on a real PostgreSQL and S3 store
	@AMPARO_TESTS_ON=servers $(BIN)/pytest -n auto --dist loadgroup $(ON_SERVERS)

lint: setup  ## Check style, types, the floor plan and the lock files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@tools/lock.sh --check

fix: setup  ## Mend what can be mended by machine
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup  ## Run the benchmarks: ours and the peer, side by side
	@for each in benchmarks/bench_*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

docs: setup  ## Make the tables and screenshots of docs/ anew
	@tools/programs.sh browser
	@$(BIN)/python tools/rules_table.py
	@$(BIN)/python tools/forms_table.py
	@$(BIN)/python tools/screenshots.py

lock: setup  ## Pin every package by version and hash
	@tools/lock.sh

messages: setup  ## Collect the strings to translate (needs gettext)
	@tools/messages.sh

clean:  ## Remove what these commands made
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
