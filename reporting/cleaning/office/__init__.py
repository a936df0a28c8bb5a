"""Office and OpenDocument files: a new package of what they show."""
