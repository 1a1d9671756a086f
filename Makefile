# Every target does its own set-up: it needs Python 3.11+ with venv, make and git, and names what is missing.
PORT ?= 3000
export PORT
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
READY := .venv/.ready
.DEFAULT_GOAL := help
.PHONY: help setup demo dev test check bench shots seed format clean

help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## The locked packages alone, for portal create-owner and portal serve (in .venv/bin)

demo: $(READY) ## A seeded practice with cards, mail and video, on this machine alone (PORT=3000)
	@exec portal demo

dev: $(READY) ## The same practice, built again at each change of the sources
	@exec portal demo --watch

test: $(READY) ## Every test, on the real parts that can be had here; ends with a table of them
	@python -m tools.parts
	@pytest $(ARGS)

check: $(READY) ## Format, lint, layers, types, dependencies, migrations, house rules
	@ruff format --check
	@ruff check
	@lint-imports --no-logo
	@pyright
	@deptry .
	@pytest tests/house -q

format: $(READY) ## Put the sources into form
	@ruff format
	@ruff check --fix

bench: $(READY) ## Measure; one JSON line a figure
	@python -m benchmarks

shots: $(READY) ## Pictures of every screen into docs/screens/
	@python -m benchmarks.shots

seed: $(READY) ## Throw the demo practice away and make it anew
	@portal seed

clean: ## Remove what was built and installed, but no data
	rm -rf .venv .web .built .tools assets/external

$(READY): uv.lock pyproject.toml tools/bootstrap.sh
	@sh tools/bootstrap.sh
	@touch $@
