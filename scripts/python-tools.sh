#!/usr/bin/env bash
# Makes the ignored virtual environment with the Python tools of the browser tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ ! -x .venv/bin/python ] && ! python3 -m venv .venv; then
    echo "A Python virtual environment could not be made; install the package python3-venv and run again." >&2
    exit 1
fi
if ! .venv/bin/pip install -q --disable-pip-version-check -r Tests/Browser/requirements.txt; then
    echo "The Python tools of Tests/Browser/requirements.txt could not be installed (see pip's message above)." >&2
    exit 1
fi
