"""The words of a relance, in the supplier's language."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.delivery.addresses import inert, one_line
from portfolio.delivery.letters import Letter
from portfolio.delivery.relances.records import Ask, Relance
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

UNKNOWN = "?"


def letter(relance: Relance, us: Sequence[str], reply_to: str | None = None) -> Letter:
    """The mail as it goes out next. ``us``: our own company's names, the first of which signs it."""
    contact = relance.contact
    say = Wording(Texts(contact.language if contact else "fr"))
    texts = say.texts
    who = inert(us[0], 150) if us else "Contrathèque"
    number = relance.sent
    subject = texts("relance.subject_again", us=who, number=number) if number else texts("relance.subject", us=who)
    paragraphs = [
        texts("relance.hello"),
        texts("relance.intro"),
        "\n".join(f"- {asked(ask, say)}" for ask in relance.asks),
        *([relance.note] if relance.note else []),
        texts("relance.ask"),
        f"{texts('relance.regards')}\n{who}",
    ]
    to = contact.email if contact else UNKNOWN
    name = one_line(contact.name if contact else relance.name, 100)
    return Letter(to, name, subject, "\n\n".join(paragraphs) + "\n", reply_to=reply_to)


def asked(ask: Ask, say: Wording) -> str:
    """One line: `Votre attestation de vigilance a expiré le 12/03/2026 (contrat « Nettoyage »).`"""
    values = {"document": inert(ask.what.say(say)), "date": say.date(ask.since), "contract": inert(ask.title, 150)}
    if not ask.expired:
        values["document"] = values["document"][:1].upper() + values["document"][1:]
        return say.texts("relance.late", **values)
    known = ask.what.key.startswith("document.")
    return say.texts("relance.expired" if known else "relance.expired_named", **values)
