# `make demo`, `make test`: everything else is in CONTRIBUTING.md. Runs on Python 3.11 or 3.12 with its venv module,
# and Node 20 or newer with npm.
PYTHON ?= python3
PORT ?= 8000
BIND ?= 127.0.0.1
STORE ?= sandbox
ARGS ?=
VENV := .venv
READY := $(VENV)/.ready
# What looks at openapi.json, apart from the rest: see requirements/openapi.in.
LOOKING := $(VENV)/openapi/.ready
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --disable-pip-version-check
PINNING := --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--custom-compile-command "make requirements"

# The dashboard extension, and the storefront client below it: the page that is built is the stamp of both. Tests and generated types make no build stale.
EXTENSION := dashboard-extension
MODULES := $(EXTENSION)/node_modules/.package-lock.json
BUILD := saleor_custom_events/dashboard/index.html
SOURCES := $(shell find $(EXTENSION) -name node_modules -prune -o -type f ! -name '*.test.*' ! -name generated.ts ! -path '*/test/*' \
	! -name '*.md' ! -name 'schema-pending.graphql' -print) saleor_custom_events/doors/graphql/schema.graphql
NODE_NEEDED := { command -v npm && node -e 'process.exit(Number(parseInt(process.versions.node) < 20))'; } >/dev/null 2>&1 \
	|| { echo "Node 20 or newer with npm is needed for the dashboard: https://nodejs.org"; exit 1; }

.PHONY: demo test test-saleor bench chaos soak fuzz lint audit wheel dashboard screenshots requirements format clean

demo: $(READY)
	@exec $(RUN) -m $(if $(filter saleor,$(STORE)),tests.saleor --demo,saleor_custom_events.hosts.sandbox) --port $(PORT) --bind $(BIND) $(ARGS)

# ARGS goes to pytest, and leaves out the rest: make test ARGS="tests/sandbox -k tokens"
test: $(READY) $(LOOKING)
	@$(RUN) -m tests.everything $(ARGS); code=$$?; echo "Saleor host tests: not run here"; exit $$code

test-saleor: $(READY) $(BUILD) $(LOOKING)
	$(RUN) -m tests.saleor $(ARGS)

# In Saleor with our wheel, which has the build inside.
bench: $(READY) $(if $(filter saleor,$(STORE))$(findstring editor,$(ARGS)),$(BUILD))
	$(RUN) -m $(if $(filter saleor,$(STORE)),tests.saleor --bench,tests.bench) $(ARGS)

# Some minutes of faults at random: make chaos ARGS="--minutes 10 --seed 7"
chaos: $(READY)
	$(RUN) -m tests.chaos $(ARGS)

# Ten minutes of mixed load on a store in which nothing breaks; afterwards its tables are judged as after chaos.
soak: $(READY)
	$(RUN) -m tests.chaos --calm --minutes 10 $(ARGS)

# What comes from outside, made up for some minutes a target: make fuzz ARGS="--minutes 2 urls"
fuzz: $(READY)
	$(RUN) -m tests.fuzz $(ARGS)

lint: $(READY) $(MODULES)
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/bandit --quiet --configfile pyproject.toml --recursive saleor_custom_events
	cd $(EXTENSION) && npm run --silent lint

format: $(READY) $(MODULES)
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .
	cd $(EXTENSION) && npm run --silent format

audit: $(READY)
	@$(RUN) -m tests.audit requirements/dev.txt requirements/openapi.txt

wheel: $(READY) $(BUILD)
	$(VENV)/bin/hatchling build --clean --directory dist

dashboard: $(BUILD)

screenshots: $(READY) $(BUILD)
	$(RUN) -m tests.browser.screenshots $(ARGS)

requirements: $(READY)
	$(VENV)/bin/uv pip compile $(PINNING) --extra sandbox pyproject.toml -o requirements/sandbox.txt
	$(VENV)/bin/uv pip compile $(PINNING) --extra sandbox --group dev -c requirements/sandbox.txt pyproject.toml -o requirements/dev.txt
	$(VENV)/bin/uv pip compile $(PINNING) requirements/openapi.in -o requirements/openapi.txt

clean:
	rm -rf .demo .test dist build saleor_custom_events/dashboard saleor_custom_events/client .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The stamp makes the second time fast. What pip installs is pinned with its hash; ourselves without dependencies.
$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 12) else "Python 3.11 or 3.12 is needed: PYTHON=python3.12 make …")'
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@echo "Installing what this needs into $(VENV) …"
	@$(INSTALL) --require-hashes -r requirements/dev.txt >$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	@$(INSTALL) --no-deps --no-build-isolation -e . >>$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	@touch $@

$(LOOKING): requirements/openapi.txt | $(READY)
	@test -x $(VENV)/openapi/bin/python || $(RUN) -m venv $(VENV)/openapi
	@echo "Installing what looks at openapi.json into $(VENV)/openapi …"
	@$(VENV)/openapi/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements/openapi.txt \
		>$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	@touch $@

# npm's own record of what it installed is the stamp.
$(MODULES): $(EXTENSION)/package-lock.json
	@$(NODE_NEEDED)
	cd $(EXTENSION) && npm ci
	@touch $@

$(BUILD): $(MODULES) $(SOURCES)
	@$(NODE_NEEDED)
	cd $(EXTENSION) && npm run --silent build
	@touch $@
