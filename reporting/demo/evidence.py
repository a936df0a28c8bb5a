"""What the reporter of the demonstration added to her words: one piece of each kind, all made here and all invented."""

import io
import math
import struct
import wave
import zipfile
from collections.abc import Callable
from typing import Any

from reporting.demo.stage import Stage, Told
from reporting.services.evidence.pieces import add, new_piece
from reporting.services.evidence.receiving import add_received, receive
from reporting.store.database import writing

MOST = 16 * 1024 * 1024
BUBBLES = (
    (("Petru", "Why did you leave early?"), ("me", "I had a bus to catch.")),
    (("Petru", "You owe me a drink for the good report I wrote."), ("me", "Please keep it to work.")),
    (("Petru", "Do not be like that. I decide about your contract."), ("Petru", "Delete this.")),
)
NOTE = "Monday: he stood in the door until I laughed. Tuesday: nothing. Thursday: the message at 23:40.\n"
TALK = {
    "thread": "5d1f0c7a93b2e846",  # drawn like one of a form, which takes no other: it stands in an address
    "platform": "WhatsApp",
    "handle": "Petru D. (the number ends in 41)",
}


def added_evidence(stage: Stage, told: Told) -> None:
    """Let her add everything that a report can hold, from her page, on this day."""
    day = stage.calendar.moment.date().isoformat()
    for place, talk in enumerate(BUBBLES, 1):
        screen = {"says": f"Screenshot {place} of 3", "captured_on": day, "captured_by": "me", **TALK}
        _add_file(stage, told, f"Screenshot_{place}.png", _screenshot(talk), **screen)
    _add_file(
        stage,
        told,
        f"IMG_{day.replace('-', '')}_2340.jpg",
        _photo(day),
        says="The door of the meeting room, after he had left.",
    )
    _add_file(stage, told, "voice.wav", _voice(), says="A voice message of 2 seconds. Only his name can be heard.")
    _add_file(stage, told, "invitation.pdf", letter(), says="His invitation to a dinner that nobody else got.")
    _add_file(stage, told, "notes.docx", document(), says="What I wrote down each evening.")
    _add_file(stage, told, "notes.txt", NOTE.encode(), says="The same as plain text.")
    link = "https://social.example/posts/4711"
    post = {"link": link, "platform": "A social network", "handle": "@petru.at.work", "captured_on": day}
    _add_words(stage, told, says="He wrote about me without my name. Colleagues knew.", captured_by="a friend", **post)
    _add_words(stage, told, says="There was a photo as well. I describe it instead: it shows me asleep on the bus.")


def _add_file(stage: Stage, told: Told, name: str, content: bytes, **said: Any) -> None:
    stage.calendar.move_on()
    piece = new_piece(stage.house, name=name, **said)
    received = receive(stage.stores.blobs, stage.house, piece, iter([content]), MOST)
    with writing(stage.stores) as work:
        add(work, stage.house, told.reporter, told.case_id, received.piece, MOST)
        add_received(work, stage.house, received, told.case_id)


def _add_words(stage: Stage, told: Told, **said: Any) -> None:
    stage.do(add, told.reporter, told.case_id, new_piece(stage.house, **said), MOST)


def _drawn(size: tuple[int, int], ground: str, draw: Callable[[Any], None]) -> Any:
    from PIL import Image, ImageDraw  # late: only the demonstration draws

    image = Image.new("RGB", size, ground)
    draw(ImageDraw.Draw(image))
    return image


def _screenshot(talk: tuple[tuple[str, str], ...]) -> bytes:
    """Draw a talk as a telephone shows it."""
    from PIL import ImageFont

    font = ImageFont.load_default(26)

    def draw(on: Any) -> None:
        on.rectangle((0, 0, 720, 90), fill="#2b5d52")
        on.text((30, 30), "Petru", font=font, fill="white")
        for place, (who, text) in enumerate(talk):
            left, top = (30, 160 + place * 150) if who != "me" else (120, 160 + place * 150)
            on.rounded_rectangle((left, top, left + 570, top + 110), 20, fill="#ffffff" if who != "me" else "#d9f2e3")
            on.text((left + 24, top + 40), text, font=font, fill="#222222")

    out = io.BytesIO()
    _drawn((720, 700), "#ece5dd", draw).save(out, "PNG")
    return out.getvalue()


def _photo(day: str) -> bytes:
    """Draw a door, and hide in the file what a telephone hides there: where, when and with what it was taken."""
    door = _drawn((1200, 900), "#8a8f98", lambda on: on.rectangle((450, 150, 750, 850), fill="#5b4636"))
    exif = door.getexif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Invented Phones", "Model 7", f"{day.replace('-', ':')} 23:40:00"
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (47.0, 1.0, 28.5), 3: "E", 4: (28.0, 51.0, 26.0)})
    out = io.BytesIO()
    door.save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def _voice() -> bytes:
    """Return two seconds of a hum."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        hum = (int(6000 * math.sin(2 * math.pi * 180 * at / 8000)) for at in range(16000))
        sound.writeframes(b"".join(struct.pack("<h", one) for one in hum))
    return out.getvalue()


def letter() -> bytes:
    """Return a letter as PDF whose properties tell who made it."""
    from fpdf import FPDF

    paper = FPDF()
    paper.set_author("Petru Dragan")
    paper.add_page()
    paper.set_font("helvetica", size=14)
    paper.multi_cell(0, 8, "Dinner on Thursday, only the two of us.\nNo need to tell the others.\n\nPetru")
    return bytes(paper.output())


def document() -> bytes:
    """Return a small text document whose properties tell who wrote it."""
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A name that nobody should see</dc:creator>'
        "</cp:coreProperties>",
        "word/document.xml": f'<w:document xmlns:w="{words}"><w:body><w:p><w:r><w:t>{NOTE.strip()}</w:t></w:r></w:p>'
        "</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()
