# What people and CI run. `make demo` and `make test` set up all they need on a machine with python3, pip, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install --quiet --no-deps

.PHONY: help demo browser test check format gate bench bench-mentions peers bench-reconcile bench-batch lock data train clean bench-web bench-book faults screenshots wheel packaging docs reference

help:
	@echo "make demo    read the bundled articles and show the ledger"
	@echo "make test    run the tests"
	@echo "make check   format, lint, types, import contracts"
	@echo "make gate    score the reader on the gold corpora against the committed floors"
	@echo "make docs    build the pages in docs/ into site/, to be read offline;  make reference  the generated ones among them"
	@echo "make wheel   what people install, into dist/;  make packaging  what it carries that follows from the code"
	@echo "make faults  break books in every way we could think of, and look whether they lose anything"
	@echo "make bench   the benchmarks;  make train  the reader's weights;  make data  the generated tables;  make lock  the lock files"

# A fresh Debian has neither python3-venv nor permission to install beside the system's packages.
$(BIN)/python:
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) --no-compile --require-hashes -r requirements/dev.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run
	$(BIN)/pledgebook demo

# The browser tests skip where no chromium can be had; root on Debian gets it.
browser:
	@command -v chromium >/dev/null || [ "$$(id -u)" != 0 ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium libatomic1 fonts-noto-cjk; } >/dev/null 2>&1 || echo "no chromium: the browser tests are skipped" >&2

test: $(VENV)/.dev browser
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff format src tests tools
	$(BIN)/ruff check --fix src tests tools

gate: $(VENV)/.dev
	$(BIN)/python -m pytest tests/gate

bench: bench-mentions bench-reconcile

# The finders of sums that ours is measured beside, each in an environment of its own below PEERS and none of them a
# dependency of the project. What does not install is left out and told.
PEERS ?= build/peers
peer-recognizers = ms-recognizers-text-number-with-unit==1.0.0.1
peer-recognizers-2019 = recognizers-text-suite==1.0.2a2 emoji==1.7.0
peer-duckling = pyduckling-native-phihos==0.3.0
peer-quantulum3 = quantulum3==0.10.0
peer-price-parser = price-parser==0.5.1

$(PEERS)/%/.done:
	$(PYTHON) -m venv --without-pip $(PEERS)/$*
	-$(PYTHON) -m pip --disable-pip-version-check --python $(PEERS)/$*/bin/python install --quiet $(peer-$*)
	@touch $@

peers: $(patsubst peer-%,$(PEERS)/%/.done,$(filter peer-%,$(.VARIABLES)))

# Time a character of every finder on texts made to slow it down, then ours beside the peers: some ten minutes.
bench-mentions: $(VENV)/.dev peers
	$(BIN)/python tools/bench_mentions.py; done=$$?; $(BIN)/python tools/bench_peers.py --peers $(PEERS) && exit $$done

bench-batch: $(VENV)/.dev
	$(BIN)/python tools/bench_batch.py

bench-reconcile: $(VENV)/.dev
	$(BIN)/python tools/bench_reconcile.py

# A book of a million claims takes an hour; CLAIMS says how many.
CLAIMS ?= 1000000
bench-book: $(VENV)/.dev
	$(BIN)/python tools/bench_book.py --claims $(CLAIMS)

# Kills, failing disks, flipped bits, crowds, poisoned documents: some half an hour. FAULTS="--only kills --times 0.1" for less.
faults: $(VENV)/.dev
	$(BIN)/python tools/faults.py $(FAULTS)

bench-web: $(VENV)/.dev
	$(BIN)/python tools/bench_web.py

# The weights are a function of the training split: the same documents give the same file.
train: $(VENV)/.dev requirements/train.txt
	$(PIP) --require-hashes -r requirements/train.txt
	$(BIN)/python tools/train_reader.py tests/corpus/gold/train.jsonl tests/corpus/gold/demo.jsonl

# The ten main pages on the bundled articles, as people see them.
screenshots: $(VENV)/.dev browser
	$(BIN)/python tools/make_screenshots.py

reference: $(VENV)/.dev
	$(BIN)/python tools/make_reference.py

$(VENV)/.docs: requirements/docs.txt | $(BIN)/python
	$(PIP) --no-compile --require-hashes -r requirements/docs.txt
	@touch $@

# The theme's authors advertise their next product on each build.
docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --clean

# Two builds of the same source are the same bytes.
wheel: $(VENV)/.run
	rm -rf dist
	$(BIN)/python -m hatchling build -t sdist -t wheel -d dist

# The man page and the shells' completion, the bill of materials, the codebook.
packaging: $(VENV)/.dev
	$(BIN)/python tools/make_man.py
	$(BIN)/python tools/make_sbom.py
	$(BIN)/python tools/make_codebook.py

data: $(VENV)/.dev
	$(BIN)/python tools/make_cldr.py

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group build -o requirements/build.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --all-extras --group test --group check --group data --group build -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group docs --group build -o requirements/docs.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group train -o requirements/train.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
