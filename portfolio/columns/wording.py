"""Own values as people write them."""

from __future__ import annotations

from typing import Any

from portfolio.columns.records import Column, InForce, OwnValue
from portfolio.schema import Amount
from portfolio.words.values import Wording


def value(column: Column, held: Any, say: Wording) -> str:
    """A value of ``column`` on one line; empty for None."""
    match held:
        case None:
            return ""
        case bool():
            return say.texts("own.yes" if held else "own.no")
        case Amount():
            return say.amount(held, label=False)
        case float() if column.kind == "percent":
            return say.texts("own.percent", value=f"{held:g}".replace(".", "," if say.texts.language == "fr" else "."))
        case _:
            return say.value("", held)


def own_value(column: Column, own: OwnValue | None, say: Wording) -> str:
    """What a contract says to ``column``, in words also where it says nothing: « non dit », « pas encore lu »."""
    if own is None:
        return say.texts("own.unread")
    return value(column, own.value, say) if own.value is not None else say.texts(f"own.{own.state}")


def state(own: OwnValue, say: Wording) -> str:
    """How far it can be relied on, and who read it: « à vérifier, lecteur intégré »."""
    if own.review != "to_review":
        return say.texts(f"state.{own.review}")
    reader = say.texts.name("own_reader", own.answer.reader)
    if own.state == "silent":
        return reader
    return f"{say.texts('state.certain' if own.certain else 'state.to_review')}, {reader}"


def cell(column: Column, held: InForce | None, say: Wording) -> str:
    """A list's cell: the value, with a question mark where nobody decided and it is not certain."""
    if held is None:
        return own_value(column, None, say)
    doubtful = held.own.state == "said" and not held.own.decided and not held.own.certain
    return own_value(column, held.own, say) + (" ?" if doubtful else "")
