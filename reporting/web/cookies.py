"""Three neutral cookies, each for one session of the browser: `p` her page, `d` her draft, `w` staff at work.

On HTTPS they carry the `__Host-` prefix, which a browser ties to this host alone (ASVS 5.0, 3.3.3).
Plain HTTP is served on loopback only; there the prefix would stop the cookie from being kept.
"""

from flask import Response, request

PAGE, DRAFT, WORK = "p", "d", "w"
EVERY = (PAGE, DRAFT, WORK)


def read_cookie(name: str) -> str | None:
    """Return the value of one of our cookies."""
    return request.cookies.get(_full_name(name))


def set_cookie(response: Response, name: str, value: str) -> None:
    """Set a cookie that ends with the browser, that no script reads and no other site sends."""
    secure = request.is_secure
    response.set_cookie(_full_name(name), value, secure=secure, httponly=True, samesite="Strict", path="/")


def drop_cookie(response: Response, name: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(_full_name(name), secure=request.is_secure, httponly=True, samesite="Strict", path="/")


def _full_name(name: str) -> str:
    return f"__Host-{name}" if request.is_secure else name
