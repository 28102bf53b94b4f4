"""The table of cases, line by line: facts of a contract and a day, every date that follows, and why.

Columns of facts: `renewal` is `kind period xcount`; `other` gives type, sector, form, title, law, signature, the words
of the notice clause and those that prove a termination; `amendments` are `day signed day: field=value, …`; `told` is
what a person told. An empty expected date means that there is none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portfolio.amendments import Version
from portfolio.facts import Fact
from tests.portfolio.calendar.contracts import fact, stands, told

FILE = Path(__file__).parent / "cases.csv"
_OTHER = {
    "type": "contract_type", "sector": "legal_nature.sector", "form": "legal_nature.form", "title": "title",
    "law": "governing_law", "signature": "signature_date",
}  # fmt: skip


def _cases() -> Iterator[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


CASES = list(_cases())


def _base(case: dict[str, str]) -> Version:
    other = dict(part.split("=", 1) for part in case["other"].split(" & ") if part)
    kind, period, count = re.fullmatch(r"(\w*) ?(P\w+)? ?(?:x(\d+))?", case["renewal"]).groups()  # type: ignore[union-attr]
    values = {
        "start_date": case["start"], "end_date": case["end"], "duration": case["duration"],
        "renewal.kind": "" if kind == "unsaid" else kind, "renewal.period": period, "renewal.max_count": count,
    }  # fmt: skip
    values |= {field: other.get(name) for name, field in _OTHER.items()}
    facts = [fact(field, int(value) if field.endswith("count") else value) for field, value in values.items() if value]
    if case["notice"]:
        facts.append(fact("notice_period", case["notice"], other.get("words", "")))
    if "status" in other:
        facts.append(fact("status", "terminated", other["status"]))
    return Version("base", tuple(facts))


def _amendments(case: dict[str, str]) -> Iterator[Version]:
    for number, text in enumerate(filter(None, case["amendments"].split(" / "))):
        head, _, changes = text.partition(": ")
        facts: list[Fact] = []
        if head != "undated":
            effective, _, signed = head.partition(" signed ")
            facts = [fact("start_date", effective), fact("signature_date", signed)]
        for change in changes.split(", "):
            field, _, value = change.partition("=")
            facts.append(fact(field, int(value) if field.endswith("count") else value))
        yield Version(f"amendment{number}", tuple(facts))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['rule']}-{c['as_of']}-{c['reason'][:40]}")
def test_every_date_of_a_case_is_right(case: dict[str, str]) -> None:
    found = stands(_base(case), date.fromisoformat(case["as_of"]), *_amendments(case), given=told(case["told"]))
    calendar = found.calendar
    answer = {
        "status": calendar.status or "",
        "current_end": _day(calendar.current_end),
        "used": "" if calendar.renewals_used is None else str(calendar.renewals_used),
        "notice_by": _day(found.notice_deadline),
        "missed": "oui" if found.notice_missed else "",
        "following": _day(found.following_deadline),
        "final_end": _day(calendar.final_end),
        "if_notice_now": _day(found.notice.earliest_end),
    }
    assert answer == {key: case[key] for key in answer}, case["reason"]


def test_the_table_covers_what_it_promises() -> None:
    assert len(CASES) >= 150
    assert all(case["reason"] for case in CASES)
