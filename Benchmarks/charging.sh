#!/usr/bin/env bash
# ./bench charging [SECONDS [ROUNDS [ACCOUNTS [CALLERS]]]]: report-and-reserve on SQLite and on a private PostgreSQL that syncs to the same disk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=scripts/packages.sh
. ../scripts/packages.sh
# shellcheck source=scripts/postgres.sh
. ../scripts/postgres.sh
swift build -c release --product ChargingBench

# On the same disk: a temporary folder may be memory.
export TMPDIR=${TMPDIR:-/var/tmp}
folder=$(mktemp -d "$TMPDIR/jianmian-bench.XXXXXX")
trap 'rm -rf "$folder"; [ -z "${POSTGRES_DIRECTORY:-}" ] || stop_private_postgres' EXIT
start_private_postgres
mkdir -p ../bench-output
.build/release/ChargingBench "$folder" "postgresql://jianmian@/jianmian?host=$POSTGRES_DIRECTORY&port=$POSTGRES_PORT" \
    ../bench-output/charging.json "$@"
