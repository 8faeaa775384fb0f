# `make run` answers questions on http://127.0.0.1:8000, `make test` runs every test, `make check` the quick ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

PAGE := bots/web/dist/manifest.json
NODE_MODULES := bots/web/node_modules/.package-lock.json

.PHONY: run test check eval eval-gate lint lock clean install install-dev corpus page texts screenshots

run: install page corpus
	$(BIN)/assistant serve

corpus: install
	$(BIN)/assistant ingest corpus

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(VENV)/.installed $@

page: $(PAGE)

$(PAGE): $(NODE_MODULES) bots/web/build.mjs bots/web/icon.svg $(wildcard bots/web/scripts/*.js bots/web/styles/*.css)
	cd bots/web && npm run --silent build

$(NODE_MODULES): bots/web/package.json bots/web/package-lock.json
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1 || \
		{ echo "Node 20 or newer and npm are needed to build the pages; on Debian and Ubuntu: apt install nodejs npm" >&2; exit 1; }
	cd bots/web && npm ci --silent
	touch $@

# What the pages say in German: adds new texts to the catalogue, where they wait for their translation.
texts: install-dev
	cd bots/web && $(CURDIR)/$(BIN)/python texts.py

screenshots: install-dev page corpus
	$(BIN)/python -m tests.browser.screenshots docs/screenshots

test: install-dev lint page
	$(BIN)/assistant corpus check
	$(BIN)/python -m pytest

check: install-dev lint
	$(BIN)/python -m pytest tests/unit

# Every set of the project's own, asked in this process; prints a summary and where the report lies.
eval: install-dev corpus
	$(BIN)/assistant eval run all

# The sets that every change is held against; fails below evals/baselines.json.
eval-gate: install-dev corpus
	$(BIN)/assistant eval run fast
	$(BIN)/assistant eval gate

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build pyproject.toml -o requirements.lock
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra build --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) var build dist bots/web/dist bots/web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A conversation with the Telegram bot, for docs/telegram.md: as a picture and in words.
.PHONY: telegram-conversation
telegram-conversation: install-dev corpus
	$(BIN)/python -m bots.telegram.testing.transcript docs/telegram-conversation
