"""Reading the portfolio on from a cursor: every contract once, whatever comes or goes in between."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portfolio.errors import InvalidValue
from portfolio.listing.cursor import stretch
from portfolio.listing.lines import SORT_KEYS, Sort, SortKey
from portfolio.register.records import Filters
from portfolio.register.store import Register
from tests.portfolio.builders import contract, party

TODAY = date(2026, 3, 2)


def _fill(register: Register, first: int, last: int) -> None:
    for n in range(first, last):
        # titles and ends come several times, and every third contract has none
        known = {} if n % 3 == 0 else {"title": f"Contrat {n % 4}", "end_date": date(2027, 1, 1) + timedelta(n % 2)}
        register.save(contract(f"c{n:02d}.pdf", parties=[party(f"Fournisseur {n % 3}")], **known), "rules")


def _walk(register: Register, sort: Sort, limit: int = 3) -> list[str]:
    stems: list[str] = []
    cursor = None
    while True:
        found = stretch(register, Filters(), sort, TODAY, cursor=cursor, limit=limit)
        stems += [line.stem for line in found.lines]
        cursor = found.next
        if cursor is None:
            return stems


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", SORT_KEYS)
def test_every_contract_comes_once_in_the_order_of_the_table(register: Register, by: SortKey, descending: bool) -> None:
    _fill(register, 0, 11)
    whole = stretch(register, Filters(), Sort(by, descending), TODAY, limit=50)
    assert whole.total == 11
    assert whole.next is None
    assert _walk(register, Sort(by, descending)) == [line.stem for line in whole.lines]


def test_what_comes_in_between_moves_nothing(register: Register) -> None:
    _fill(register, 2, 8)
    first = stretch(register, Filters(), Sort("file"), TODAY, limit=3)
    _fill(register, 0, 2)
    second = stretch(register, Filters(), Sort("file"), TODAY, cursor=first.next, limit=3)
    assert [line.stem for line in (*first.lines, *second.lines)] == ["c02", "c03", "c04", "c05", "c06", "c07"]


def test_a_cursor_of_another_order_or_made_up_is_refused(register: Register) -> None:
    _fill(register, 0, 5)
    cursor = stretch(register, Filters(), Sort("file"), TODAY, limit=2).next
    for sort, given in ((Sort("title"), cursor), (Sort("file"), "xx"), (Sort("file"), "é"), (Sort("file"), "W10")):
        with pytest.raises(InvalidValue, match="no cursor"):
            stretch(register, Filters(), sort, TODAY, cursor=given, limit=2)
