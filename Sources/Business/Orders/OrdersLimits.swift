// The room's limits on everything from outside, each with a name.
