#!/usr/bin/env bash
# ./bench charging [SECONDS [ROUNDS [ACCOUNTS [CALLERS]]]]: report-and-reserve on SQLite and on a private PostgreSQL that syncs to the same disk.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
programs=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)" 2>/dev/null || true)
[ -x "$programs/initdb" ] || { echo "PostgreSQL's programs are missing: apt-get install postgresql"; exit 1; }
swift build -c release --product ChargingBench

folder=$(mktemp -d "${TMPDIR:-/var/tmp}/jianmian-bench.XXXXXX")
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then as=(runuser -u postgres --); fi
mkdir "$folder/server"
if [ "$(id -u)" = 0 ]; then chmod 711 "$folder"; chown postgres "$folder/server"; fi
stop() {
    "${as[@]}" "$programs/pg_ctl" -D "$folder/server/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap stop EXIT
"${as[@]}" "$programs/initdb" -D "$folder/server/data" -U jianmian -A trust --no-sync >/dev/null
"${as[@]}" "$programs/pg_ctl" -D "$folder/server/data" -w -l "$folder/server/log" \
    -o "-c listen_addresses='' -c unix_socket_directories='$folder/server'" start >/dev/null
mkdir -p ../bench-output
.build/release/ChargingBench "$folder" "postgresql://jianmian@/postgres?host=$folder/server" ../bench-output/charging.json "$@"
