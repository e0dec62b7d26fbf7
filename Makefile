# Stage+ — `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
HOST ?= 127.0.0.1
KILLS ?= 100
DATABASE ?= sqlite
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled once, not at each start of a server or a test worker.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
hash = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
VENV := .venv/.made
RUN := .venv/.installed-$(call hash,requirements.txt pyproject.toml)
DEV := .venv/.installed-dev-$(call hash,requirements.txt requirements-dev.txt pyproject.toml)

.PHONY: help install install-dev demo serve test check format bench-web bench-search bench-sign-in bench-live prove screenshots clean

help: ## Liste les commandes
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

install: $(RUN) ## Environnement dans .venv, paquets épinglés, Node, pages construites
	@$(BIN)/stageplus build

demo: $(RUN) ## Monde de démonstration sur http://127.0.0.1:8000 (PORT=… pour un autre port)
	@$(BIN)/stageplus demo --host $(HOST) --port $(PORT)

serve: $(RUN) ## Sert le site avec les réglages STAGEPLUS_… de l'environnement
	@$(BIN)/stageplus build
	@$(BIN)/stageplus serve --host $(HOST) --port $(PORT)

test: install-dev ## Tous les tests, y compris les parcours dans Chromium
	@$(BIN)/stageplus build
	@$(BIN)/python tests/browser.py
	@$(BIN)/python tests/office.py
	@$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: install-dev ## Style, types, contrats entre pièces, migrations, catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/stageplus migrate --check
	@$(BIN)/python -m stageplus.texts.check

format: install-dev ## Met le code en forme
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench-web: install-dev ## Poids et rapidité sur téléphone, comparés à une page Reflex nue
	@$(BIN)/stageplus build
	@$(BIN)/python tests/browser.py
	@$(BIN)/stageplus bench web --json

bench-search: $(RUN) ## Durée des recherches avec 100 000 offres
	@$(BIN)/stageplus bench search --offers 100000 --json

bench-sign-in: $(RUN) ## Recherches d'une personne pendant que 200 autres se connectent
	@$(BIN)/stageplus bench sign-in --json

bench-live: install-dev ## Du geste d'un côté à la page de l'autre, avec 100 autres personnes
	@$(BIN)/stageplus build
	@$(BIN)/python tests/browser.py
	@$(BIN)/stageplus bench live --json

prove: install-dev ## Tue cent fois le serveur et le travail programmé : rien de perdu, rien de doublé
	@$(BIN)/stageplus build
	@$(BIN)/python -m tests.prove --kills $(KILLS) --database $(DATABASE)

screenshots: install-dev ## Capture l'écran principal de chaque rôle pour le README
	@$(BIN)/stageplus build
	@$(BIN)/python tests/browser.py
	@$(BIN)/python -m tests.screenshots

clean: ## Efface l'environnement et les pages construites, garde les données
	rm -rf .venv .web .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

install-dev: $(DEV) ## Outils de test en plus

$(VENV):
	@test -n "$(PYTHON)" || { echo "Python 3.11 ou plus récent est nécessaire."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire."; exit 1; }
	@echo "→ Environnement Python dans .venv" && "$(PYTHON)" -m venv .venv && touch $@

$(RUN): | $(VENV)
	@echo "→ Paquets Python (requirements.txt)"
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@rm -f .venv/.installed-[0-9a-f]* && touch $@

$(DEV): $(RUN)
	@echo "→ Paquets de test (requirements-dev.txt)"
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@rm -f .venv/.installed-dev-* && touch $@
