"""The store: rows that hold ciphertext or coarse facts, and the queries that find them.

Two databases stand side by side. The *main* one holds cases, grants, accounts and the audit
chains, and is backed up. The *shred store* holds what must be able to vanish: shred keys, live
sessions, drafts and throttle counters; it is never part of a long-lived backup.
"""
