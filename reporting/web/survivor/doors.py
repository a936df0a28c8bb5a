"""Doors in addresses: neutral words, because an address stays in the browser's history."""

from werkzeug.routing import BaseConverter, ValidationError

from reporting.domain.questions import Door

SLUGS = {
    Door.PRIVATE: "notes",
    Door.INFORMAL: "talk",
    Door.FORMAL: "form",
    Door.RETALIATION: "after",
    Door.WITNESS: "seen",
    Door.QUESTION: "ask",
    Door.COMPLAINT: "care",
}
DOORS = {slug: door for door, slug in SLUGS.items()}


class DoorConverter(BaseConverter):
    """Translates between a door and its word in an address."""

    regex = "|".join(DOORS)

    def to_python(self, value: str) -> Door:
        """Return the door of a word."""
        if value not in DOORS:
            raise ValidationError
        return DOORS[value]

    def to_url(self, value: str) -> str:
        """Return the word of a door."""
        return SLUGS[Door(value)]
