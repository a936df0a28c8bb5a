"""Figures as a table."""

from dataclasses import dataclass

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Section:
    """One part of the measurement: a line for each thing measured, a figure for each of its sides."""

    name: str
    title: str
    figures: Figures


def as_table(sections: list[Section]) -> str:
    """Return every section as lines in columns."""
    return "\n\n".join(_section(section) for section in sections)


def _section(section: Section) -> str:
    sides = list(dict.fromkeys(side for line in section.figures.values() for side in line))
    widest = max(len(name) for name in section.figures)
    rows = [f"{section.title:<{widest}}" + "".join(f"{side:>14}" for side in sides)]
    for name, line in section.figures.items():
        rows.append(f"{name:<{widest}}" + "".join(f"{_number(line.get(side)):>14}" for side in sides))
    return "\n".join(rows)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
