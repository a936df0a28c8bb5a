"""Pages travel compressed where that tells nobody anything.

How well a page compresses says something about what stands in it. So nothing is compressed that other people's
words and a secret share: pages inside a session stay as they are, and so does the page that shows a token.
"""

import gzip

from flask import Response, request

from reporting.web.cookies import PAGE, WORK, read_cookie

LEVEL = 6
SMALLEST = 1024


def compress(response: Response) -> Response:
    """Compress a page with gzip (RFC 9110, 8.4.1.3) if the browser reads that and the page may be."""
    if response.mimetype != "text/html":
        return response
    response.vary.add("Accept-Encoding")
    if not _may_be(response):
        return response
    response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _may_be(response: Response) -> bool:
    if request.method not in ("GET", "HEAD") or request.blueprint == "kept" or read_cookie(PAGE) or read_cookie(WORK):
        return False
    small = response.direct_passthrough or len(response.get_data()) < SMALLEST
    return not small and bool(request.accept_encodings["gzip"]) and "Content-Encoding" not in response.headers
