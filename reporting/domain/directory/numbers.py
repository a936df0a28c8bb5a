"""Telephone numbers: how they are dialled from abroad, offered to the editor and never forced on a short code."""


def international(number: str, country: str) -> str:
    """Return a number as it is dialled from abroad, or '' where that is not certain or already written so."""
    import phonenumbers  # late: its tables are large

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if number.startswith("+") or not phonenumbers.is_valid_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
