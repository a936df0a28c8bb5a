"""OpenDocument files written by hand, with something to hide in every place."""

from tests.cleaning.offices import Parts
from tests.cleaning.pdfs import CANARY, SHOWN, photo

ODT, ODS, ODP = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation"))
_SPACES = " ".join(
    f'xmlns:{letter}="{space}"'
    for letter, space in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "chart": "urn:oasis:names:tc:opendocument:xmlns:chart:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "officeooo": "http://openoffice.org/2009/office",
        "dc": "http://purl.org/dc/elements/1.1/",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)


def _opendocument(media: str, body: str) -> Parts:
    return {
        "mimetype": media,
        "content.xml": f"<office:document-content {_SPACES}><office:scripts><script:x>{CANARY}</script:x></office:scripts>"
        f"<office:body>{body}</office:body></office:document-content>",
        "styles.xml": f'<office:document-styles {_SPACES} officeooo:rsid="{CANARY}"/>',
        "meta.xml": f"<office:document-meta {_SPACES}><dc:creator>{CANARY}</dc:creator></office:document-meta>",
        "settings.xml": f"<office:document-settings {_SPACES}>{CANARY}-printer</office:document-settings>",
        "META-INF/manifest.xml": f'<m xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><x>{CANARY}</x></m>',
        "META-INF/documentsignatures.xml": f"<x>{CANARY}</x>",
        "Thumbnails/thumbnail.png": f"{CANARY}",
        "Configurations2/x.xml": f"<x>{CANARY}</x>",
        "Basic/Standard/m.xml": f"<x>{CANARY}</x>",
        f"Pictures/{CANARY}.jpg": photo(),
        "Object 1/content.xml": f"<office:document-content {_SPACES}><office:body><office:chart><chart:chart>"
        f"<chart:title><text:p>Title of a chart</text:p></chart:title></chart:chart></office:chart></office:body>"
        f"</office:document-content>",
        "Object 1/meta.xml": f"<x>{CANARY}</x>",
        "ObjectReplacements/Object 1": f"{CANARY}",
    }


_FRAMES = (
    f'<draw:frame draw:name="{CANARY}.jpg"><draw:image xlink:href="Pictures/{CANARY}.jpg"/><svg:desc>{CANARY}</svg:desc>'
    f"<svg:title>{CANARY}</svg:title></draw:frame>"
    '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'
)


def odt() -> Parts:
    """Return a letter with changes, a comment, fields, a link, a photo and a chart."""
    body = (
        f"<office:text><text:tracked-changes><text:changed-region><text:deletion><dc:creator>{CANARY}</dc:creator>"
        f"<text:p>{CANARY}-deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:p officeooo:rsid="{CANARY}">{SHOWN}<text:change text:change-id="x"/> and <text:a xlink:href="https://{CANARY}">link '
        f"words</text:a> by <text:author-name>Somebody shown</text:author-name> the end<office:annotation office:name="
        f'"{CANARY}"><dc:creator>{CANARY}</dc:creator><dc:date>2026</dc:date><meta:creator-initials>{CANARY}'
        f"</meta:creator-initials><text:p>A remark</text:p></office:annotation></text:p>{_FRAMES}</office:text>"
    )
    return _opendocument(ODT, body)


def ods() -> Parts:
    """Return a sheet with a formula that fetches, a source, names and a photo."""
    return _opendocument(
        ODS,
        f'<office:spreadsheet><table:tracked-changes><x xmlns="">{CANARY}</x></table:tracked-changes><table:table table:name="Sums">'
        f'<table:table-source xlink:href="https://{CANARY}"/><table:table-row><table:table-cell table:formula="of:={CANARY}">'
        f"<text:p>{SHOWN}</text:p></table:table-cell></table:table-row><table:shapes>{_FRAMES}</table:shapes></table:table>"
        f"<table:named-expressions><table:named-range table:name='{CANARY}'/></table:named-expressions></office:spreadsheet>",
    )


def odp() -> Parts:
    """Return a slide with a photo, a chart and something that happens on a click."""
    return _opendocument(
        ODP,
        f'<office:presentation><draw:page draw:name="{CANARY}"><draw:frame><draw:text-box><text:p>{SHOWN}</text:p>'
        f'</draw:text-box><office:event-listeners><script:event-listener xlink:href="{CANARY}"/></office:event-listeners>'
        f'</draw:frame>{_FRAMES}<draw:frame><draw:plugin xlink:href="{CANARY}"/></draw:frame></draw:page></office:presentation>',
    )
