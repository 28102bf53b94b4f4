"""The day on which a contract was ended, where the words that prove its status tell it."""

from __future__ import annotations

import re
from datetime import date

from portfolio.calendar.facts import Life

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january", "fevrier février february", "mars march", "avril april", "mai may", "juin june",
            "juillet july", "aout août august", "septembre september", "octobre october", "novembre november",
            "decembre décembre december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAY = re.compile(
    r"\b(?:au|le|du|on|as of|from|with effect (?:from|on)|effective)\s+"
    r"(?P<day>\d{1,2})(?:er|st|nd|rd|th)?\s*(?:[./-]\s*(?P<number>\d{1,2})\s*[./-]|\s+(?:of )?(?P<name>[a-zûé]+),?)\s*"
    r"(?P<year>\d{4})\b",
    re.IGNORECASE,
)


def told_end(life: Life) -> date | None:
    """The first day that the words for a `terminated` status name after « au », « le », `on`, `with effect from`:
    « Résilié au 28.02.2026 – LRAR du 20.11.2025 » tells 2026-02-28. None where they name none."""
    status = life.terms.term("status")
    if status is None or status.fact.value != "terminated":
        return None
    for evidence in status.fact.evidence:
        for found in _DAY.finditer(evidence.quote):
            month = int(found["number"]) if found["number"] else _MONTHS.get(found["name"].lower(), 0)
            try:
                return date(int(found["year"]), month, int(found["day"]))
            except ValueError:
                continue
    return None
