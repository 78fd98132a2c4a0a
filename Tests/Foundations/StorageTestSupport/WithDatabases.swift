// Filled by the storage room.
