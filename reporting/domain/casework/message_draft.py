"""A message to her that a handler has begun: sealed with the handlers' papers until it is sent."""

from dataclasses import dataclass

from reporting.domain.sealed.entry import Entry


@dataclass(frozen=True)
class MessageDraft(Entry):
    """What one handler has begun to write; empty once it was sent or thrown away."""

    WHAT = "message_draft"

    text: str
