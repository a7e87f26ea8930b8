# One command for each thing people do here; `make` alone lists them.

# Left empty, the newest interpreter that really runs is chosen: `make test PYTHON=/opt/python3.12/bin/python3` overrules.
PYTHON ?=
# Arguments handed on: `make run ARGS="--port 8001"`, `make test ARGS="-k scoring"`.
ARGS ?=
WORKERS ?= 2

BIN := .venv/bin
RUNTIME := .venv/.installed-runtime
DEVELOPMENT := .venv/.installed-development

# A virtual environment knows its own path by heart: one that was copied or moved is made anew.
ifneq ($(wildcard .venv),)
ifneq ($(shell cat .venv/.home 2>/dev/null),$(CURDIR))
.PHONY: .venv/.home
endif
endif

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# pyright comes whole from its wheels: its own Node, its own checker, no look at what is newest.
export PYRIGHT_PYTHON_GLOBAL_NODE := 0
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench soak schema migration format clients constraints clean

help: ## List these targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Start the server with a demo workspace on 127.0.0.1:8000; Ctrl-C stops it.
	@exec $(BIN)/leads serve --dev $(ARGS)

test: $(DEVELOPMENT) ## Run the tests in parallel.
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: $(DEVELOPMENT) ## Format, lint, types, import rules and tests: what a change must pass.
	@echo "ruff format"; $(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@echo "ruff check"; $(BIN)/ruff check --quiet .
	@echo "pyright"; $(BIN)/pyright
	@echo "import-linter"; $(BIN)/lint-imports --no-logo
	@echo "pytest"; $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

bench: $(RUNTIME) ## Measure speed beside hand-written SQL: make bench ARGS="--scale 10k --rounds 3"; --help lists the rest.
	@exec $(BIN)/python -m bench $(ARGS)

soak: $(DEVELOPMENT) ## Ask random queries on both executors for 5 minutes, which must agree: make soak ARGS="--seconds 600 --seed 3".
	@exec $(BIN)/python -m tests.soak $(ARGS)

schema: $(RUNTIME) ## Print the schema of the code into schema.graphql.
	@$(BIN)/leads schema > .schema.graphql.new && mv .schema.graphql.new schema.graphql && echo "schema.graphql written"

migration: $(RUNTIME) ## Write a migration for what changed in the tables: make migration NAME="add lead region".
	@test -n "$(NAME)" || { echo 'name it: make migration NAME="add lead region"' >&2; exit 2; }
	@exec $(BIN)/leads migrate --new "$(NAME)"

format: $(DEVELOPMENT) ## Format the code and mend what can be mended by itself.
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

clients: ## Try foreign GraphQL tools on schema.graphql, and clients on a running server: make clients URL=… KEY=…
	@exec tests/clients/run.sh $(URL) $(KEY)

constraints: ## Pin the newest versions that pyproject.toml allows into constraints.txt.
	@rm -rf .venv-constraints
	@$(call create_environment,.venv-constraints)
	@echo "resolving the newest versions ..."
	@.venv-constraints/bin/python -m pip install --quiet --upgrade pip
	@.venv-constraints/bin/python -m pip install --quiet --editable . --group dev
	@{ echo "# Every package of the environment, pinned; rewritten by: make constraints"; \
	   .venv-constraints/bin/python -m pip freeze --all --exclude-editable --exclude setuptools; } > constraints.txt
	@rm -rf .venv-constraints
	@echo "constraints.txt written"

clean: ## Remove the environment and all that was generated; data stays.
	@rm -rf .venv .venv-constraints build dist leadgraph.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the server needs, and no more: the first `make run` waits for it.
$(RUNTIME): .venv/.home pyproject.toml constraints.txt
	@echo "installing the server's packages ..."
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

# Dependency groups need a pip from 2025 or later, which a fresh Python 3.11 does not bring.
$(DEVELOPMENT): $(RUNTIME)
	@echo "installing the tools for tests and checks ..."
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --upgrade pip
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev
	@touch $@

.venv/.home:
	@rm -rf .venv
	@$(call create_environment,.venv)
	@printf '%s\n' '$(CURDIR)' > $@

# A name on the PATH proves nothing (version managers leave names that do not run, Debian ships Python without venv): try each one.
define create_environment
chosen=; for candidate in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python); do \
    if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then chosen=$$candidate; break; fi; \
done; \
if [ -z "$$chosen" ]; then \
    echo 'No usable Python was found. This needs Python 3.11 or newer with its venv module' >&2; \
    echo '(on Debian and Ubuntu: apt-get install python3-venv); name one with: make ... PYTHON=/path/to/python3' >&2; \
    exit 1; \
fi; \
echo "creating $(1) with $$("$$chosen" --version) ..."; "$$chosen" -m venv $(1)
endef
