"""Amounts of money: exact decimals outside, whole minor units inside, one currency for each fund."""

import re
from decimal import Decimal
from typing import Final

from reporting.domain.words import latin_digits

_CODES: Final = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL "
    "LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
    "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND "
    "TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES: Final = frozenset(_CODES.split())
"""ISO 4217, without funds, metals and test codes."""

_NO_MINOR: Final = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_THREE: Final = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
MOST_MINOR: Final = 10**14
"""No amount and no balance reaches this many minor units; it fits a column of 64 bits many times over."""

_SHAPE: Final = re.compile(r"(\d{1,13})(?:[.,\u066b](\d{1,3}))?")


class NotAnAmount(ValueError):  # noqa: N818 - a refusal read aloud, not a fault of the program
    """This is no amount of this currency; the message never repeats what was typed."""


def exponent(currency: str) -> int:
    """Return how many decimals a currency has (ISO 4217). Raises KeyError for an unknown one."""
    if currency not in CURRENCIES:
        raise KeyError("no currency that is known here")
    return 0 if currency in _NO_MINOR else 3 if currency in _THREE else 2


def parse_amount(text: str, currency: str) -> int:
    """Read an amount, in digits of any script, and return it in minor units, at least 1.

    One point or comma (or the Arabic one) stands before the decimals. Nothing groups thousands, because "1.000" is
    one in some countries and a thousand in others: with more decimals than the currency has it is refused.

    :raises NotAnAmount: it is none, or too small or too large.
    """
    found = _SHAPE.fullmatch(text.strip())
    if found is None:
        raise NotAnAmount("an amount is digits and at most one point")
    whole, part = latin_digits(found[1]), latin_digits(found[2] or "")
    places = exponent(currency)
    if len(part) > places:
        raise NotAnAmount("more decimals than this currency has")
    minor = int(whole + part.ljust(places, "0"))
    if not 0 < minor < MOST_MINOR:
        raise NotAnAmount("too small or too large")
    return minor


def decimal_of(minor: int, currency: str) -> Decimal:
    """Return minor units as an exact decimal."""
    return Decimal(minor).scaleb(-exponent(currency))
