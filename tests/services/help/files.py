"""Small files of every kind, honest and hostile, made here byte by byte."""

import io
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
    for kind, data in ((b"IHDR", bytes(13)), (b"IDAT", b"x"), (b"IEND", b""))
)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20) + b"\xff\xd9"


def pdf(inside: bytes = b"", behind: bytes = b"") -> bytes:
    """Return a file that looks like a PDF to whoever reads its frame."""
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\n"
    return body + b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n" + behind


def pdf_with_objects(hidden: bytes, head: bytes = b"/Filter /FlateDecode") -> bytes:
    """Return a PDF in which something stands in a packed stream of objects."""
    packed = zlib.compress(hidden)
    stream = b"2 0 obj\n<< /Type /ObjStm " + head + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    return pdf().replace(b"trailer", stream + b"trailer")


def container(members: dict[str, bytes], *, packing: int = ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    """Return a ZIP container; `mimetype` stands first and is never packed."""
    made = io.BytesIO()
    with ZipFile(made, "w") as opened:
        for name, content in members.items():
            opened.writestr(name, content, ZIP_STORED if name == "mimetype" else packing)
        opened.comment = comment
    return made.getvalue()


def odt(**more: bytes) -> bytes:
    """Return a text document."""
    kind = b"application/vnd.oasis.opendocument.text"
    return container({"mimetype": kind, "content.xml": b"<office/>"} | more)


def docx(**more: bytes) -> bytes:
    """Return a document of the other kind."""
    return container({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"} | more)


def epub(**more: bytes) -> bytes:
    """Return a book."""
    known = {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>", "a.xhtml": b"<p>Words</p>"}
    return container(known | more)
