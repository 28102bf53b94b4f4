"""What falls due as the page of deadlines shows it: an event with its contract's name, sites and persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portfolio.agenda.keeping import Agenda
from portfolio.events import Event
from ui.web.plain import line
from ui.web.shell import Shell


@dataclass(frozen=True)
class Due:
    """``people``: who answers for the contract. All words are plain and on one line."""

    event: Event
    contract: str
    sites: tuple[str, ...]
    people: tuple[str, ...]


def dues(shell: Shell, agenda: Agenda) -> tuple[Due, ...]:
    ids = tuple(dict.fromkeys(event.contract for event in agenda.events))
    known = shell.desk.named(ids)
    names = {id_: line((known[id_].title if id_ in known else None) or agenda.names[id_], 120) for id_ in ids}
    keepers = {id_: tuple(line(name, 80) for name in kept) for id_, kept in shell.duties.keepers(ids).items()}
    sites = {id_: tuple(dict.fromkeys(line(site, 80) for site in one.sites)) for id_, one in known.items()}
    return tuple(
        Due(
            event,
            names[event.contract],
            sites.get(event.contract, ()),
            keepers.get(event.contract, ()),
        )
        for event in agenda.events
    )


def titles(shell: Shell, agenda: Agenda) -> dict[str, str]:
    """The contracts of an agenda by id: their title, or their file's stem."""
    known = shell.desk.named(agenda.names)
    return {id_: line((known[id_].title if id_ in known else None) or stem, 120) for id_, stem in agenda.names.items()}


def who(shell: Shell, due: Due) -> str:
    """Whose turn it is."""
    event = due.event
    return line(event.debtor or (shell.texts.name("side", event.side) if event.side else ""), 80)


def all_sites(found: Iterable[Due]) -> list[str]:
    return sorted({site for due in found for site in due.sites})


def all_people(found: Iterable[Due]) -> list[str]:
    return sorted({name for due in found for name in due.people})
