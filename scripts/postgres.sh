# shellcheck shell=bash
# Sourced by ./test and ./bench: a private PostgreSQL cluster on a free loopback port, gone when the script ends.

start_private_postgres() {
    local binaries owner=""
    binaries=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$binaries" ] || [ ! -x "$binaries/initdb" ]; then
        say "PostgreSQL's initdb was not found under /usr/lib/postgresql. Install the package postgresql and run again."
        exit 1
    fi
    POSTGRES_DIRECTORY=$(mktemp -d)
    POSTGRES_BINARIES=$binaries
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    # The server refuses to run as root, so root lends it to the account that Debian made for it.
    if [ "$(id -u)" -eq 0 ]; then
        owner=postgres
        chown postgres "$POSTGRES_DIRECTORY"
    fi
    POSTGRES_OWNER=$owner
    # shellcheck disable=SC2034
    POSTGRES_PORT=$port
    if ! { as_postgres_owner "$binaries/initdb" -D "$POSTGRES_DIRECTORY/data" -A trust -U jianmian -E UTF8 --locale=C.UTF-8 \
        && as_postgres_owner "$binaries/pg_ctl" -w -D "$POSTGRES_DIRECTORY/data" -l "$POSTGRES_DIRECTORY/log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$POSTGRES_DIRECTORY -c max_connections=200" start; } \
        >"$POSTGRES_DIRECTORY/start.log" 2>&1; then
        say "A private PostgreSQL could not be started:"
        cat "$POSTGRES_DIRECTORY/start.log" "$POSTGRES_DIRECTORY/log" >&2 2>/dev/null || true
        exit 1
    fi
    "$binaries/createdb" -h 127.0.0.1 -p "$port" -U jianmian jianmian
    export JIANMIAN_TEST_POSTGRES="postgresql://jianmian@127.0.0.1:$port/jianmian"
}

as_postgres_owner() {
    if [ -n "$POSTGRES_OWNER" ]; then
        (cd "$POSTGRES_DIRECTORY" && setpriv --reuid="$POSTGRES_OWNER" --regid="$POSTGRES_OWNER" --init-groups "$@")
    else
        "$@"
    fi
}

stop_private_postgres() {
    as_postgres_owner "$POSTGRES_BINARIES/pg_ctl" -D "$POSTGRES_DIRECTORY/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$POSTGRES_DIRECTORY"
}
