"""Roles and offices, and who is recognised by a name that she typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.domain.people import READERS, STAFF, Role, may_serve, resembles
from reporting.domain.reading.resemblance import words_of_contact


@pytest.mark.principle("confidentiality")
def test_only_three_roles_may_ever_read() -> None:
    assert {Role.CASE_MANAGER, Role.INVESTIGATOR, Role.OUTSIDE_DESK} == READERS


def test_a_survivor_a_guest_of_hers_a_service_and_a_passer_by_are_no_staff() -> None:
    assert set(Role) - STAFF == {Role.ANYONE, Role.SURVIVOR, Role.GUEST, Role.PROVIDER}


@pytest.mark.req("U7")
def test_the_outside_desk_never_sits_in_the_line_that_it_watches() -> None:
    assert {role for role in Role if may_serve(role, external=True)} == STAFF - {Role.CASE_MANAGER, Role.INVESTIGATOR}
    assert {role for role in Role if may_serve(role, external=False)} == STAFF - {Role.OUTSIDE_DESK}


SAME = [
    ("Anna Brown", "Anna Brown"),
    ("anna BROWN", "Anna Brown"),
    ("Brown, Anna", "Anna Brown"),
    ("Brown", "Anna Brown"),
    ("Anna", "Anna Brown"),
    ("Dr. Brown", "Anna Brown"),
    ("Ms Browne", "Anna Brown"),
    ("Anna Bronw", "Anna Brown"),
    ("Bown", "Anna Brown"),
    ("Anna-Maria", "Annamaria Weiss"),
    ("annamaria", "Anna Maria Weiss"),
    ("José Nuñez", "Jose Nunez"),
    ("Łukasz", "Lukasz Nowak"),
    ("Strauß", "Eva Strauss"),
    ("Soren", "Søren Holm"),
    ("O Brien", "Mary O'Brien"),
    ("OBrien", "Mary O’Brien"),
    ("Delacruz", "Juan de la Cruz"),
    ("Alex", "Alexander Popov"),
    ("Muhammad", "Mohammed Saleh"),
    ("Mohammadi", "Muhammad Saleh"),
    ("J. Smith", "John Smith"),
    ("John S.", "J. Smith"),
    ("A.B.", "Anna Brown"),
    ("AB", "Anna Brown"),
    ("ba", "Anna Brown"),
    ("Anna Brown", "AB"),
    ("abrown", "Anna Brown"),
    ("annab", "Anna Brown"),
    ("brown.anna77", "Anna Brown"),
    ("Li", "Wei Li"),
    ("X", "X"),
    ("Al", "Al"),
    ("Mr", "Mr"),
    ("Иванова", "Пётр Иванов"),
    ("Петр", "Пётр Иванов"),
    ("г-н Іваненко", "Олена Іваненко"),
    ("أحمد", "احمد صالح"),
    ("مُحَمَّد", "محمد علي"),
    ("الحسن", "حسن محمود"),
    ("عبدالله", "عبد الله ناصر"),
    ("alsayed", "Omar El-Sayed"),
    ("王明", "王小明"),
    ("小明", "王小明"),
    ("山田さん", "山田 太郎"),
    ("김민수씨", "김 철수"),
    ("ｗａｎｇ", "Wang Fang"),
    ("Γιώργος", "ΓΙΩΡΓΟΣ Παππάς"),
    ("the tall one from finance, I think Brown or so", "Anna Brown"),
]

OTHERS = [
    ("", "Anna Brown"),
    ("Anna Brown", ""),
    ("", ""),
    ("...", "Anna Brown"),
    ("12345", "Anna Brown"),
    ("Mr Jones", "Mr Peter Novak"),
    ("van Dijk", "Eva van Houten"),
    ("Al-Masri", "Omar Al-Sayed"),
    ("Ann", "Dan Lee"),
    ("J.", "John Smith"),
    ("J. K.", "John Smith"),
    ("JKL", "John Smith"),
    ("Kim Yu", "Tom Li"),
    ("Bo", "Boris Vian"),
    ("Peter", "Anna Brown"),
    ("王明", "李小龙"),
    ("김", "박 민수"),
    ("someone from finance", "Anna Brown"),
    ("Иванов", "Ольга Сидорова"),
    ("Jones Miller", "J. Weber"),
]


@pytest.mark.req("U7")
@pytest.mark.parametrize(("typed", "shown"), SAME)
def test_a_colleague_is_recognised_however_she_writes_the_name(typed: str, shown: str) -> None:
    assert resembles(typed, shown)


@pytest.mark.parametrize(("typed", "shown"), OTHERS)
def test_other_colleagues_are_not_closed_out(typed: str, shown: str) -> None:
    assert not resembles(typed, shown)


names = st.lists(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12), min_size=1, max_size=4)


@given(names)
def test_a_name_resembles_itself_in_any_order_and_case(words: list[str]) -> None:
    name = " ".join(words)
    if not any(c.isalpha() for c in name):
        return
    assert resembles(name, name)
    assert resembles(" ".join(reversed(words)).upper(), name)


@given(st.text(max_size=200), st.text(max_size=60))
def test_no_text_whatever_makes_the_comparison_fail(typed: str, shown: str) -> None:
    assert resembles(typed, shown) in (True, False)


def test_a_whole_page_in_the_name_field_is_compared_quickly_and_correctly() -> None:
    page = " ".join(f"word{number:x} something" for number in range(1500))
    assert not resembles(page, "Zoltan Kovács-Quist")
    assert resembles(page + " Kovacs", "Zoltan Kovács-Quist")


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("anna.brown@example.org", "anna.brown"),
        ("@anna_brown", "anna_brown"),
        ("https://social.example/anna.brown/", "anna.brown"),
        ("+1 555 0100", "+1 555 0100"),
        ("", ""),
    ],
)
def test_a_name_is_looked_for_in_an_address_or_handle_but_not_in_its_host(contact: str, words: str) -> None:
    assert words_of_contact(contact) == words


@pytest.mark.principle("safety")
def test_a_name_of_marks_without_end_is_compared_in_a_moment() -> None:
    begun = time.monotonic()
    assert resembles("Mira" + "\u0300\u0323" * 50_000 + " Stone", "Mira Stone")
    assert time.monotonic() - begun < 3
