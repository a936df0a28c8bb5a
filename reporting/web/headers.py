"""Security headers, set by the application on every answer so that tests see them."""

import base64
import hashlib
from functools import cache

from flask import Response, g, request

from reporting.resources import folder

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
LEAVING, PASSKEYS, FILES = "leave.js", "passkey.js", "files.js"
CARRIED = "carried"
MEDIA = "media"
A_YEAR = "max-age=31536000; includeSubDomains"


@cache
def inline(name: str) -> str:
    """Return a static file that survivor pages carry inside themselves, so that one request is enough."""
    return (folder("static") / name).read_text(encoding="utf-8")


@cache
def content_security_policy(carried: tuple[str, ...] = (), *, with_media: bool = False) -> str:
    """Return the policy: nothing but our own styles and inlined scripts, those of this page, and films on request."""
    parts = (
        "default-src 'none'",
        f"style-src 'self' {style_hash()}",
        f"script-src {' '.join(_hash(inline(name)) for name in (LEAVING, *carried))}",
        "img-src 'self' data:",
        *(("media-src 'self'",) if with_media else ()),
        *(("connect-src 'self'",) if FILES in carried else ()),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return "; ".join(parts)


def carry(name: str) -> str:
    """Return a script, which this answer then carries inside itself and allows."""
    g.setdefault(CARRIED, []).append(name)
    return inline(name)


def play(address: str) -> str:
    """Return the address of a sound or film of our own, which this page, and no other, may then play."""
    g.setdefault(MEDIA, True)
    return address


def style_hash() -> str:
    """Return how a policy names the one style that pages carry inside themselves."""
    return _hash(inline("survivor.css"))


def set_headers(response: Response) -> Response:
    """Add what every answer carries."""
    headers = response.headers
    # A file of the library brings a stricter one of its own.
    policy = content_security_policy(tuple(g.get(CARRIED, ())), with_media=bool(g.get(MEDIA)))
    headers.setdefault("Content-Security-Policy", policy)
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cross-Origin-Embedder-Policy"] = "require-corp"
    headers["Permissions-Policy"] = PERMISSIONS
    headers.setdefault("Referrer-Policy", "same-origin")  # leaving says even less
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    if request.endpoint != "static" or response.status_code not in (200, 206, 304):
        headers["Cache-Control"] = "no-store"
    if request.is_secure:
        headers["Strict-Transport-Security"] = A_YEAR
    return response


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@cache
def version(name: str) -> str:
    """Return a short hash of a static file, so that its address changes with its content."""
    return hashlib.sha256((folder("static") / name).read_bytes()).hexdigest()[:12]
