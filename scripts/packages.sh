# shellcheck shell=bash disable=SC2034
# Sourced by ./run, ./test and ./bench: installs the Debian packages that are missing, in one shown apt call, and nothing else.

# What building and running the service needs.
BUILD_PACKAGES="ca-certificates git pkg-config libssl-dev libsqlite3-dev libpq-dev tzdata"
# What makes PDF files of documents: the libraries that WeasyPrint draws with, the fonts, Python for it.
PAPER_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk python3-venv"
# What the tests need besides: a database server, the SRTP oracle, a browser, Python to drive it, PDF readers.
TEST_PACKAGES="postgresql libsrtp2-dev chromium chromium-driver poppler-utils"
# What the benchmarks need besides: the peer.
BENCH_PACKAGES="janus postgresql curl"

say() { printf '%s\n' "$*" >&2; }

# require_packages NAME...: returns when all are installed; ends the script with a plain message when they cannot be.
require_packages() {
    local missing=() name
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is not Debian or Ubuntu, so nothing can be installed for you. Install what these packages hold, then run again:"
        say "    $*"
        [ -n "${JIANMIAN_ASSUME_PACKAGES:-}" ] && return 0
        say "(set JIANMIAN_ASSUME_PACKAGES=1 when they are there)"
        exit 1
    fi
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "Missing packages: ${missing[*]}"
            say "Install them as root (apt-get install ${missing[*]}) or install sudo, then run again."
            exit 1
        fi
        as_root=(sudo)
    fi
    say "+ apt-get install -y --no-install-recommends ${missing[*]}"
    "${as_root[@]}" apt-get update -qq >&2
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2; then
        say "apt could not install: ${missing[*]}. Its own message is above; mend it and run again."
        exit 1
    fi
}

# require_swift: a toolchain of Swift 6.2 or newer on PATH.
require_swift() {
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+')
    if [ -z "$version" ]; then
        say "Swift is not installed, or not on PATH. Get Swift 6.2 or newer from https://www.swift.org/install/linux/ and run again."
        exit 1
    fi
    if [ "$(printf '%s\n6.2\n' "$version" | sort -V | head -n 1)" != 6.2 ]; then
        say "Swift $version is too old: 6.2 or newer is needed (https://www.swift.org/install/linux/)."
        exit 1
    fi
}
