"""The command line, as somebody at a console meets it."""
