"""What is sealed, and who opens it: items, grants, entries, facts, and the key kept by a quorum."""
