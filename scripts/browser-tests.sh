#!/usr/bin/env bash
# Runs Tests/Browser with pytest in an ignored virtual environment. Called by ./test; argument: a pytest -k expression or nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ ! -x .venv/bin/pytest ]; then
    python3 -m venv .venv
fi
if ! .venv/bin/pip install -q --disable-pip-version-check -r Tests/Browser/requirements.txt; then
    echo "The Python tools of Tests/Browser/requirements.txt could not be installed (see pip's message above)." >&2
    exit 1
fi
exec .venv/bin/pytest Tests/Browser --junit-xml=test-output/browser.xml ${1:+-k "$1"}
