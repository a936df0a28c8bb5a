"""Amounts of money as a page shows them, in the way of its language."""

from flask_babel import format_currency

from reporting.domain.fund.money import decimal_of


def money(minor: int, currency: str) -> str:
    """Return an amount of minor units with its currency, with every decimal that the currency has."""
    return str(format_currency(decimal_of(minor, currency), currency, currency_digits=False, format="#,##0.00# ¤¤"))
