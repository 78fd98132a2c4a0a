#!/usr/bin/env bash
# From answering to the first remote frame, in real Chromium. Called by ./bench setup; arguments: [--calls N]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
swift build -c release --product jianmian 1>&2
scripts/python-tools.sh
exec .venv/bin/python Tests/Browser/measure_setup.py "$@"
