# `make run` serves the app, `make test` tests it. Both install what they need.
PORT ?= 8501
OPEN ?= 1
PYTHON ?= python3
BIN := .venv/bin
# Dependency groups need pip 25.1; the one that comes with Python 3.11 is older.
PIP := pip==26.3
INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: run test check lint bench drills lighthouse other-browsers bad-input colours audit audit-report sbom browser postgis nginx faketime clean

run: .venv/run
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.headless $(if $(filter 0,$(OPEN)),true,false)

test: .venv/test browser postgis nginx faketime lint check
	$(BIN)/python -m pytest -n auto

check: .venv/run
	$(BIN)/python -m geo

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/test browser lighthouse other-browsers
	$(BIN)/python -m tools.bench
	$(BIN)/python -m tools.bench.exports
	$(BIN)/python -m tools.bench.flood
	$(BIN)/python -m tools.bench.lighthouse
	$(BIN)/python -m tools.bench.browsers

# Faults on purpose under fifty readers; needs a C compiler to set back the clock of the app alone.
drills: .venv/test postgis nginx
	PYTHONPATH=.:tests $(BIN)/python -m support.drills

# Lighthouse with a Node.js of its own, newer than Debian's; neither the app nor its tests need them.
lighthouse: .venv/lighthouse/installed

other-browsers:
	sh tests/support/install_other_browsers.sh

audit: .venv/audit/installed
	$(BIN)/python -m tools.audit

audit-report: .venv/audit/installed
	$(BIN)/python -m tools.audit report

sbom: .venv/audit/installed
	$(BIN)/python -m tools.audit sbom

bad-input: .venv/test
	PYTHONPATH=.:tests $(BIN)/python -m support.bad_input_report

colours: .venv/test
	PYTHONPATH=.:tests $(BIN)/python -m support.colour_distances

browser: .venv/test
	sh tests/support/install_browser.sh $(BIN)/playwright

postgis:
	sh tests/support/install_postgis.sh

nginx: .venv/bin/python
	sh tests/support/install_nginx.sh .venv/nginx

faketime: .venv/bin/python
	sh tests/support/install_faketime.sh .venv/faketime

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements.txt
	$(BIN)/python $(INSTALL) -r requirements.txt
	touch $@

.venv/test: .venv/run pyproject.toml
	$(BIN)/python $(INSTALL) $(PIP)
	$(BIN)/python $(INSTALL) -r requirements.txt --group test
	touch $@

# In a virtual environment of its own, because the app must not depend on it.
.venv/audit/installed: .venv/run pyproject.toml
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/python $(INSTALL) $(PIP)
	.venv/audit/bin/python $(INSTALL) --group audit
	touch $@

.venv/lighthouse/installed: $(wildcard tools/bench/lighthouse/*.json) tools/bench/lighthouse/requirements.txt
	@echo "lighthouse: installing Node.js from PyPI and Lighthouse from npm into .venv/lighthouse"
	$(PYTHON) -m venv .venv/lighthouse
	.venv/lighthouse/bin/python $(INSTALL) -r tools/bench/lighthouse/requirements.txt
	cp tools/bench/lighthouse/*.json .venv/lighthouse/
	cd .venv/lighthouse && PATH="$$PWD/bin:$$PATH" npm ci --no-audit --no-fund
	touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
