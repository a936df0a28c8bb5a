"""Who reads and who must not: consents, conflicts, guests, and what takes two people."""
