# Plain verbs; `make help` lists them. CONTRIBUTING.md says the same without make.
PYTHON ?= python3
VENV ?= .venv
ADDRESS ?= 127.0.0.1:8000
RUN = $(VENV)/bin/python
READY = $(VENV)/ready
LOCK = $(RUN) -m uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

# What is installed names this folder; when that has moved, it is set up again.
MOVED := $(shell test "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" || echo moved)
ifeq ($(MOVED),moved)
.PHONY: $(READY)
endif

export NO_MKDOCS_2_WARNING = 1

.PHONY: help serve build test record lint bench lock clean

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

serve: $(READY) ## run what changed, serve the site and reload it at every save
	@$(RUN) -c 'import socket, sys; host, _, port = sys.argv[1].rpartition(":"); \
		socket.create_server((host, int(port))).close()' $(ADDRESS) 2>/dev/null || \
		{ echo "$(ADDRESS) cannot be used; name another: make serve ADDRESS=127.0.0.1:8001" >&2; exit 1; }
	$(RUN) -m mkdocs serve --livereload --dev-addr $(ADDRESS)

build: $(READY) ## build the site into site/ and check it
	$(RUN) -m mkdocs build --strict
	$(RUN) -m taskbook check site

test: $(READY) ## run all tests
	$(RUN) -m pytest

record: $(READY) ## record what the snippets print, on every Python at hand
	$(RUN) -m taskbook record

lint: $(READY) ## style, types and spelling
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m codespell_lib

bench: $(READY) ## measure the machinery; prints ratios
	$(RUN) -m tests.bench

lock: $(READY) ## renew the locked requirements from pyproject.toml
	$(RUN) -m pip install --quiet uv
	$(LOCK) pyproject.toml --group dev --upgrade --output-file requirements.txt
	$(LOCK) --group snippets --constraints requirements.txt --output-file requirements-snippets.txt

clean: ## forget all results and the built site; keeps .venv
	rm -rf .taskbook .cache site

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.13" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@pwd -P >$(READY)
