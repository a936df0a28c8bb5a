"""The real server under load, in trouble and at its end: no finished report is lost, doubled or refused."""
