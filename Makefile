# Everything that a developer or CI calls; `make` alone says what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
DEPENDENCIES := .venv/system-packages
STACK := $(BIN)/python -m deploy.local

export PYTHONPATH := .

$(INSTALLED): requirements.lock
	@deploy/local/need-packages python >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Madoguchi needs Python 3.11 or newer; name one: make PYTHON=python3.11")'
	@echo "Installing into .venv" >&2
	@$(PYTHON) -m venv .venv >&2
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock >&2
	@touch $@

$(DEPENDENCIES): deploy/local/need-packages | $(INSTALLED)
	@deploy/local/need-packages servers >&2
	@touch $@

.PHONY: help run down env ps token test faults check format requirements docs released lock

help: ## says what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 20

run: $(INSTALLED) $(DEPENDENCIES) ## starts everything on this machine; Ctrl-C ends it
	@$(STACK) run

down: $(INSTALLED) ## ends what a killed `make run` has left
	@$(STACK) down

env: $(INSTALLED) ## prints the running stack's MADOGUCHI_* variables
	@$(STACK) env

ps: $(INSTALLED) ## prints the running stack's processes: pid, name, state
	@$(STACK) ps

token: $(INSTALLED) ## prints a token: make token SUB=alice ROLES=agent,lead NAME=Alice
	@$(STACK) token '$(SUB)' --roles '$(or $(ROLES),agent)' --name '$(NAME)'

test: $(INSTALLED) $(DEPENDENCIES) ## runs all tests but chaos and bench, against real MongoDB and RabbitMQ
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -q --durations 20 -n 2 --dist loadfile -m 'not nameko_alone' \
	  tests/unit tests/architecture tests/integration tests/acceptance

faults: $(INSTALLED) $(DEPENDENCIES) ## tests nameko's faults on the chassis, and on nameko alone, where each must fail
	$(BIN)/python -m pytest -v tests/integration/chassis/test_nameko_faults_of_*.py

check: $(INSTALLED) ## format, lint, types, imports, unit and architecture tests: before every commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/unit tests/architecture

format: $(INSTALLED) ## formats, and mends what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

requirements: $(INSTALLED) ## prints every requirement with its tests, and what is missing
	@$(BIN)/python -m tests.architecture.requirements

docs: $(INSTALLED) ## makes the published contracts again: the API, the events, their schemas
	@$(BIN)/python -W ignore -m gateway.openapi docs/openapi.json
	@$(BIN)/python -m services.chassis.documents docs

released: docs ## at a release: no later schema of an event may break who reads these
	@cp docs/schemas/*.json docs/released/

lock: $(INSTALLED) ## makes the lock again from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-emit-index-url --custom-compile-command 'make lock' pyproject.toml --output-file requirements.lock
