# `make demo` and `make test` each do all of their set-up.  Needed before: Python 3.11 or later,
# make and git, on Debian, Ubuntu or alike.
.DEFAULT_GOAL := help
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTHON_FILES := $(wildcard agent benchmarks collector docs examples tests)
# Pages that hold generated text.
GENERATED := docs/cli.md docs/extensions.md docs/modules.md docs/purposes.md
PYTEST_OPTIONS ?=
RESULTS_OPTIONS ?=
BENCH_OPTIONS ?=

# One thread: numpy's linear algebra is not used, and its threads cost memory.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help demo test check lint docs accuracy results soak bench bench-collector lock clean
help: ## Show these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

demo: $(STAMP) ## Audit the example square and show the report
	@$(BIN)/python examples/havenplein/demo.py

test: $(STAMP) ## Install what the tests need, then run every check and every test but the soak tests
	@.ci/debian-packages
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -rs -m "not soak" -n auto --maxprocesses 4 --dist worksteal $(PYTEST_OPTIONS)

check: $(STAMP) ## Format, lint, types, import contracts and docs; changes nothing
	$(BIN)/ruff format --check $(PYTHON_FILES)
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/cog -I docs --check $(GENERATED)

docs: $(STAMP) ## Write the generated parts of the docs anew
	$(BIN)/cog -I docs -r $(GENERATED)
	$(BIN)/python docs/write.py
	$(BIN)/python docs/accuracy.py

accuracy: $(STAMP) ## Measure how well messages are recognised and write docs/accuracy.md
	$(BIN)/python docs/accuracy.py

results: $(STAMP) ## Play every scenario with twenty seeds, as root, and write docs/results.md
	@.ci/debian-packages
	PYTHONPATH=. $(BIN)/python docs/results.py $(RESULTS_OPTIONS)

soak: $(STAMP) ## Run the tests that take too long for every run
	@.ci/debian-packages
	$(BIN)/pytest -m soak $(PYTEST_OPTIONS)

bench: $(STAMP) ## Compare speed and memory with other programs and write benchmarks/RESULTS.md
	@.ci/bench-environment
	$(BIN)/python benchmarks/run.py $(BENCH_OPTIONS)

bench-collector: $(STAMP) ## Measure ninety days of a city's reports and write benchmarks/COLLECTOR.md
	$(BIN)/python benchmarks/collector.py $(BENCH_OPTIONS)

lock: ## Choose the newest versions of the dependencies anew and write requirements.lock
	@.ci/lock

clean: ## Remove the virtual environment and all caches
	rm -rf $(VENV) .venv-bench .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist

$(STAMP): requirements.lock pyproject.toml .ci/environment
	@.ci/environment $(VENV)
	@touch $@
