"""What Harbour is about, in plain Python: people, questions, cases, consent, clocks.

Nothing here knows a framework, a database or a cipher. Every other floor may import this one.
"""
