# One command each: make demo reads reports, make test runs every check. Both make .venv first.
# REPORTS=folder lets make demo read your own files too.

VENV := .venv
BIN := $(VENV)/bin
REPORTS ?=
# make fuzz: minutes for each format, and a seed (today's date where none is given).
MINUTES ?= 2
SEED ?=

# The first interpreter that is new enough and can make a virtual environment.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test lint schema definitions notices fixtures bench evaluate docs site fuzz mutants clean

help:
	@echo "make demo      读 fixtures/ 和 REPORTS=文件夹 里的报告，列表并写 demo-out/"
	@echo "make test      格式、风格、类型、全部测试"
	@echo "make lint      只查格式、风格、类型"
	@echo "make schema    重写 extractor/report.schema.json"
	@echo "make definitions  改了 YAML 或命令的说明以后重写 extractor/data/compiled/、extractor/cli/help/"
	@echo "make notices   重写 docs/notices.md"
	@echo "make notebook  重写 docs/ 里的笔记本，连同运行结果"
	@echo "make fixtures  重写 fixtures/ 里的样本"
	@echo "make bench     测速度"
	@echo "make evaluate  对照人工核对的答案评测"
	@echo "make fuzz      用损坏的文件试读（MINUTES=每种格式几分钟，SEED=种子）"
	@echo "make mutants   逐行改动核心判断，看测试是否发觉（几十分钟）"
	@echo "make docs      建文档网站 site/（不用网络）"
	@echo "make site      建示例网站 build/register/（样本和 500 份虚构的年报；有 npm 则带查询页）"
	@echo "make clean     删去生成的文件"

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新（含 venv）" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml $(BIN)/python
	@echo "安装到 $(VENV) …"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(BIN)/python
	@echo "安装到 $(VENV) …"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/python scripts/demo.py --out demo-out fixtures $(if $(REPORTS),"$(REPORTS)")

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict extractor

test: lint
	$(BIN)/pytest -n 2 -q

schema: $(VENV)/.installed
	$(BIN)/python scripts/write_schema.py

definitions: $(VENV)/.installed
	$(BIN)/python scripts/write_definitions.py
	$(BIN)/python -m scripts.write_help

notices: $(VENV)/.installed
	$(BIN)/python -m scripts.write_notices

notebook: $(VENV)/.installed-dev
	$(BIN)/python -m scripts.write_notebook

fixtures: $(VENV)/.installed-dev
	$(BIN)/python scripts/make_fixtures.py

bench: $(VENV)/.installed-dev
	$(BIN)/python scripts/bench.py

evaluate: $(VENV)/.installed-dev
	$(BIN)/python scripts/evaluate.py

fuzz: $(VENV)/.installed-dev
	$(BIN)/python scripts/fuzz.py --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))

# One process: a mutant whose tests hang is stopped by the clock, which a busy machine makes wrong.
mutants: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -e '.[dev,mutants]'
	PATH="$(abspath $(BIN)):$$PATH" nice $(BIN)/python -m mutmut run --max-children 1
	$(BIN)/python scripts/mutation_score.py

docs: $(VENV)/.installed-docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "site/index.html"

# The page of questions and the tests of pages need two packages of npm; without npm there are none.
site: $(VENV)/.installed-dev
	@if command -v npm >/dev/null && [ ! -d scripts/npm/node_modules ]; then npm ci --prefix scripts/npm --silent --no-audit --no-fund; fi
	@$(BIN)/python scripts/build_example_site.py build/register

$(VENV)/.installed-docs: pyproject.toml $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -e '.[docs]'
	@touch $@

clean:
	rm -rf $(VENV) demo-out fuzz-out mutants build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find extractor scripts tests -name __pycache__ -prune -exec rm -rf {} +
