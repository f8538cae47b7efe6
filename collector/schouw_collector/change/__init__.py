"""Function creep: what changed since, told from noise and decided by people."""
