# `make demo`, `make test`: everything else is in CONTRIBUTING.md. Runs on Python 3.11 or 3.12 with its venv module.
PYTHON ?= python3
PORT ?= 8000
BIND ?= 127.0.0.1
STORE ?= sandbox
ARGS ?=
VENV := .venv
READY := $(VENV)/.ready
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --disable-pip-version-check
PINNING := --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make requirements"

.PHONY: demo test test-saleor bench lint audit wheel requirements format clean

demo: $(READY)
	@exec $(RUN) -m $(if $(filter saleor,$(STORE)),tests.saleor --demo,saleor_custom_events.hosts.sandbox) --port $(PORT) --bind $(BIND) $(ARGS)

test: $(READY)
	@$(RUN) -m pytest $(ARGS); code=$$?; echo "Saleor host tests: not run here"; exit $$code

test-saleor: $(READY)
	$(RUN) -m tests.saleor $(ARGS)

bench: $(READY)
	$(RUN) -m tests.bench $(ARGS)

lint: $(READY)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(READY)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

audit: $(READY)
	@$(RUN) -m tests.audit requirements/dev.txt

wheel: $(READY)
	$(VENV)/bin/hatchling build --clean --directory dist

requirements: $(READY)
	$(VENV)/bin/uv pip compile $(PINNING) --extra sandbox pyproject.toml -o requirements/sandbox.txt
	$(VENV)/bin/uv pip compile $(PINNING) --extra sandbox --group dev -c requirements/sandbox.txt pyproject.toml -o requirements/dev.txt

clean:
	rm -rf .demo .test dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The stamp makes the second time fast. What pip installs is pinned with its hash; ourselves without dependencies.
$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 12) else "Python 3.11 or 3.12 is needed: PYTHON=python3.12 make …")'
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what this needs into $(VENV) …"
	@$(INSTALL) --require-hashes -r requirements/dev.txt >$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	@$(INSTALL) --no-deps --no-build-isolation -e . >>$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	@touch $@
