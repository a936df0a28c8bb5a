"""What the house costs: bytes, processor time and memory, beside what its cryptography alone costs. No thresholds."""
