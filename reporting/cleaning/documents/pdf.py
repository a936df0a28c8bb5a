"""PDF, written anew from its pages: what they show comes along, and nothing that is said about them.

The catalogue is made new and empty, so the author, the dates, the history of changes, layers, attachments, scripts,
forms, bookmarks, tags and whatever nobody thought of stay behind, together with every object that no page draws with
and every earlier state of the file. `docs/EVIDENCE.md` lists what that means.
"""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from reporting.cleaning.answer import Cleaned, NotReadable, TooMuch
from reporting.cleaning.confinement.limits import MOST_INSIDE
from reporting.cleaning.documents.pdf_comments import comments
from reporting.cleaning.documents.pdf_layers import Layers
from reporting.cleaning.documents.pdf_objects import Copier

MEDIA: Final = "application/pdf"
MOST_PAGES: Final = 2_000
_DEEPEST: Final = 50
_MOST_OBJECTS: Final = 1_000_000
_BOXES: Final = ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
_HANDED_DOWN: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_A4: Final = (0, 0, 595, 842)


def clean(content: bytes, _media: str) -> Cleaned:
    """Return a PDF that shows the same pages.

    :raises NotReadable: it cannot be parsed, shows nothing, or opens only with a passphrase.
    :raises TooMuch: it has more pages or unpacks to more than is taken apart.
    """
    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=1_000, parser_max_container_size=_MOST_OBJECTS, flate_max_memory=MOST_INSIDE
    )
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as source, pikepdf.new() as target:
            _fill_forms(source)
            pages = _pages(source, target)
            out = io.BytesIO()
            target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except (MemoryError, RecursionError):
        raise TooMuch from None
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, RuntimeError, OverflowError):
        raise NotReadable from None
    return Cleaned(out.getvalue(), MEDIA, pages)


def _fill_forms(source: Pdf) -> None:
    """Draw the values of a form that leaves this to whoever opens it."""
    form: Any = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False)):
        source.generate_appearance_streams()


def _pages(source: Pdf, target: Pdf) -> int:
    copier = Copier(target, Layers(source.Root))
    count = 0
    for page, handed_down in _leaves(source.Root.get("/Pages")):
        count += 1
        if count > MOST_PAGES:
            raise TooMuch
        target.pages.append(pikepdf.Page(_page(copier, target, page, handed_down)))
    if not count:
        raise NotReadable
    return count


def _leaves(root: Any) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield the pages in their order with what they inherit; a tree that bites its tail has no pages there."""
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, dict[str, Any], int]] = [(root, {}, 0)]
    while waiting:
        node, above, depth = waiting.pop()
        if not isinstance(node, Dictionary) or depth > _DEEPEST:
            continue
        here = above | {key: node[key] for key in _HANDED_DOWN if key in node}
        kids = node.get("/Kids")
        if not isinstance(kids, Array):
            yield node, here
        elif not node.is_indirect or node.objgen not in seen:
            seen.add(node.objgen)
            if len(waiting) + len(kids) > _MOST_OBJECTS:
                raise TooMuch
            waiting.extend((kid, here, depth + 1) for kid in reversed(list(kids)))


def _page(copier: Copier, target: Pdf, page: Any, handed_down: dict[str, Any]) -> Dictionary:
    made = Dictionary(Type=Name.Page, MediaBox=Array(_A4))
    for key in _BOXES:
        box = _box(page.get(key, handed_down.get(key)))
        if box:
            made[key] = Array(box)
    turned = handed_down.get("/Rotate")
    if isinstance(turned, int) and turned % 90 == 0:
        made["/Rotate"] = turned % 360
    unit = page.get("/UserUnit")
    if isinstance(unit, int | Decimal) and 0 < unit < 1000:
        made["/UserUnit"] = unit
    resources = handed_down.get("/Resources")
    made["/Resources"] = copier.copy(resources, "/Resources") if isinstance(resources, Dictionary) else Dictionary()
    if isinstance(page.get("/Group"), Dictionary):
        made["/Group"] = copier.copy(page["/Group"])
    made["/Contents"] = Stream(target, copier.contents(page, resources) if "/Contents" in page else b"")
    written = [target.make_indirect(one) for one in comments(copier, page)]
    if written:
        made["/Annots"] = Array(written)
    return made


def _box(value: Any) -> list[int | Decimal] | None:
    numbers: list[Any] = list(value) if isinstance(value, Array) else []
    if len(numbers) != 4 or not all(isinstance(one, int | Decimal) for one in numbers):
        return None
    return numbers
