"""The words of the record, its proofs, what lies still, and how long things are kept."""
