"""The legal assistance fund: its ledger, what is asked of it, its vouchers, and the books of a year."""
