"""What is sealed: the disclosure, entries of a case file, her own record, the fact that is counted."""
