"""Offices, accounts, rules, rota and the daily mail: the house without a window into any case."""
