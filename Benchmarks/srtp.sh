#!/usr/bin/env bash
# ./bench srtp [ROUNDS]: packets a core protects and reads, our SRTP beside libsrtp.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
swift build -c release --product SRTPRate
exec .build/release/SRTPRate "$@"
