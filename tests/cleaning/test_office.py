"""The working copy of an Office file shows the same words and pictures, opens, and tells nothing of who made it."""

import io
import posixpath
import re
import struct
import zipfile

import pytest
from lxml import etree

from reporting.cleaning.answer import NotReadable, TooMuch
from reporting.cleaning.office import members, office
from reporting.domain.evidence.evidence import Cleaning
from reporting.domain.evidence.file_types import type_of
from reporting.services.evidence.cleaning import take_apart
from tests.cleaning import offices
from tests.cleaning.offices import DOCX, PPTX, XLSX, docx, everything_in, pptx, xlsx, zipped
from tests.cleaning.opendocuments import ODP, ODS, ODT, odp, ods, odt
from tests.cleaning.pdfs import CANARY, SHOWN

SAMPLES = {DOCX: docx, XLSX: xlsx, PPTX: pptx, ODT: odt, ODS: ods, ODP: odp}
STAYS = {
    DOCX: [
        "Inserted",
        "Link words",
        "Chosen",
        "Field shown",
        "For older programs",
        "A remark",
        "In the header",
        "PAGE",
    ],
    XLSX: ["41", "A remark", "Sums"],
    PPTX: ["A remark", "Spoken words", "A new remark", "Share 12"],
    ODT: ["link words", "by Somebody shown the end", "A remark", "Title of a chart"],
}


@pytest.fixture(params=SAMPLES, ids=lambda media: media.rpartition(".")[2])
def media(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sample(media: str) -> bytes:
    return zipped(SAMPLES[media]())


def cleaned(media: str) -> bytes:
    return office.clean(sample(media), media).content


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as there:
        return {name: there.read(name) for name in there.namelist()}


def test_nothing_hidden_comes_along_from_any_place(media: str) -> None:
    assert CANARY.encode() in everything_in(sample(media))
    found = everything_in(cleaned(media))
    assert CANARY.encode() not in found
    for name in (b"docProps", b"meta.xml", b"Thumbnails", b"vbaProject", b"customXml", b"Basic", b"2026", b"rsid"):
        assert name not in found


def test_what_is_read_in_it_stays(media: str) -> None:
    found = everything_in(cleaned(media)).decode("latin-1")
    text = re.sub(r"<[^>]+>", "", found)
    assert SHOWN in text
    for words in STAYS.get(media, []):
        assert words in text or words in found


def test_a_photo_in_it_stays_as_pixels(media: str) -> None:
    photos = [data for data in opened(cleaned(media)).values() if data.startswith(b"\xff\xd8\xff")]
    assert len(photos) == (media != XLSX)
    assert not any(b"Exif" in one for one in photos)


def test_a_copy_is_still_what_it_was_by_its_content(media: str) -> None:
    assert type_of(cleaned(media)).media == media


def test_a_template_is_not_taken_for_a_document() -> None:
    assert type_of(zipped({"mimetype": f"{ODT}-template", "content.xml": ""})).family is None


def test_every_part_of_a_copy_is_well_formed_and_nothing_refers_to_what_is_not_there(media: str) -> None:
    there = opened(cleaned(media))
    roots = {name: etree.fromstring(data) for name, data in there.items() if data[:1] == b"<"}
    if "mimetype" in there:
        listed = {one.get(key) for one in roots["META-INF/manifest.xml"] for key in one.attrib if "full-path" in key}
        assert {name for name in there if name not in ("mimetype", "META-INF/manifest.xml")} <= listed
        for name, root in roots.items():
            for value in root.xpath("//@*[local-name()='href']"):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), value))
                assert target in there or f"{target}/content.xml" in there
        return
    types = {one.get("PartName"): one.get("ContentType") for one in roots["[Content_Types].xml"] if one.get("PartName")}
    assert set(types) == {f"/{name}" for name in there if not name.endswith((".rels", "[Content_Types].xml"))}
    referred = set()
    for name, root in roots.items():
        if name.endswith(".rels"):
            targets = {one.get("Target") for one in root}
            assert targets <= set(types)
            referred |= targets
        elif name != "[Content_Types].xml":
            folder, _, file = name.rpartition("/")
            known = {one.get("Id") for one in roots.get(f"{folder}/_rels/{file}.rels", [])}
            assert set(root.xpath("//@*[contains(namespace-uri(), '/relationships')]")) <= known
    assert referred == set(types)


def test_the_same_file_gives_the_same_copy_and_no_time_of_packing(media: str) -> None:
    assert cleaned(media) == cleaned(media)
    with zipfile.ZipFile(io.BytesIO(cleaned(media))) as there:
        assert {(one.date_time, one.comment, one.extra) for one in there.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), b"", b"")
        }


