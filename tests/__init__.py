"""The tests, named as sentences; `tests/conftest.py` says what they may ask for."""
