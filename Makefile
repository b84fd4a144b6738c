# `make run` and `make test` work from a fresh clone; they need Python 3.11 or newer and nothing else.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
PIP := $(BIN)/python $(INSTALL)
# igraph is under the GPL: what reads our exports in the tests has an environment of its own.
IGRAPH := .venv-igraph
# Open edX's side of LTI is under the AGPL: what plays the LMS in a test has an environment too.
LTI := .venv-lti
# Spark comes as source, is large and needs Java: only the long run of the tests has it.
SPARK := .venv-spark
# What writes the bill of materials, and no part of what it lists.
SBOM := .venv-sbom
BILL ?= sbom.cdx.json
# The processes that the tests share out among, one more than cores, as some wait for a browser; PYTEST_ARGS="-k ties"
# picks some of the tests.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PYTEST_ARGS ?=
# Of `make fuzz`; without a seed each run takes one of its own.
MINUTES ?= 10
SEED ?=
# Of `make bench`: what is built and visited, and for instance BENCH_ARGS="--rounds 5 --seconds 2".
PEER ?=
SIZES ?= class,faculty,university
BENCH_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-long figures fuzz bench igraph lti spark sbom lint lint-js check format messages lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; name one with PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# An empty file says which pinned list is installed; a changed list installs again.
$(VENV)/.installed: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(BIN)/python
	$(PIP) -r requirements-dev.txt
	@touch $@

run: $(VENV)/.installed ## Install, prepare the database, load the demo course, serve it on PORT.
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py createcachetable
	$(BIN)/python manage.py demo
	@echo "Commonplace is at http://127.0.0.1:$(PORT)/ and you sign in at" \
	  "http://127.0.0.1:$(PORT)/accounts/login/ (another port: make run PORT=8080)"
	SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: $(VENV)/.installed-dev ## Install and run the tests; DATABASE_URL chooses the database.
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long" $(PYTEST_ARGS)

test-long: $(VENV)/.installed-dev igraph lti spark ## Run all tests, with all cases and more examples, for over an hour.
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile=long $(PYTEST_ARGS)

test-fast: $(VENV)/.installed-dev ## Run the tests that need no browser and are not slow.
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --ignore=tests/browser --hypothesis-profile=fast \
	  -m "not browser and not slow and not long" $(PYTEST_ARGS)

figures: $(VENV)/.installed-dev ## Count how hard promises are tried, into docs/security.md; half an hour.
	$(BIN)/python -m tests.figures $(PYTEST_ARGS)

fuzz: $(VENV)/.installed-dev ## Send odd requests for MINUTES=10, the same ones for the same SEED.
	$(BIN)/python -m tests.security.fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

bench: $(VENV)/.installed-dev ## Measure pages on the production server; SIZES=class takes three minutes.
	$(BIN)/python -m tests.benchmarks.bench_pages --sizes $(SIZES) --peer "$(PEER)" $(BENCH_ARGS)

$(IGRAPH)/.installed: requirements-igraph.txt
	@$(PYTHON) -m venv $(IGRAPH)
	$(IGRAPH)/bin/python $(INSTALL) -r requirements-igraph.txt
	@touch $@

igraph: $(IGRAPH)/.installed ## Install igraph apart, with which a test reads our exports.

$(LTI)/.installed: requirements-lti.txt
	@$(PYTHON) -m venv $(LTI)
	$(LTI)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-lti.txt
	@touch $@

lti: $(LTI)/.installed ## Install Open edX's LTI consumer apart, which plays the LMS in a test.

$(SPARK)/.installed: requirements-spark.txt
	@$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-spark.txt
	@touch $@

spark: $(SPARK)/.installed ## Install Spark apart, on which a test sums the ties of all courses; needs Java.

$(SBOM)/.installed: requirements-sbom.txt
	@$(PYTHON) -m venv $(SBOM)
	$(SBOM)/bin/python $(INSTALL) -r requirements-sbom.txt
	@touch $@

sbom: $(SBOM)/.installed ## Write what the site is made of into sbom.cdx.json, in CycloneDX.
	$(SBOM)/bin/cyclonedx-py requirements --output-reproducible --output-format JSON \
	  --output-file $(BILL) requirements.txt

lint: $(VENV)/.installed-dev ## Look for mistakes that need no database.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/djlint --check templates
	find blog network plnsite tests -name '*.py' -not -path '*/migrations/*' -print0 \
	  | xargs -0 $(BIN)/django-upgrade --target-version 5.2
	$(BIN)/mypy

# npm writes this file at the end of an installation; a changed lock installs again.
node_modules/.package-lock.json: package-lock.json
	@command -v npm >/dev/null || { echo "This check of the scripts needs Node.js 18 or newer, with npm." \
	  "The site itself and its other tests do not."; exit 1; }
	npm ci --no-audit --no-fund

lint-js: node_modules/.package-lock.json ## Look for mistakes in the scripts and run their tests; needs Node.js.
	npm run --silent lint
	npm run --silent test

check: $(VENV)/.installed-dev ## Ask Django about models, migrations and settings.
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	env DEBUG=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	  ALLOWED_HOSTS=pln.example.edu TRUSTED_PROXY_COUNT=1 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/.installed-dev ## Lay out the code.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet templates || true

# One machine writes the catalogues and they are committed: no other needs gettext. A new language
# begins with its folder: mkdir -p locale/de/LC_MESSAGES
LOCALES := $(notdir $(wildcard locale/*))
messages: $(VENV)/.installed-dev ## Write the strings of the interface into locale/; needs gettext.
	$(BIN)/python manage.py makemessages $(LOCALES:%=--locale %) --add-location file --no-obsolete \
	  --ignore tests --ignore node_modules
	$(BIN)/python manage.py compilemessages --ignore ".venv*" --ignore node_modules

PIN := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
  --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links
COMPILE := $(PIN) pyproject.toml --extra postgres --extra redis

lock: $(VENV)/.installed-dev ## Pin every package anew, with its hashes.
	$(COMPILE) --upgrade --output-file requirements.txt
	$(COMPILE) --upgrade --extra batch --constraint requirements.txt \
	  --output-file requirements-batch.txt
	$(COMPILE) --upgrade --extra s3 --constraint requirements.txt --output-file requirements-s3.txt
	$(COMPILE) --upgrade --extra sentry --constraint requirements.txt \
	  --output-file requirements-sentry.txt
	$(COMPILE) --upgrade --extra metrics --constraint requirements.txt \
	  --output-file requirements-metrics.txt
	$(COMPILE) --upgrade --extra batch --extra s3 --extra sentry --extra metrics --extra dev \
	  --constraint requirements-batch.txt --constraint requirements-s3.txt \
	  --constraint requirements-sentry.txt --constraint requirements-metrics.txt \
	  --output-file requirements-dev.txt
	$(PIN) requirements-igraph.in --upgrade --output-file requirements-igraph.txt
	$(PIN) requirements-lti.in --upgrade --output-file requirements-lti.txt
	$(PIN) requirements-spark.in --upgrade --output-file requirements-spark.txt
	$(PIN) requirements-sbom.in --upgrade --output-file requirements-sbom.txt

clean: ## Remove what `run`, `test` and the checks have made, except the database.
	rm -rf $(VENV) $(IGRAPH) $(LTI) $(SPARK) $(SBOM) sbom.cdx.json node_modules staticfiles .pytest_cache \
	  .mypy_cache .ruff_cache .import_linter_cache .hypothesis
