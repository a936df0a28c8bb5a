"""One module of routes per word; the word is the same in services, templates and tests."""

from reporting.web.routes import (
    account,
    accounts,
    approvals,
    audit,
    case,
    choosing,
    conflict,
    duty,
    erasure,
    factors,
    follow,
    fund,
    home,
    identity,
    inbox,
    kept,
    lines,
    mail,
    messages,
    offices,
    one_page,
    policy,
    proof,
    record,
    report,
    rules,
    search,
    settings,
    staff,
    start,
    statistics,
    tokens,
    vouches,
)
from reporting.web.routes import help as help_pages

# One blueprint for writing and one for her page; each module adds the words that it is about.
WRITING = (report, start)
HER_PAGE = (follow, messages, choosing, record, tokens, erasure)
STAFF = (
    staff,
    factors,
    proof,
    account,
    inbox,
    search,
    case,
    conflict,
    identity,
    approvals,
    vouches,
    duty,
    policy,
    accounts,
    mail,
    lines,
    offices,
    settings,
    audit,
    statistics,
    fund,
)

WITHOUT_LANGUAGE = frozenset({"root", "leave"})
BLUEPRINTS = (
    home.root,
    home.blueprint,
    home.leave_blueprint,
    help_pages.blueprint,
    rules.blueprint,
    kept.blueprint,
    one_page.blueprint,
    *{module.blueprint.name: module.blueprint for module in (*WRITING, *HER_PAGE)}.values(),
    *(module.blueprint for module in STAFF),
)
