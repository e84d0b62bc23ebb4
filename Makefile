# The developer's commands; CI runs exactly these.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# pip compiles with one process, this with as many as there are, our own rooms along; what does not compile, fails when used.
COMPILE := $(BIN)/python -m compileall -q -j 0 .venv/lib bot dialogs handlers procedure services storage
RESOLVE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links
# Every start of a bot, a test process or a tool would compile it all again where somebody's shell forbids to keep it.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run idea venv test suite lint bench pictures papers lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# The lock is the first thing that asks for it. Python brings a pip with it that may be years old; an old one takes twice as
# long to find what a lock names.
define ENVIRONMENT
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 …"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements-pip.lock
	$(PIP) --no-compile --require-hashes -r $<
	$(PIP) --no-deps --no-build-isolation --editable .
	-$(COMPILE)
endef

.venv/run.stamp: requirements.lock requirements-pip.lock pyproject.toml
	$(ENVIRONMENT)
	touch $@

.venv/dev.stamp: requirements-dev.lock requirements-pip.lock pyproject.toml
	$(ENVIRONMENT)
	touch $@ .venv/run.stamp

venv: .venv/dev.stamp  ## make .venv from the development lock

run: .venv/run.stamp  ## start everything; without a token: sandbox and demo on http://127.0.0.1:8080/
	@$(BIN)/yishiting run

idea: .venv/run.stamp  ## the demo before its first topic, for README's half-hour script
	@$(BIN)/yishiting demo --idea

lint: .venv/dev.stamp  ## style, types, import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: .venv/dev.stamp  ## every check and every test; what the machine lacks is skipped by name
	@$(MAKE) --no-print-directory --jobs 2 lint suite

suite: .venv/dev.stamp  ## every test: four processes, because each waits for its bots a good part of the time
	$(BIN)/python -m pytest -n 4

bench: .venv/dev.stamp  ## vote throughput against a bare aiogram handler, in the same run
	$(BIN)/python -m tests.bench

pictures: .venv/dev.stamp  ## draw the pictures of README and docs again (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

papers: .venv/dev.stamp  ## draw the pictures of the papers again (needs LibreOffice and pdftoppm)
	$(BIN)/python -m tests.papers.pictures

lock: .venv/dev.stamp  ## resolve the locks again (hashed, naming no host)
	$(BIN)/python -m pip install --quiet uv
	$(RESOLVE) --extra dev --extra build pyproject.toml -o requirements-dev.lock
	$(RESOLVE) --extra build -c requirements-dev.lock pyproject.toml -o requirements.lock
	echo pip | $(RESOLVE) --no-annotate - -o requirements-pip.lock

clean:  ## remove what was built; keeps data/
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache
