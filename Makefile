# Two commands: `make serve` and `make test`. All else is for those who work on it.
PORT ?= 8000
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python3.14 python,$(if $(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo yes),$(name))))
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help serve build test lint format test-all bench bench-http clean
.DEFAULT_GOAL := help

help: ## say what there is to make
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

serve: .venv/installed ## install, build and serve on http://localhost:8000/ (PORT=9000 for another port)
	@$(BIN)/communique build --base http://localhost:$(PORT)/
	@exec $(BIN)/communique serve --port $(PORT)

build: .venv/installed ## build a release
	@$(BIN)/communique build

test: .venv/installed-dev ## install and run the tests that need nothing but Python
	$(BIN)/pytest -q -n auto -m "not server and not browser and not java and not slow"

lint: .venv/installed-dev ## ruff, mypy --strict and the order of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_architecture.py

test-all: .venv/installed-dev ## the tests that need servers, a browser, Java or time; what is missing is skipped with a word
	$(BIN)/pytest -q -n auto -rs -m "server or browser or java or slow"

bench: .venv/installed-dev ## what a build costs as a publication grows: 1, 10 and 100 copies of the seeds, by stage
	@$(BIN)/python -m tests.growth

bench-http: .venv/installed-dev ## what the server costs over HTTP, beside the engine in process and the Oxigraph server
	@$(BIN)/python -m tests.bench_http

format: .venv/installed-dev ## let ruff set the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the environment and all releases
	rm -rf .venv releases

# The environment. It is made anew where it is half made; each stamp is written when all behind it went well.
.venv/made:
	@test -n "$(PYTHON)" || { echo "Communiqué needs Python 3.11 or newer, and none is on the path. Install one (Debian: apt install python3 python3-venv), or name it: make serve PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11. Install a newer one, or name it: make serve PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv (or the one for your version, such as python3.11-venv)" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/installed: .venv/made requirements.txt pyproject.toml
	@echo "installing into .venv (a minute, once)"
	@$(INSTALL) --require-hashes -r requirements.txt || { echo "The packages could not be installed; the lines above say why (no network? a proxy?). Then try again." >&2; exit 1; }
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "installing what the tests need"
	@$(INSTALL) --require-hashes -r requirements-dev.txt || { echo "The packages could not be installed; the lines above say why (no network? a proxy?). Then try again." >&2; exit 1; }
	@touch $@
