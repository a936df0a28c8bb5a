"""The legal assistance fund, as data and rules: money, accounts, what can be asked for, and codes."""
