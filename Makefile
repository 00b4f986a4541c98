# On a fresh clone, `make run` and `make test` need only Python with venv and Node.js. `make help` lists all targets.

ifeq ($(wildcard manage.py),)
# `make -f somewhere/Makefile`, called from another folder, runs in the Makefile's folder.
HERE := $(shell dirname '$(strip $(MAKEFILE_LIST))')
.DEFAULT_GOAL := run
$(MAKEFILE_LIST): ;
%: ; @$(MAKE) --no-print-directory -C '$(HERE)' $@
else

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
SHELL := /bin/sh

# Run modules, not the scripts in .venv/bin: their first line breaks when the path has a space.
PY := .venv/bin/python
# --quiet also hides the warning about a cache on another file system, where hard links fail.
# Trust what the system trusts, as pip does: a company or a household may sign the certificates of its proxy itself.
SYSTEM_CERTIFICATES := $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem)
export NODE_USE_SYSTEM_CA := 1
UV := .venv/bin/uv --quiet $(if $(SYSTEM_CERTIFICATES),--system-certs)
STAMPS := .venv/stamps
FRONTEND := web/frontend
BUILT := build/pages-built-from
# Checks that do not need each other run at the same time. Each prints its output when it is done.
TOGETHER := --no-print-directory --jobs=3 --output-sync=target

# Without a writable home folder, caches go here.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/build/home
endif

# Hundreds of processes start in a test run; without cached bytecode each compiles Django, Celery and us for seconds.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run install test check browser-test firefox-test faults lint lint-python lint-frontend test-frontend format bench \
    bench-quick load soak fuzz pictures requirements clean help frontend deploy-test

run: install  ## Run the service on this machine; set PORT, HOST, HTTPS=lan or DATA_DIR to change where
	@$(PY) manage.py serve

install: $(STAMPS)/embedded frontend  ## Only prepare what `run` runs: the packages, the pages and the weights
	@$(PY) manage.py download_models --optional

# The first line also installs everything and builds the pages, at the same time.
test:  ## Run all checks and tests; ARGS= is passed to pytest
	@$(MAKE) $(TOGETHER) lint-python lint-frontend test-frontend
	@$(PY) -m pytest -n auto --durations=30 $(ARGS)

check: lint  ## Run lint, types and the quick tests, in under three minutes; ARGS= is passed to pytest
	@$(PY) -m pytest -n auto -m "not integration and not e2e and not slow" $(ARGS)

browser-test: $(STAMPS)/dev frontend  ## Run only the tests that drive a real Chromium
	@$(PY) -m pytest tests/e2e $(ARGS)

firefox-test: $(STAMPS)/dev build/firefox/installed frontend  ## Run the browser tests in Debian's Firefox ESR
	@TEST_BROWSER=firefox PYTHONPATH=build/firefox $(PY) -m pytest tests/e2e $(ARGS)

faults: $(STAMPS)/dev frontend  ## Inject every fault and try many random inputs, for hours; FAULTS_SEED= repeats a run
	@FAULTS_LONG=1 $(PY) -m pytest -n auto -m hypothesis $(if $(FAULTS_SEED),--hypothesis-seed=$(FAULTS_SEED))
	@FAULTS_LONG=1 $(PY) -m pytest tests/integration/faults $(ARGS)

lint:  ## Check style, types, imports, migrations and the generated API client
	@$(MAKE) $(TOGETHER) lint-python lint-frontend

lint-python: $(STAMPS)/dev
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --check --quiet || { echo "Some files are not formatted: run make format"; exit 1; }
	@$(PY) -m mypy albums worker web tests
	@$(PY) -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run

lint-frontend: $(STAMPS)/dev frontend
	@if [ -d $(FRONTEND)/node_modules ]; then cd $(FRONTEND) && npm run --silent lint && npm run --silent typecheck \
	    && PYTHON=$(CURDIR)/$(PY) npm run --silent check-client; fi

test-frontend: frontend
	@if [ -d $(FRONTEND)/node_modules ]; then cd $(FRONTEND) && npm run --silent test; fi

format: $(STAMPS)/dev  ## Format the code and apply safe automatic fixes
	@$(PY) -m ruff check --quiet --fix-only
	@$(PY) -m ruff format

bench: $(STAMPS)/dev  ## Measure speed and memory on this machine, in under ten minutes; see also bench-quick
	@for name in $(filter-out load soak,$(patsubst benchmarks/%.py,%,$(wildcard benchmarks/[a-z]*.py))); do \
	    $(PY) -m "benchmarks.$$name" || exit 1; done

bench-quick: $(STAMPS)/dev  ## Measure what people wait for with an album of 20 photos, and what it costs, in a minute
	@$(PY) -m benchmarks.analysis --photos 20 --without-comparison
	@$(PY) -m benchmarks.costs --photos 64

