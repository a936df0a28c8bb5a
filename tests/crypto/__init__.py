"""Tests of the floor that seals: one file per construction, as in `reporting/crypto`."""
