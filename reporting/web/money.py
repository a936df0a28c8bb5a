"""Amounts of money as a page shows them, in the way of its language."""

from flask_babel import format_currency

from reporting.domain.fund.money import decimal_of, exponent


def money(minor: int, currency: str) -> str:
    """Return an amount of minor units with its currency, with exactly the decimals that the currency has."""
    pattern = f"#,##0{'.' if exponent(currency) else ''}{'0' * exponent(currency)}\N{NO-BREAK SPACE}¤¤"
    return str(format_currency(decimal_of(minor, currency), currency, currency_digits=False, format=pattern))
