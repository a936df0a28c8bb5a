"""Messages both ways, sealed in `story`; she never learns when staff typed, staff never when she looked."""

from collections.abc import Sequence
from dataclasses import replace

from reporting.domain.case import WITH_ORGANISATION, ItemKind, Status
from reporting.domain.casework.clocks import Clock
from reporting.domain.casework.message_draft import MessageDraft
from reporting.domain.oversight.audit import ReporterEvent, StaffEvent
from reporting.domain.sealed.disclosure import REPORTER, Message
from reporting.domain.words import clean_text
from reporting.policy import Permission
from reporting.services.actors import Reporter, StaffMember
from reporting.services.casework.aside import back_by_her
from reporting.services.casework.case import open_to_work
from reporting.services.casework.clocks import running_clocks, set_clocks
from reporting.services.errors import NotAllowed
from reporting.services.house import House
from reporting.services.oversight.audit import record_reporter, record_staff
from reporting.services.sealed.entries import CaseFile, add, change, file_of
from reporting.services.sealed.sealing import OpenCase, open_case, read, write_item
from reporting.store.cases import items_of
from reporting.store.database import Work

MET_BY_WORDS = (Clock.FEEDBACK, Clock.CHECK_IN)
"""What a message meets when its writer says so."""


def thread(work: Work, opened: OpenCase) -> Sequence[Message]:
    """Return the messages of a case in their order."""
    return [message for _, message in thread_items(work, opened)]


def thread_items(work: Work, opened: OpenCase) -> Sequence[tuple[bytes, Message]]:
    """Return the messages of a case in their order, each with the id of its item (16 bytes)."""
    contents = [(item.id, read(opened, item)) for item in items_of(work.main, opened.id, ItemKind.MESSAGE)]
    messages = [(item_id, Message.from_bytes(content)) for item_id, content in contents if content is not None]
    return sorted(messages, key=lambda pair: pair[1].position)


def write_as_reporter(work: Work, house: House, reporter: Reporter, case_id: bytes, text: str) -> Status:
    """Add her message; the case shows its handlers that one waits. Sent twice, it stands there once.

    Returns the stage of the case, which says whether anybody but her can read the message.

    :raises NotFound: her token does not open this case.
    :raises NotAllowed: nothing to say.
    :raises TooLong: the text does not fit the largest size class.
    """
    opened = open_case(work, reporter, house, case_id, to_change=True)
    if not add_message(work, house, opened, REPORTER, "", text):
        return Status(opened.row.status)
    back_by_her(work, house, opened)
    if opened.row.status in WITH_ORGANISATION:
        opened.row.waiting = True
        set_clocks(work, house, opened.row)
    record_reporter(work, house, ReporterEvent.MESSAGE_WRITTEN, case_id)
    return Status(opened.row.status)


def ask_to_talk(work: Work, house: House, reporter: Reporter, case_id: bytes, text: str) -> None:
    """Ask to talk or meet: a message like any other, and a mark that she asked.

    :raises NotFound: her token does not open this case.
    """
    write_as_reporter(work, house, reporter, case_id, text)
    record_reporter(work, house, ReporterEvent.TALK_ASKED_FOR, case_id)


def write_as_staff(
    work: Work, house: House, actor: StaffMember, case_id: bytes, text: str, meets: Clock | None = None
) -> None:
    """Answer her. Sent twice, the answer stands there once.

    :param meets: the message is the feedback, or the check-in, that she is promised and that runs now.
    :raises NotFound: the actor holds no grant.
    :raises NotAllowed: nothing to say, nothing of the kind runs, or the conflict question is not answered yet.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ANSWER_REPORTER)
    if not add_message(work, house, opened, actor.staff_id.hex(), actor.display_name, text):
        return
    if meets is not None and (meets not in MET_BY_WORDS or meets not in running_clocks(work, case_id)):
        raise NotAllowed
    _put_draft(work, house, actor, opened, "")
    opened.row.waiting = False
    detail = meets.value if meets else ""
    record_staff(work, house, StaffEvent.MESSAGE_SENT, actor_id=actor.staff_id, case_id=case_id, detail=detail)
    set_clocks(work, house, opened.row)


def keep_draft(work: Work, house: House, actor: StaffMember, case_id: bytes, text: str) -> None:
    """Keep a message that a handler has begun, sealed for the handlers; empty text throws it away.

    :raises NotFound: the actor holds no grant.
    :raises TooLong: the text does not fit the largest size class.
    """
    opened = open_to_work(work, house, actor, case_id, Permission.ANSWER_REPORTER)
    _put_draft(work, house, actor, opened, clean_text(text))


def draft_of(file: CaseFile, actor: StaffMember) -> str:
    """Return what this handler has begun to write, or nothing. A colleague's draft is not shown."""
    mine = [one.entry.text for one in file.all(MessageDraft) if one.entry.author == actor.staff_id.hex()]
    return mine[-1] if mine else ""


def _put_draft(work: Work, house: House, actor: StaffMember, opened: OpenCase, text: str) -> None:
    drafts = file_of(work, opened).all(MessageDraft)
    mine = [one for one in drafts if one.entry.author == actor.staff_id.hex()]
    if mine:
        change(work, opened, replace(mine[-1], entry=replace(mine[-1].entry, text=text)))
    elif text.strip():
        add(work, house, opened, actor, MessageDraft(0, "", "", "1970-01-01", text))


def _is_there_already(work: Work, house: House, opened: OpenCase, author: str, text: str) -> bool:
    """Say whether this is the last message once more: a double tap, or a resend after a broken line."""
    last = next(iter(thread(work, opened)[-1:]), None)
    said = clean_text(text)
    return last is not None and (last.author, last.day, last.text) == (author, house.today().isoformat(), said)


def add_message(work: Work, house: House, opened: OpenCase, author: str, name: str, text: str) -> bool:
    """Seal a message into the talk; return whether it was added: sent twice, it stands there once.

    :raises NotAllowed: nothing to say.
    """
    if not text.strip():
        raise NotAllowed
    if _is_there_already(work, house, opened, author, text):
        return False
    position = len(items_of(work.main, opened.id, ItemKind.MESSAGE))
    message = Message(position, author, name, house.today().isoformat(), text)
    write_item(work, opened, ItemKind.MESSAGE, message.to_bytes())
    return True
