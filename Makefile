# Everything goes through here; `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench docs lock train assets translations clean
SHELL := /bin/sh
PY ?= python3
BIN := .venv/bin
export PYTHONPATH := $(CURDIR)
export PYTHONDONTWRITEBYTECODE :=

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## start the service on 127.0.0.1:8000 (PORT, DATABASE_URL honoured)
	@exec $(BIN)/python -m community.operations.serve

test: setup .make/dev ## every test there is, real PostgreSQL and real Chromium included
	@$(BIN)/python -m tests.rig.ready
	@$(BIN)/python -m pytest -n 2 tests/unit tests/service tests/http tests/house $(PYTEST_ARGS)
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests/durability tests/browser $(PYTEST_ARGS)

check: setup .make/dev ## ruff, types, import contracts, migrations up and down with rows
	@$(BIN)/ruff format --check community tests bench
	@$(BIN)/ruff check community tests bench
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 tests/house/test_migrations.py

bench: setup .make/dev ## our figures beside the machine's own limit
	@$(BIN)/python -m bench $(BENCH_ARGS)

docs: setup .make/dev ## take the pictures in docs/ anew, from the running service
	@$(BIN)/python -m tests.rig.pictures

train: .make/dev ## make the bot's model anew from community/bot/phrases
	@$(BIN)/python -m community.bot.training

setup: .make/runtime .make/assets .make/translations

.venv/bin/uv:
	@$(PY) -c 'import sys; sys.exit("Python 3.11 or newer is needed.") if sys.version_info < (3, 11) else None'
	@$(PY) -m venv .venv
	@$(BIN)/python -m pip install --quiet uv

.make/runtime: requirements.txt | .venv/bin/uv
	@mkdir -p .make
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

.make/dev: requirements-dev.txt | .make/runtime
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

# Style sheets and fonts come through npm; a machine without Node gets it by pip, into .venv only.
.make/node: package-lock.json .npmrc | .make/runtime
	@if command -v npm >/dev/null 2>&1 && node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)'; then \
	  npm ci --ignore-scripts --no-audit --no-fund --silent; \
	else \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-node.txt && \
	  PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --silent; \
	fi
	@touch $@

.make/assets: .make/node .make/runtime community/places/print_fonts.py $(wildcard assets/*.mjs assets/sass/*.scss assets/scripts/*.js)
	@PATH="$$PATH:$(CURDIR)/.venv/bin" node assets/build.mjs >/dev/null
	@$(BIN)/python -m community.places.print_fonts
	@touch $@

.make/translations: .make/runtime $(wildcard community/translations/*/LC_MESSAGES/messages.po)
	@$(BIN)/pybabel --quiet compile --directory community/translations
	@touch $@

assets: .make/assets ## build the style sheets and scripts

translations: ## collect the words of pages anew and merge them into the translations
	@$(BIN)/pybabel --quiet extract --no-location --sort-output -F babel.cfg -k _l -o .make/messages.pot .
	@for tag in ro ur; do \
	  test -f community/translations/$$tag/LC_MESSAGES/messages.po || \
	    $(BIN)/pybabel --quiet init -i .make/messages.pot -d community/translations -l $$tag; done
	@$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-pot-creation-date -i .make/messages.pot -d community/translations

lock: | .venv/bin/uv ## write the locks anew from requirements*.in
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" requirements-node.in -o requirements-node.txt
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean: ## take away all that was built or fetched (not the database)
	@rm -rf .venv .make node_modules static/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
