#!/usr/bin/env bash
# Runs Tests/Browser with pytest. Called by ./test; argument: a pytest -k expression or nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scripts/python-tools.sh
exec .venv/bin/pytest Tests/Browser --junit-xml=test-output/browser.xml ${1:+-k "$1"}
