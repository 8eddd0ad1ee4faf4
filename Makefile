# make run    sets up and serves Rolecall; make test runs every test. The rest is for developers.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test shots labs fuzz attacks faults load bench lint \
	lint-types lint-templates lint-rest format lock audit licenses sbom

BIN := .venv/bin
BIOME := .ci/node_modules/.bin/biome
NPM_LOCK := --prefix .ci --package-lock-only
# Most modules are never imported: those that are, are compiled then.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes \
	--no-compile
# Every process would compile everything anew where the environment forbids to keep bytecode.
export PYTHONDONTWRITEBYTECODE :=
FUZZED := tests/endpoint/test_fuzz.py tests/iam/test_rehearsal.py tests/labs/capture/test_capturing.py \
	tests/sts/test_hypothetical_sessions.py
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header

help:
	@echo "make setup    make .venv with what running needs"
	@echo "make run      set up, seed the demo once, serve on http://$${HOST:-127.0.0.1}:$${PORT:-8000}/"
	@echo "make test     install what the tests need, a browser included, and run every test"
	@echo "make shots    a screenshot of every page, wide and narrow, light and dark, and its HTML, in var/screenshots; what axe finds"
	@echo "make fuzz     many more examples than make test tries, of calls and of worlds (ROLECALL_FUZZ=5000)"
	@echo "make attacks  costly requests, clients that stall in every form, and how the site answers others meanwhile"
	@echo "make faults   the site killed under writes, its disk full or read-only (as root), and what it did about it"
	@echo "make load     a class of 500, a page each 15 s, and the knee: pages a second that the site keeps up with"
	@echo "make labs     every gate of every lab, and its report beside it (SLUG=one of them)"
	@echo "make bench    decisions a second, ours beside others', as a table and as bench.json"
	@echo "make audit    known vulnerabilities of the pinned packages (asks PyPI)"
	@echo "make sbom     the pinned packages as a bill of materials (CycloneDX) in sbom.json"
	@echo "make licenses write .github/LICENSES.md anew"
	@echo "make lint     every check that is not a test"
	@echo "make format   format the code and mend what can be mended"
	@echo "make lock     resolve pyproject.toml and .ci/package.json into the lock files (UPGRADE=1 takes newer versions)"

setup: .venv/run.stamp
	@:

setup-dev: .venv/dev.stamp
	@:

.venv/made.stamp: .ci/venv
	@.ci/venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements.txt
	@echo "Installing what Rolecall runs on ..."
	@$(PIP) --requirement requirements.txt
	@touch $@

.venv/dev.stamp: .venv/made.stamp requirements.txt requirements-dev.txt
	@echo "Installing what Rolecall runs on, and what its checks and tests need ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch .venv/run.stamp $@

.venv/bench.stamp: .venv/dev.stamp requirements-bench.txt
	@echo "Installing what is measured beside Rolecall ..."
	@$(PIP) --requirement requirements-bench.txt
	@touch $@

.ci/node_modules/made.stamp: .ci/node .ci/package-lock.json
	@.ci/node
	@echo "Installing what checks JavaScript and CSS ..."
	@npm ci --prefix .ci --loglevel error
	@touch $@

run: setup
	@exec $(BIN)/python manage.py serve

# ARGS narrows it: make test ARGS="tests/engine -x"
test: setup-dev
	@CHROME_BIN="$$($(BIN)/python -m tests.browser.chromium)" && export CHROME_BIN && \
		$(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(ARGS)

# Every page in every look, and an index.html of them; fails where axe finds a fault or a page is too wide.
shots: setup-dev
	@CHROME_BIN="$$($(BIN)/python -m tests.browser.chromium)" && export CHROME_BIN && \
		$(BIN)/python -m pytest --quiet --capture=no tests/browser/every_page.py $(ARGS)

# ARGS names sections: make bench ARGS=pages
bench: .venv/bench.stamp
	@$(BIN)/python -m tests.bench $(ARGS)

# SLUG narrows it: make labs SLUG=external-id
labs: setup
	@$(BIN)/python manage.py lab lint --long $(SLUG)

fuzz: setup-dev
	ROLECALL_FUZZ=$${ROLECALL_FUZZ:-5000} $(BIN)/python -m pytest $(FUZZED) $(ARGS)

attacks: setup-dev
	@$(BIN)/python -m tests.attacks $(ARGS)

audit: setup-dev
	$(BIN)/uv tool run pip-audit==2.10.1 --requirement requirements.txt --disable-pip --require-hashes

sbom: setup-dev
	$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt \
		--pyproject pyproject.toml --output-reproducible --output-file sbom.json

licenses: setup-dev
	$(BIN)/python -m tests.licenses

# DATABASE_URL names a PostgreSQL to kill the site on
faults: setup-dev
	@$(BIN)/python -m tests.faults $(ARGS)

# DATABASE_URL names an empty PostgreSQL to serve the class from; ARGS="--students 50" narrows it
load: setup-dev
	@$(BIN)/python -m tests.load $(ARGS)

# Each a target of its own, for `make --jobs 2 lint`; the longest comes first.
lint: lint-types lint-templates lint-rest
	@:

lint-types: setup-dev
	$(BIN)/mypy

lint-templates: setup-dev
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djlint templates tests/ui/templates --check

lint-rest: setup-dev .ci/node_modules/made.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIOME) check --error-on-warnings
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

format: setup-dev .ci/node_modules/made.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates tests/ui/templates --reformat --quiet --warn
	$(BIOME) check --write

lock: setup-dev
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev \
		--constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group bench \
		--constraint requirements-dev.txt --output-file requirements-bench.txt
	@.ci/node
	npm $(if $(UPGRADE),update,install) $(NPM_LOCK)
