#!/usr/bin/env bash
# ./bench media: the same calls through our media server and through Janus, in alternating rounds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if [ "${1:-}" = --help ]; then
    cat <<'HELP'
./bench media [--calls 50] [--seconds 5] [--rounds 3] [--servers jianmian,janus] [--json FILE]

SERVER may carry switches to compare ours with itself: jianmian:gather=0:segment=0:pin=0

Forwarded packets per CPU-second of the server process, delay, loss, memory per call, heap allocations per forwarded packet.
HELP
    exit 0
fi
swift build -c release --product MediaServerUnderTest
swift build -c release --product MediaBench
mkdir -p ../bench-output
exec .build/release/MediaBench --json ../bench-output/media.json "$@"
