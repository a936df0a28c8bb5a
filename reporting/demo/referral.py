"""Referrals in the demonstration: one that waits for her yes, and one that a service opened and took up."""

from reporting.demo.stage import Stage, Told
from reporting.domain.case import ItemKind
from reporting.domain.protection.referral import USUAL_LINK_DAYS, Need, Word
from reporting.services.actors import Actor, StaffMember
from reporting.services.errors import NotFound
from reporting.services.house import House
from reporting.services.protection import referral, referral_issuing, referral_reading
from reporting.services.protection.referral import Chosen, Offered
from reporting.services.protection.referral_links import prepare
from reporting.services.protection.referral_scope import digest_of, shareable_in
from reporting.services.sealed.sealing import open_case
from reporting.store.database import Work, reading


def waits_for_her_yes(stage: Stage, told: Told, elena: StaffMember) -> None:
    """Somebody to talk to, who could read her account if she ticks it."""
    account = [item_id for item_id, _ in stage.do(_account, elena, told.case_id)]
    words, who = "A first name, and when you can talk", "Counsellor at the women's centre"
    stage.do(referral.offer, elena, told.case_id, Offered(Need.PSYCHOSOCIAL, words, account, who))


def taken_up(stage: Stage, told: Told, amina: StaffMember) -> None:
    """Legal advice: she agreed, the office of an invented lawyer opened its link once, and helps."""
    account = stage.do(_account, amina, told.case_id)
    words, who = "What happened at the training, without your name", "Law office Ceban (invented)"
    offered = Offered(Need.LEGAL, words, [item_id for item_id, _ in account], who)
    referral_id = stage.do(referral.offer, amina, told.case_id, offered)
    reach = "By the team. I will call you myself after six."
    stage.do(referral.agree, told.reporter, told.case_id, referral_id, account, reach)
    prepared = prepare()
    link = (told.case_id, referral_id, prepared)
    link_id = stage.do(referral_issuing.issue, amina, *link, days=USUAL_LINK_DAYS)
    seed = referral_reading.seed_from(stage.do(_stored, link_id), prepared.passphrase)
    ticket = stage.do(referral_reading.open_once, link_id, seed)
    with reading(stage.stores) as work:
        service = referral_reading.find_provider(work, stage.house, ticket)
    if service is None:
        raise NotFound
    stage.do(referral_reading.answer, service, Word.HELPS)


def _account(work: Work, house: House, actor: Actor, case_id: bytes) -> list[Chosen]:
    opened = open_case(work, actor, house, case_id)
    return [(one.id, digest_of(one)) for one in shareable_in(work, opened) if one.kind is ItemKind.DISCLOSURE]


def _stored(work: Work, house: House, link_id: bytes) -> bytes | None:
    return referral_reading.stored_seed(work, house, link_id)