# Not part of `bench`: it takes minutes, and fails if one of the simulated people sees an error.
load: $(STAMPS)/dev  ## Simulate 100 people who browse, upload and download while workers are killed; ARGS=
	@$(PY) -m benchmarks.load $(ARGS)

soak: $(STAMPS)/dev  ## Let the service work for two hours, kill workers now and then, and see what grows; ARGS=
	@$(PY) -m benchmarks.soak $(ARGS)

fuzz: $(STAMPS)/dev $(STAMPS)/fuzz  ## Send damaged photos to the decoders; MINUTES=60
	@$(PY) -m tests.fuzzing $(or $(MINUTES),60)

# Not part of `test`: it needs Docker or Podman, with the rights to use it.
deploy-test: $(STAMPS)/dev  ## Build the images, run docker-compose.yml for real, kill, back up and restore
	@$(PY) -m tests.deploy

pictures: $(STAMPS)/dev frontend  ## Redraw the sample photos and retake the screenshots of the documentation
	@$(PY) -m tests.pictures

# Compile dev first: it includes everything, so the others get the same versions.
requirements: $(STAMPS)/bootstrap  ## Compile requirements/*.in; UPGRADE=1 takes the latest versions
	@cd requirements && compile() { \
	    in=$$1; shift; echo "requirements/$$in.txt"; \
	    ../$(UV) pip compile --generate-hashes --no-header --python-version 3.11 $(if $(UPGRADE),--upgrade) \
	        "$$@" "$$in.in" --output-file "$$in.txt" > /dev/null; \
	} && compile bootstrap && compile firefox && compile dev --override overrides.txt \
	  && for name in base fuzz gpu; do compile "$$name" --constraint dev.txt || exit 1; done \
	  && for name in worker embedded; do \
	    compile "$$name" --constraint dev.txt --override overrides.txt || exit 1; done

clean:  ## Remove everything that make created; keep the data
	@rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(FRONTEND)/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r target text; do \
	    printf '%-18s %s\n' "$$target" "$$text"; done

# --- The virtual environment ------------------------------------------------------------------------------------------

.venv/bin/python:
	@for python in "$(PYTHON)" python3 python3.13 python3.12 python3.11; do \
	    if "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2> /dev/null; then break; fi; \
	    python=; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "Python 3.11, 3.12 or 3.13 is needed. Install one, or give its path: make PYTHON=/path/to/python3"; exit 1; \
	elif ! "$$python" -c 'import ensurepip, venv' 2> /dev/null; then \
	    echo "Python is installed without its venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; \
	fi; \
	rm -rf .venv; "$$python" -m venv .venv || { rm -rf .venv; exit 1; }

$(STAMPS)/bootstrap: requirements/bootstrap.txt | .venv/bin/python
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@mkdir -p $(STAMPS) && touch $@

# --no-deps: the files list all dependencies, less those that overrides.txt leaves out.
$(STAMPS)/embedded $(STAMPS)/dev $(STAMPS)/fuzz: $(STAMPS)/%: requirements/%.txt $(STAMPS)/bootstrap
	@echo "Installing requirements/$*.txt into .venv"
	@$(UV) pip install --python $(PY) --no-deps --require-hashes --requirement $<
	@touch $@

# Beside the others, because it is another version of Playwright.
build/firefox/installed: requirements/firefox.txt $(STAMPS)/bootstrap
	@echo "Installing requirements/firefox.txt into build/firefox"
	@rm -rf build/firefox
	@$(UV) pip install --python $(PY) --no-deps --require-hashes --target build/firefox --requirement $<
	@touch $@

# --- The front end ----------------------------------------------------------------------------------------------------

# Rebuilt when the content of a source file changes; its date does not matter.
frontend:
ifneq ($(wildcard $(FRONTEND)/package.json),)
	@sources=$$(cd $(FRONTEND) && find . \( -name node_modules -o -name dist \) -prune -o -type f -print0 \
	    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum); \
	if [ "$$sources" != "$$(cat $(BUILT) 2> /dev/null)" ]; then \
	    if ! command -v npm > /dev/null; then \
	        echo "The pages are not built: npm is missing. Install Node.js 20.19 or later; the API works without."; \
	    else \
	        echo "Building the pages in $(FRONTEND)" && (cd $(FRONTEND) \
	            && npm ci --silent --no-audit --no-fund \
	            && { said=$$(npm run --silent build 2>&1) || { echo "$$said"; exit 1; }; }) \
	            && mkdir -p build && echo "$$sources" > $(BUILT); \
	    fi; \
	fi
endif

endif
