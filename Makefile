PYTHON ?= python3
PORT ?= 8000
python = .venv/bin/python
lock = .tools/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --quiet \
	--custom-compile-command "make lock"

.PHONY: setup demo test check bench lock supply clean
.DEFAULT_GOAL := demo

setup:  ## everything the product needs on this machine
	@$(PYTHON) config/bootstrap.py

demo: setup  ## the product with invented boards and answers, on http://localhost:$(PORT)
	@exec $(python) manage.py demo --port $(PORT)

test:  ## every gate: linters, types, migrations, both databases, production shape, journeys
	@$(PYTHON) config/bootstrap.py --test
	@exec $(python) -m config.gates

check:  ## the gates that take seconds
	@$(PYTHON) config/bootstrap.py --test
	@exec $(python) -m config.gates --quick

bench:  ## what a respondent's page costs, beside a bare reference
	@$(PYTHON) config/bootstrap.py --test
	@exec $(python) -m bench.pages

lock:  ## the lock files anew, from pyproject.toml
	$(lock) pyproject.toml --output-file requirements.txt
	$(lock) pyproject.toml --group test --constraints requirements.txt --no-annotate --output-file requirements-test.txt
	$(lock) --group supply --constraints requirements-test.txt --no-annotate --output-file requirements-supply.txt
	$(lock) --group node --output-file requirements-node.txt
	$(lock) --group uv --output-file requirements-uv.txt

supply:  ## before a release: bill of materials, vulnerabilities, freshness, licences, secrets in all history
	@$(PYTHON) config/bootstrap.py
	@.tools/bin/uv venv --quiet --allow-existing .tools/supply
	@.tools/bin/uv pip sync --quiet --require-hashes --only-binary :all: --python .tools/supply requirements-supply.txt
	@exec .venv/bin/python -m config.supply

clean:  ## what setup, demo and test have made, except .env
	rm -rf .tools .venv node_modules static/build var .mypy_cache .ruff_cache .pytest_cache .hypothesis
