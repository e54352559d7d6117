# Everything a fresh clone needs is Python (3.11 to 3.13) and make.
#   make demo    the whole method on the embedded default: no key, no download beyond packages
#   make test    the tests
#   make check   the tests, lint, types and docs (make write-docs brings the docs up to date)
#   make setup   only the virtual environment
#   make bench   what the README says about speed

PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup demo test lint types docs write-docs check bench clean

setup: .venv/ready

.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "error: Python 3.11 to 3.13 is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	$(BIN)/kpdd demo

test: setup
	$(BIN)/python -m pytest -n auto

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

docs: setup
	PYTHONPATH=docs $(BIN)/cog --check README.md docs/commands.md

write-docs: setup
	PYTHONPATH=docs $(BIN)/cog -r README.md docs/commands.md

check: test lint types docs

bench: setup
	$(BIN)/python benchmarks/startup.py

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
