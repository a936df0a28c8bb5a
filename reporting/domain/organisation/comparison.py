"""What differs between two policy packs, place by place."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from reporting.domain.organisation.pack import Pack


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs, named as in the file; an empty side has nothing there."""

    place: str
    before: str
    after: str


def differences(before: Pack, after: Pack) -> list[Difference]:
    """Return what differs, in the order of the file."""
    old, new = dict(_places(before)), dict(_places(after))
    places = dict.fromkeys((*old, *new))
    return [Difference(one, old.get(one, ""), new.get(one, "")) for one in places if old.get(one) != new.get(one)]


def _places(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield every value of a pack with its place."""
    yield "title", pack.title
    yield "languages", ", ".join(pack.languages)
    for term in fields(pack.terms):
        value = getattr(pack.terms, term.name)
        yield f"clocks.{term.name}", ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    yield "time_bar.months", str(pack.time_bar_months)
    for definition in pack.definitions:
        place = f"definitions.{definition.name}"
        yield f"{place}.kind", definition.kind.value
        for language, words in definition.wording.items():
            yield f"{place}.{language}.title", words.title
            yield f"{place}.{language}.text", words.text
    for door, rule in pack.doors.items():
        yield f"doors.{door}.offered", "true" if rule.offered else "false"
        for language, words in rule.wording.items():
            yield f"doors.{door}.{language}.label", words.title
            yield f"doors.{door}.{language}.line", words.text
    yield "code_of_conduct.version", pack.code.version
    for language, text in pack.code.text.items():
        yield f"code_of_conduct.{language}.text", text
