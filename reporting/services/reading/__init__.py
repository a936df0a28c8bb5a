"""Who reads a case and who must not: consent, trust, conflicts, guests, and what takes two people."""
