"""What she adds to her words: received, sealed, cleaned for whoever reads, looked at, checked, and destroyed."""
