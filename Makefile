# Plain `make` prints the targets. Everything runs from .venv, which `make setup` builds from the locks.

VENV   := .venv
PY     := $(VENV)/bin/python
ACTIVE := PATH="$(CURDIR)/$(VENV)/bin:$$PATH"
PIP    := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
PORT   ?= 8080
N      ?= 3000
JOBS   ?= 2
SECONDS ?= 300
PYTEST := $(PY) -m pytest -p tests.tally
# a file stays with one worker, and files begin in the order of tests/conftest.py: those that take longest first
SPREAD := -n $(JOBS) --dist loadscope --no-loadscope-reorder
CODE   := app.py bot providers store sandbox tests benchmarks

# Names where a system keeps them; `make PYTHON=/path/to/python3.12 setup` chooses.
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3

.DEFAULT_GOAL := help
.PHONY: help setup demo run check test proof bench fuzz mbox classify pictures system

help:
	@echo "make setup            build .venv with everything (Python 3.11, 3.12 or 3.13)"
	@echo "make demo             try Mailroom here: no account anywhere (PORT=8080 MAILBOX=file.mbox)"
	@echo "make run              bring the database up to date and serve, with the settings of .env"
	@echo "make check            ruff, mypy, import contracts and the tests that need no browser and no PostgreSQL"
	@echo "make test             all of it; installs Chromium and PostgreSQL when it may"
	@echo "make proof            the long tests: killed at every executed line"
	@echo "make bench            measure, and write build/bench.json"
	@echo "make fuzz             make up mails that break the reading, guided by coverage (SECONDS=300)"
	@echo "make classify         print how well discovery tells people from machines, on the labelled corpus"
	@echo "make pictures         take the README's pictures anew, in Chromium"
	@echo "make mbox N=3000      write a plausible mailbox of N messages to standard output"

FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# A .venv that fits is kept as it is. Two stamps follow: running needs less than developing.
$(VENV)/.made:
	@if $(PY) -c '$(FITS)' 2>/dev/null; then touch $@; exit 0; fi; \
	for name in $(PYTHONS); do \
	  if "$$name" -c '$(FITS)' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11, 3.12 or 3.13 with its venv module is needed and was not found." >&2; \
	  echo "On Debian and Ubuntu: apt-get install python3 python3-venv" >&2; \
	  echo "Or name one: make setup PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	echo "Building $(VENV) with $$("$$found" --version)" >&2; \
	rm -rf $(VENV) && "$$found" -m venv $(VENV) && touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt
	@echo "Installing what Mailroom runs on (once)" >&2
	@$(PIP) -r requirements.txt >&2 && touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing what its tests need (once)" >&2
	@$(PIP) -r requirements-dev.txt >&2 && touch $@

setup: $(VENV)/.dev
	@echo "Ready. Try: make demo"

demo: $(VENV)/.run
	@exec $(PY) app.py demo --port $(PORT) $(if $(MAILBOX),--mailbox "$(MAILBOX)")

run: $(VENV)/.run
	@$(PY) app.py migrate && exec $(PY) app.py serve

mbox: $(VENV)/.run
	@exec $(PY) app.py mbox $(N)

classify: $(VENV)/.dev
	@$(PY) -m tests.corpus_discovery

check: $(VENV)/.dev
	@$(ACTIVE) ruff check $(CODE)
	@$(ACTIVE) ruff format --check $(CODE)
	@$(ACTIVE) mypy
	@$(ACTIVE) lint-imports --no-cache
	@$(PYTEST) $(SPREAD) -m "not browser and not postgres and not kill"

test: $(VENV)/.dev system
	@$(ACTIVE) ruff check $(CODE)
	@$(ACTIVE) ruff format --check $(CODE)
	@$(ACTIVE) mypy
	@$(ACTIVE) lint-imports --no-cache
	@mkdir -p build
	@MAILROOM_TALLY=build/tests.json $(PYTEST) $(SPREAD) --junitxml build/junit.xml || \
	  { [ $$? -eq 1 ] && [ -f build/tests.json ] && \
	    echo "Some failed beside each other. Once more, each alone: what fails again is red." >&2 && \
	    $(PYTEST) --last-failed --last-failed-no-failures none; }

proof: $(VENV)/.dev system
	@MAILROOM_PROOF=every $(PYTEST) -m kill

bench: $(VENV)/.dev
	@mkdir -p build
	@exec $(PY) -m benchmarks

$(VENV)/.fuzz: $(VENV)/.dev requirements-fuzz.txt
	@echo "Installing what fuzzing needs (once)" >&2
	@$(PIP) -r requirements-fuzz.txt >&2 && touch $@

fuzz: $(VENV)/.fuzz
	@exec $(PY) -m tests.fuzz $(SECONDS)

pictures: $(VENV)/.dev system
	@MAILROOM_PICTURES=docs/pictures $(PYTEST) tests/browser/test_first_use.py tests/browser/test_discovery.py \
		tests/browser/test_calendar.py \
		-k "gmail-desk and (first_command or scan_leads or morning_after or into_the_calendar)"

system:
	@sh .ci/system
