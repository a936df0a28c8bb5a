"""The handlers' work on a case, from receipt to closing."""
