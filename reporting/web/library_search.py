"""Looking for documents: what is looked for travels in a form and then sealed in the address, never readable in it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from reporting.domain.help.library import AUDIENCES, KINDS, LONGEST_SEARCH, Audience, Kind
from reporting.domain.words import clean_text, is_language
from reporting.services.help.library import Kept, Wanted, source_key
from reporting.web.pages import language_names, translated

USE: Final = "library"
SOURCE: Final = re.compile("[0-9a-f]{12}")


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: only what stands in the library, as value and words."""

    kinds: list[tuple[str, str]]
    audiences: list[tuple[str, str]]
    tongues: list[tuple[str, str]]
    sources: list[tuple[str, str]]


def choices(documents: Sequence[Kept]) -> Choices:
    """Return what can be chosen among these documents."""
    facts = [one.facts for one in documents]
    kinds, audiences = {one.kind for one in facts}, {one.audience for one in facts}
    return Choices(
        [(kind.value, translated(words)) for kind, words in KINDS.items() if kind in kinds],
        [(one.value, translated(words)) for one, words in AUDIENCES.items() if one in audiences],
        sorted({(one.language, language_names(one.language)) for one in facts}, key=lambda pair: pair[1].casefold()),
        sorted({(source_key(one.source), one.source) for one in facts}, key=lambda pair: pair[1].casefold()),
    )


def wanted_from(form: Mapping[str, str]) -> Wanted:
    """Return what a form looks for; a choice that is none counts as everything."""
    return Wanted(
        words=clean_text(form.get("words", ""))[:LONGEST_SEARCH].strip(),
        kind=_one_of(form.get("kind", ""), Kind),
        audience=_one_of(form.get("audience", ""), Audience),
        language=language if is_language(language := form.get("tongue", "")) else "",
        source=source if SOURCE.fullmatch(source := form.get("source", "")) else "",
        current=form.get("current") == "y",
    )


def written(wanted: Wanted) -> bytes:
    """Return what is looked for as bytes, few enough for an address."""
    return json.dumps({name: said for name, said in asdict(wanted).items() if said}, ensure_ascii=False).encode()


def read_wanted(content: bytes | None) -> Wanted | None:
    """Return what an address carries; only this house can have sealed it."""
    return Wanted(**json.loads(content)) if content is not None else None


def _one_of(value: str, known: type[StrEnum]) -> str:
    return value if value in set(known) else ""
