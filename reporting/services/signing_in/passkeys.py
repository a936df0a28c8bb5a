"""Passkeys: a key of a phone, computer or security key as second factor, bound to the name of this site.

What the browser answers is believed only as far as it is signed: over a challenge that waits in this session alone,
for this origin, by a key that was set up here. The library is imported late, so that a web worker stays small.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from reporting.domain.factors import Passkey
from reporting.services.house import House
from reporting.services.signing_in.factors import Held, Person, WrongFactor, add, factors_of, lock, rewrite
from reporting.store.database import Work

LONGEST_ANSWER = 16_384
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError)
"""What the library raises, beside its own exceptions, on an answer that no browser gives."""


@dataclass(frozen=True)
class Site:
    """Under which address somebody is here: as their browser names it, `https://reports.example.org`."""

    origin: str

    @property
    def host(self) -> str:
        """Return the name of the site without a port."""
        return urlsplit(self.origin).hostname or ""

    def can_have_passkeys(self) -> bool:
        """Say whether browsers offer passkeys here: under a name, with HTTPS or on this very machine."""
        try:
            ip_address(self.host)
        except ValueError:
            return self.origin.startswith("https:") or self.host == "localhost"
        return False


def options_to_add(
    site: Site, site_name: str, username: str, person: Person, held: Sequence[Held], asked: bytes
) -> str:
    """Return what a browser needs to make a passkey, as JSON; `asked` is the challenge. No name is left on the key."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement

    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site_name,
        user_id=person.staff_id,
        user_name=username,
        challenge=asked,
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.DISCOURAGED),
        exclude_credentials=_known(site, held),
    )
    return options_to_json(options)


def is_for(site: Site, held: Sequence[Held]) -> bool:
    """Return whether there is a passkey among these that works here."""
    return site.can_have_passkeys() and any(one.factor.host == site.host for one in _passkeys(held))


def options_to_show(site: Site, held: Sequence[Held], asked: bytes) -> str:
    """Return what a browser needs to use one of these passkeys, as JSON; `asked` is the challenge."""
    from webauthn import generate_authentication_options, options_to_json

    known = _known(site, held)
    return options_to_json(generate_authentication_options(rp_id=site.host, challenge=asked, allow_credentials=known))


def add_passkey(
    work: Work, house: House, person: Person, site: Site, asked: bytes, answer: str, *, first: bool
) -> bool:
    """Add a passkey that a browser has just made; return whether it is the person's first factor.

    :param first: the person is only half way in; see `factors.add`.
    :raises WrongFactor: the answer is not one to this challenge, from this site.
    :raises NotAllowed: see `factors.add`.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    lock(work, person)
    try:
        made = verify_registration_response(
            credential=_read(answer, asked),
            expected_challenge=asked,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, *UNREADABLE):
        raise WrongFactor from None
    passkey = Passkey(site.host, made.credential_id.hex(), made.credential_public_key.hex(), made.sign_count)
    if any(one.factor.credential_id == passkey.credential_id for one in _passkeys(factors_of(work, person))):
        raise WrongFactor
    return add(work, house, person, passkey, first=first)


def show_passkey(work: Work, person: Person, site: Site, asked: bytes, answer: str) -> None:
    """Take what a passkey has signed; its counter must have gone on, or somebody made a copy of it.

    :raises WrongFactor: it is not an answer of one of this person's passkeys to this challenge, from this site.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers.exceptions import WebAuthnException

    lock(work, person)
    try:
        credential = _read(answer, asked)
        one = _chosen(work, person, site, str(credential["rawId"]))
        shown = verify_authentication_response(
            credential=credential,
            expected_challenge=asked,
            expected_rp_id=one.factor.host,
            expected_origin=site.origin,
            credential_public_key=bytes.fromhex(one.factor.public_key),
            credential_current_sign_count=one.factor.sign_count,
        )
    except (WebAuthnException, *UNREADABLE):
        raise WrongFactor from None
    rewrite(work, person, one.id, replace(one.factor, sign_count=shown.new_sign_count))


@dataclass(frozen=True)
class _Held:
    id: bytes
    factor: Passkey


def _passkeys(held: Sequence[Held]) -> list[_Held]:
    return [_Held(one.id, one.factor) for one in held if isinstance(one.factor, Passkey)]


def _chosen(work: Work, person: Person, site: Site, raw_id: str) -> _Held:
    from webauthn.helpers import base64url_to_bytes

    wanted = base64url_to_bytes(raw_id).hex()
    for one in _passkeys(factors_of(work, person)):
        if one.factor.host == site.host and one.factor.credential_id == wanted:
            return one
    raise WrongFactor


def _known(site: Site, held: Sequence[Held]) -> list[Any]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    ids = [bytes.fromhex(one.factor.credential_id) for one in _passkeys(held) if one.factor.host == site.host]
    return [PublicKeyCredentialDescriptor(id=one) for one in ids]


def _read(answer: str, asked: bytes) -> dict[str, Any]:
    """Read the answer of a browser; without a challenge that waits there is nothing to answer."""
    if not asked or len(answer) > LONGEST_ANSWER:
        raise WrongFactor
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise WrongFactor
    return found
