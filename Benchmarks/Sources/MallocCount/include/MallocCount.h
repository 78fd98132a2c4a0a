// Counts heap allocations of threads that ask for it, by standing in front of malloc. For benchmarks only.
#pragma once
#include <stdint.h>

/// Counts allocations of every thread whose name starts with this prefix, from its next allocation on; NULL stops counting.
void MCCountThreads(const char *prefix);
/// Allocations counted since the last reset.
uint64_t MCAllocations(void);
void MCReset(void);