def test_the_process_takes_each_kind_apart(media: str) -> None:
    came = bytearray()
    report = take_apart(media, iter([sample(media)]), came.extend)
    assert (report.state, report.type) == (Cleaning.CLEANED, media)
    assert bytes(came) == cleaned(media)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("kind", [LAUGHS, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("media_type", [DOCX, ODT])
def test_a_document_type_is_refused(kind: str, media_type: str) -> None:
    parts = SAMPLES[media_type]()
    for name in ("word/document.xml", "content.xml"):
        if name in parts:
            parts[name] = kind + str(parts[name])
    with pytest.raises(NotReadable):
        office.clean(zipped(parts), media_type)


def test_a_member_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    parts = docx() | {"word/comments.xml": bytes(50_000_000)}
    with pytest.raises(TooMuch):
        office.clean(zipped(parts), DOCX)


def test_members_that_say_they_are_small_are_not_believed() -> None:
    sent = bytearray(zipped(docx() | {"word/comments.xml": bytes(50_000_000)}))
    at = 0
    while (at := sent.find(b"PK\x01\x02", at + 1)) > 0:
        struct.pack_into("<I", sent, at + 24, 10)
    with pytest.raises((NotReadable, TooMuch)):
        office.clean(bytes(sent), DOCX)


@pytest.mark.parametrize("name", ["../out.xml", "/abs.xml", "word\\x.xml", "C:x", "word/DOCUMENT.xml", "a//b"])
def test_a_name_that_leads_elsewhere_or_stands_twice_is_refused(name: str) -> None:
    with pytest.raises(NotReadable):
        office.clean(zipped(docx() | {name: "x"}), DOCX)


def test_too_many_members_are_refused() -> None:
    parts = docx() | {f"x/{number}": "" for number in range(members.MOST_MEMBERS + 1)}
    with pytest.raises(TooMuch):
        office.clean(zipped(parts), DOCX)


def test_members_that_lie_over_each_other_are_refused() -> None:
    sent = bytearray(zipped(docx()))
    first = sent.find(b"PK\x01\x02")
    second = sent.find(b"PK\x01\x02", first + 4)
    sent[second + 42 : second + 46] = sent[first + 42 : first + 46]
    with pytest.raises(NotReadable):
        office.clean(bytes(sent), DOCX)


def test_what_is_locked_is_kept_as_it_came() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    locked = odt() | {
        "META-INF/manifest.xml": '<m xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><encryption-data/></m>'
    }
    flagged = bytearray(zipped(docx()))
    at = flagged.find(b"PK\x01\x02")
    flagged[at + 8] |= 1
    for content, media_type in ((compound, DOCX), (zipped(locked), ODT), (bytes(flagged), DOCX)):
        with pytest.raises(NotReadable):
            office.clean(content, media_type)


@pytest.mark.parametrize("part", [0.0, 0.2, 0.6, 0.98])
def test_a_file_that_breaks_off_is_refused(part: float, media: str) -> None:
    sent = sample(media)
    with pytest.raises(NotReadable):
        office.clean(sent[: int(len(sent) * part)], media)


def test_parts_that_refer_to_each_other_in_a_circle_and_to_themselves_come_to_an_end() -> None:
    parts = docx() | {"word/_rels/header1.xml.rels": offices.rels(a="header header1.xml", b="footer f.xml")}
    parts |= {"word/f.xml": str(parts["word/header1.xml"])}
    parts |= {"word/_rels/f.xml.rels": offices.rels(a="header header1.xml")}
    assert SHOWN.encode() in everything_in(office.clean(zipped(parts), DOCX).content)
    within = odt()
    within["Object 1/content.xml"] = str(within["content.xml"]).replace("./Object 1", "../Object 1")
    assert SHOWN.encode() in everything_in(office.clean(zipped(within), ODT).content)


def test_a_workbook_with_two_lists_of_strings_comes_to_an_end() -> None:
    parts = xlsx()
    strings = {"t": "sharedStrings sharedStrings.xml", "u": "sharedStrings again.xml"}
    parts["xl/_rels/workbook.xml.rels"] = offices.rels(s="worksheet worksheets/sheet1.xml", **strings)
    parts["xl/again.xml"] = str(parts["xl/sharedStrings.xml"])
    assert SHOWN.encode() in everything_in(office.clean(zipped(parts), XLSX).content)


def test_what_was_deeply_nested_to_exhaust_a_reader_is_refused() -> None:
    parts = docx()
    parts["word/document.xml"] = "<a>" * 100_000 + "</a>" * 100_000
    with pytest.raises(NotReadable):
        office.clean(zipped(parts), DOCX)


def test_a_pdf_behind_a_zip_is_gone_from_the_copy() -> None:
    sent = b"%PDF-1.4 " + CANARY.encode() + b"\n" + zipped(docx())
    assert CANARY.encode() not in everything_in(office.clean(sent, DOCX).content)
