# Everything goes through start.py, which makes its own .venv: `python start.py …` does the same on Windows.
PYTHON ?= python3

run:
	@$(PYTHON) start.py

test:
	@$(PYTHON) start.py test $(TESTS)

lint:
	@$(PYTHON) start.py lint

check:
	@$(PYTHON) start.py check

bench:
	@$(PYTHON) start.py bench

# The complete pinned sets, after requirements*.in was changed (needs uv). Pins stay as they are unless they must move:
# a new set begins as a copy of requirements.txt.
pins:
	@for set in requirements requirements-postgres requirements-oidc requirements-dev requirements-hints; do \
		uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header \
			--annotation-style line --quiet $$set.in -o $$set.txt >/dev/null || exit 1; done

.PHONY: run test lint check bench pins
