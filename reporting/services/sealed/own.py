"""The one record of a case that is sealed to her tokens alone. Nobody of the staff and no guest ever gets its key.

A case that was made before there was such a record gets it in the night after the upgrade, or earlier where she needs
it: that it is there tells nothing.
"""

from reporting.crypto.secret import CompartmentKey
from reporting.domain.case import Compartment, ItemKind
from reporting.domain.sealed.own import Own
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.sealed.granting import Recipient, add_sealed, grants_that_count, seal_key
from reporting.services.sealed.sealing import OpenCase, read_one, rewrite_item, seal_content
from reporting.store.cases import CompartmentRow, cases_without, generations, lock_case
from reporting.store.database import Work
from reporting.store.reporters import find_reporter

FIRST = 1


def read_own(work: Work, opened: OpenCase) -> Own:
    """Return what is hers alone in a case that she opened; a case of before has nothing there.

    :raises NotFound: it was opened by somebody else, or her key to it is gone.
    """
    content = read_one(work, opened, ItemKind.OWN)
    if content is not None:
        return Own.from_bytes(content)
    if Compartment.OWN in opened.current or not opened.holder.startswith(b"r"):
        raise NotFound
    return Own()


def write_own(work: Work, house: House, opened: OpenCase, own: Own) -> None:
    """Seal what is hers alone anew; the case is locked.

    :raises NotFound: she does not hold the key.
    """
    if Compartment.OWN not in opened.current:
        key = _begin(work, house, opened.id)
        opened.current[Compartment.OWN], opened.keys[Compartment.OWN, FIRST] = FIRST, key
    rewrite_item(work, opened, ItemKind.OWN, own.to_bytes())


def begin_missing(work: Work, house: House) -> int:
    """Give the record to every case of before; return how many got it. The keys are drawn, sealed and not kept."""
    begun = 0
    for case_id in cases_without(work.main, Compartment.OWN.value):
        lock_case(work.main, case_id)
        if Compartment.OWN not in generations(work.main, case_id):
            _begin(work, house, case_id)
            begun += 1
    return begun


def _begin(work: Work, house: House, case_id: bytes) -> CompartmentKey:
    """Draw the key for a case of before, and seal it to every token of hers that opens the case."""
    key = CompartmentKey.random()
    work.main.add(CompartmentRow(case_id=case_id, compartment=Compartment.OWN.value, generation=FIRST))
    work.main.add(seal_content(case_id, ItemKind.OWN, Own().to_bytes(), FIRST, key))
    work.main.flush()
    tokens = {grant.holder for grant in grants_that_count(work, house, case_id) if grant.holder.startswith(b"r")}
    for holder in sorted(tokens):
        row = find_reporter(work.main, holder[1:])
        if row is None or not house.keyring.check("public-key", row.tag, b"reporter", row.lookup_id, row.public_key):
            continue
        to = Recipient(holder, row.public_key)
        add_sealed(work, [seal_key(house, case_id, Compartment.OWN, FIRST, key, to)])
    return key
