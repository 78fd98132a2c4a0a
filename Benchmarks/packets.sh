#!/usr/bin/env bash
# ./bench packets [SECONDS [ROUNDS]]: the packet path's parts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
swift build -c release --product PacketPath
exec .build/release/PacketPath "$@"
