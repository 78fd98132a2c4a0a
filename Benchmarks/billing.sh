#!/usr/bin/env bash
# ./bench billing [SIZES [CALLS [ROUNDS]]]: a month of so many accounts (10000,100000 with a comma between) with so many calls each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
swift build -c release --product BillingBench
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/jianmian-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
mkdir -p ../bench-output
.build/release/BillingBench "$folder" ../bench-output/billing.json "$@"
