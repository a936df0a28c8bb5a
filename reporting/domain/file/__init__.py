"""What can be listed in a case file, leave the house, or be kept by a law."""
