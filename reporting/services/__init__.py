"""Services: one module per activity, one function per use case.

A service receives a unit of work and never commits it. What a person may do here follows from the
keys they hold: a case is opened with grants, not with an `if`.
"""
