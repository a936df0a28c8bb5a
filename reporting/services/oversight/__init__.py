"""The record, the proofs that it is whole, what lies still, and what ends by itself."""
