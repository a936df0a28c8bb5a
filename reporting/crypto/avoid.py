"""Words of each list that no token shows, because they would hurt or frighten someone who has just told her story."""

AVOID: dict[str, frozenset[str]] = {}
