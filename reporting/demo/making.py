"""Making a demonstration in an empty folder: keys, databases, offices, accounts, then what the script says."""

from dataclasses import dataclass, replace

from reporting.config import Settings
from reporting.crypto.keyring import Keyring
from reporting.crypto.keys import KeyPair
from reporting.crypto.passphrases import weakness
from reporting.crypto.phrases import draw_passphrase
from reporting.crypto.secret import Seed
from reporting.crypto.token import has_words
from reporting.demo.cast import DESK, PLACES, PLAYERS, Place, Player
from reporting.demo.directory import brought_along
from reporting.demo.folder import Access, Demonstration
from reporting.demo.law import sign_laws
from reporting.demo.script import play
from reporting.demo.stage import Calendar, Stage, Told
from reporting.domain.factors import Authenticator
from reporting.domain.people import READERS
from reporting.services.actors import StaffMember
from reporting.services.help.directory import SEEDS, load_shipped
from reporting.services.opening import upgrade_house
from reporting.services.organisation.accounts import create_account, enrol, prepare_key
from reporting.services.organisation.conduct import accept, current_code
from reporting.services.organisation.offices import OfficeFacts, add_office, open_office
from reporting.services.reading.trust import CONSOLE_VOUCHES, fingerprint, vouch, vouch_at_console
from reporting.services.sealed.recovery import begin as begin_recovery
from reporting.services.signing_in.factors import Person, add, new_secret
from reporting.store.database import reading, writing
from reporting.store.settings import DEMO_MARK, put_setting
from reporting.store.staff import find_staff_by_username

OPENED_DAYS_AGO = 40
WORDS = 5
QUORUM = (2, 3)


@dataclass(frozen=True)
class _Ready:
    """A player whose key is made."""

    player: Player
    passphrase: str
    second_factor: str


def make(settings: Settings) -> Demonstration:
    """Make everything under the data folder, which must be empty, and return how to get in."""
    statistics_passphrase = draw_passphrase()
    Keyring.create(settings.keys, statistics_passphrase)
    calendar = Calendar()
    stores, house = upgrade_house(settings)
    try:
        with writing(stores) as work:
            put_setting(work.main, DEMO_MARK, b"\x01")
        stage = Stage(stores, replace(house, now=calendar), calendar)
        calendar.go_to(OPENED_DAYS_AGO, working=True)
        for name in SEEDS:
            stage.do(load_shipped, name)
        brought_along(stage)
        offices = _add_offices(stage)
        sign_laws(stage)
        # A quorum as pages tell of it; here its shares are with nobody, `reporting recovery renew` makes some.
        stage.do(begin_recovery, KeyPair.from_seed(Seed.random()).public_key, *QUORUM)
        ready = [_enrol(stage, player, offices[player.place]) for player in PLAYERS]
        _vouch_for_all(stage)
        for place in PLACES:
            if not place.external:
                stage.do(open_office, offices[place.code])
        told = play(stage)
    finally:
        stores.dispose()
    names = {place.code: place.name for place in PLACES}
    accounts = tuple(
        Access(
            known.player.username,
            known.passphrase,
            known.player.role.value,
            names[known.player.place],
            known.second_factor,
        )
        for known in ready
    )
    tokens = {what: _written(case) for what, case in told.items()}
    return Demonstration(accounts, tokens.pop("report"), tokens, statistics_passphrase)


def _add_offices(stage: Stage) -> dict[str, bytes]:
    ids: dict[str, bytes] = {}
    for place in PLACES:
        ids[place.code] = stage.do(lambda work, house, facts: add_office(work, house, facts).id, _facts(place, ids))
    return ids


def _facts(place: Place, ids: dict[str, bytes]) -> OfficeFacts:
    return OfficeFacts(
        name=place.name,
        code=place.code,
        head_count=place.head_count,
        external=place.external,
        desk_id=None if place.external else ids[DESK],
        country=place.country,
        time_zone=place.time_zone,
        reader_languages=place.languages,
        emergency="112",
    )


def _enrol(stage: Stage, player: Player, office_id: bytes) -> _Ready:
    """Create an account, redeem its code with a drawn passphrase, and remember who acts."""
    passphrase = _passphrase(player)
    seed, sealed = prepare_key(player.username, player.name, passphrase)
    code = stage.do(
        create_account, username=player.username, display_name=player.name, role=player.role, office_id=office_id
    )
    stage.do(enrol, player.username, code, seed, sealed)
    with reading(stage.stores) as work:
        row = find_staff_by_username(work.main, player.username)
        if row is None:
            raise LookupError(player.username)
        pair = KeyPair.from_seed(seed)
        member = StaffMember(row.id, row.username, row.display_name, player.role, row.office_id, pair)
    stage.members[player.username] = member
    return _Ready(player, passphrase, _make_ready(stage, member) if player.role in READERS else "")


def _make_ready(stage: Stage, member: StaffMember) -> str:
    """Accept the code of conduct, set up an authenticator app that has not been used yet, and return its secret."""
    app = Authenticator(new_secret(), last_step=0)
    with reading(stage.stores) as work:
        version = current_code(work, member.office_id).version
    stage.do(accept, member, version)
    stage.do(add, Person(member.staff_id, member.pair.seed), app, first=True)
    return app.secret


def _passphrase(player: Player) -> str:
    """Draw until the house's own rule accepts it; five words nearly always pass at once."""
    while True:
        drawn = draw_passphrase(WORDS)
        if weakness(drawn, [player.username, player.name]) is None:
            return drawn


def _vouch_for_all(stage: Stage) -> None:
    """Vouch for the first two readers of each office at the console, and let the first vouch for the others."""
    for place in PLACES:
        readers = [player for player in PLAYERS if player.place == place.code and player.role in READERS]
        first = stage.members[readers[0].username]
        for count, player in enumerate(readers):
            stage.calendar.move_on()
            with writing(stage.stores) as work:
                row = find_staff_by_username(work.main, player.username)
                if row is None:
                    raise LookupError(player.username)
                if count < CONSOLE_VOUCHES:
                    vouch_at_console(work, stage.house, row)
                else:
                    vouch(work, stage.house, first, row.id, fingerprint(row))


def _written(told: Told) -> str:
    return " ".join(told.token.words("en")) if has_words("en") else told.token.digits()
