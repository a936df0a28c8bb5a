"""A shelter with an address is refused, however the address comes in."""

import pytest

from reporting.domain.directory.checking import faults_of_whole
from reporting.domain.directory.shelters import SENTENCE, says_where, told_addresses
from reporting.domain.directory.tables import Records, Row
from reporting.domain.directory.taxonomies import Pathway, own_taxonomies, stable_id, term_id

SERVICE, OTHER, PLACE, THERE = (stable_id(name) for name in ("shelter", "other", "location", "at"))
ORGANIZATION, ELSEWHERE = stable_id("organization"), stable_id("elsewhere")


def directory(rows: Records, pathway: Pathway = Pathway.SHELTER) -> Records:
    attribute = {"id": stable_id("word"), "link_id": SERVICE, "taxonomy_term_id": term_id(pathway)}
    service = {"id": SERVICE, "organization_id": ORGANIZATION, "name": "A house", "status": "active"}
    return {
        **own_taxonomies(),
        "organization": [{"id": ORGANIZATION, "name": "A", "description": "A."}],
        "location": [{"id": PLACE, "location_type": "physical"}],
        "service": [service],
        "service_at_location": [{"id": THERE, "service_id": SERVICE, "location_id": PLACE}],
        "attribute": [{**attribute, "link_entity": "service"}],
        **rows,
    }


ADDRESS: Row = {
    "id": stable_id("address"),
    "location_id": PLACE,
    "address_1": "Somewhere",
    "city": "Chisinau",
    "state_province": "Chisinau",
    "postal_code": "2001",
    "country": "MD",
    "address_type": "physical",
}


def place(**fields: str) -> list[Row]:
    return [{"id": PLACE, "location_type": "physical", **fields}]


@pytest.mark.req("S4")
@pytest.mark.parametrize(
    ("field", "rows"),
    [
        ("address_1", {"address": [ADDRESS]}),
        ("address_1", {"address": [{**ADDRESS, "address_type": "postal"}]}),
        ("latitude", {"location": place(latitude="47.01")}),
        ("longitude", {"location": place(longitude="28.86")}),
        ("transportation", {"location": place(transportation="Bus 5 to the end")}),
        ("description", {"location": place(description="The blue door, strada Florilor 5")}),
        ("name", {"location": place(name="12 Main Street")}),
        ("url", {"location": place(url="https://www.openstreetmap.org/node/1")}),
        (
            "description",
            {
                "service_at_location": [
                    {"id": THERE, "service_id": SERVICE, "location_id": PLACE, "description": "47.0105, 28.8638"}
                ]
            },
        ),
    ],
)
def test_a_shelter_with_an_address_is_refused(field: str, rows: Records) -> None:
    assert [(told, sentence) for _, told, sentence in told_addresses(directory(rows))] == [(field, SENTENCE)]
    assert SENTENCE in {fault.sentence for fault in faults_of_whole(directory(rows), {})}
    assert not list(told_addresses(directory(rows, Pathway.LEGAL_AID)))


def test_the_words_of_the_service_are_looked_through_as_well() -> None:
    told = directory({})
    for words, field in (("Come to 12 Main Street.", "description"), ("https://maps.example.org/x", "url")):
        service = {**told["service"][0], field: words}
        assert [one for _, one, _ in told_addresses({**told, "service": [service]})] == [field]


def test_the_office_of_an_organization_that_does_more_may_be_known() -> None:
    office = {"id": ELSEWHERE, "location_type": "physical", "organization_id": ORGANIZATION}
    rows = directory({"location": [*place(), office], "address": [{**ADDRESS, "location_id": ELSEWHERE}]})
    assert list(told_addresses(rows)), "all that they do is to shelter"
    counsel = {"id": OTHER, "organization_id": ORGANIZATION, "name": "Counsel", "status": "active"}
    assert not list(told_addresses({**rows, "service": [*rows["service"], counsel]}))


def test_a_shelter_without_address_may_stand_there() -> None:
    assert not list(told_addresses(directory({})))
    assert not list(told_addresses(directory({"location": place(name="A safe house", url="https://example.org/")})))


@pytest.mark.parametrize(
    "text",
    [
        "strada Florilor 5",
        "12 Main Street",
        "Bd. Stefan cel Mare 3",
        "улица Пушкина, 10",
        "47.0105, 28.8638",
        "str. A, 5",
    ],
)
def test_words_that_say_where_something_is(text: str) -> None:
    assert says_where(text)


@pytest.mark.parametrize(
    "text",
    [
        "Open 24 hours, on 7 days.",
        "Call 112 first.",
        "For people on the street, open 24 hours.",
        "Reach us via chat 24/7.",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not says_where(text)
