# What people type. Each target first makes sure that .venv holds exactly what
# requirements.lock names, so every one of them works on a fresh clone.
#
#   PYTHON=python3.12 make site    another interpreter (3.11 or newer)
#   ADDRESS=127.0.0.1:9000 make serve

PYTHON  ?= python3
ADDRESS ?= 127.0.0.1:8000
VENV    := .venv
BIN     := $(VENV)/bin
READY   := $(VENV)/.ready
UV      := uv==0.13.9
# Wheels only: no code of a package runs while it is installed. From wheels/, where `make wheels` was.
FROM    := $(if $(wildcard wheels),--no-index --find-links wheels)

# Material prints a banner about MkDocs 2; both are pinned below it.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup site serve preview test lint fuzz screenshots lock audit sbom wheels clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## install what the other targets need into .venv/

site: $(READY)  ## build the complete site into site/
	$(BIN)/python scripts/build.py

serve: $(READY)  ## preview with live reload (ADDRESS=127.0.0.1:8000)
	$(BIN)/mkdocs serve --dirty --no-strict --dev-addr $(ADDRESS)

preview: $(READY)  ## show one record while you write it: make preview ID=CAV-2025-0001
	@test -n '$(ID)' || { echo 'Say which record: make preview ID=CAV-2025-0001 (or a slug, or a file)' >&2; exit 2; }
	$(BIN)/python scripts/preview.py '$(ID)' --address $(ADDRESS)

# Files in the order of their names: long files come early, hundreds of short ones even out the end.
test: lint  ## run every check, browser tests included
	$(BIN)/python scripts/browser.py --install
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(READY)  ## the fast part of `make test`: style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(READY)  ## feed broken texts to all that reads them, for ten minutes
	$(BIN)/python scripts/fuzz.py

screenshots: site  ## pictures of every kind of page, into screenshots/
	$(BIN)/python scripts/browser.py --install
	$(BIN)/python scripts/screenshots.py

lock: $(READY)  ## write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	$(BIN)/python -m pip install --quiet $(UV)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev \
	    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	    $(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

audit: $(READY)  ## ask a public database for known vulnerabilities of what is locked
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock

sbom: $(READY)  ## write the software bill of materials of the lock, sbom.json (CycloneDX)
	$(BIN)/python scripts/sbom.py --output sbom.json

wheels: $(READY)  ## download what the lock names into wheels/, from which a machine without network is set up
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.lock --dest wheels

clean:  ## remove what was built or cached; .venv/ stays
	rm -rf site site.next* .site.lock screenshots .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find caveat hooks scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps are written last, so an interrupted set-up starts over.
$(READY): $(VENV)/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(FROM) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.locked: requirements.lock
	@PYTHON='$(PYTHON)' sh scripts/venv.sh $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(FROM) --only-binary :all: --require-hashes -r requirements.lock
	@touch $@
