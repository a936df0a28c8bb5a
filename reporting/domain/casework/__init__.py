"""The handlers' work on a case: what can be written, decided and promised."""
