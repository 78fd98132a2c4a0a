#!/usr/bin/env bash
# Makes the ignored virtual environment .documents with the tools that make PDF files; does nothing when it is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -x .documents/bin/python ] && cmp -s scripts/documents.txt .documents/made-from.txt; then exit 0; fi
if [ ! -x .documents/bin/python ] && ! python3 -m venv .documents; then
    echo "A Python virtual environment could not be made; install the package python3-venv and run again." >&2
    exit 1
fi
echo "Installing the tools that make PDF files (scripts/documents.txt) …" >&2
if ! .documents/bin/pip install -q --disable-pip-version-check -r scripts/documents.txt; then
    echo "The tools of scripts/documents.txt could not be installed (see pip's message above)." >&2
    exit 1
fi
cp scripts/documents.txt .documents/made-from.txt
