"""A mail is read with the contract that it carries; several contracts in one mail are several."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from agent.documents.errors import UnreadableDocument
from agent.dossiers import open_file
from tests.road import contract_text


def _mail(*attachments: tuple[str, bytes], body: str = "Bonjour, voici le contrat signé. Cordialement.") -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Contrat signé"
    mail["From"] = "achats@acme.example"
    mail["To"] = "archives@acme.example"
    mail.set_content(body)
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def test_a_file_alone_is_one_contract() -> None:
    (bundle,) = open_file("contrat.txt", contract_text(1).encode()).bundles
    assert bundle.stem == "contrat"
    assert [part.role for part in bundle.parts] == ["main"]


def test_a_mail_and_its_contract_are_read_together() -> None:
    content = _mail(("net.txt", contract_text(1).encode()), ("plan.txt", b"Plan des locaux : 3 niveaux."))
    (bundle,) = open_file("reçu.eml", content).bundles
    assert [(part.role, part.document.name) for part in bundle.parts] == [
        ("cover", "reçu.eml"),
        ("main", "net.txt"),
        ("attachment", "plan.txt"),
    ]
    assert bundle.stem == "reçu"
    assert "voici le contrat" in bundle.dossier().documents[0].text


def test_two_contracts_in_one_mail_are_two_that_share_the_mail() -> None:
    content = _mail(("un.txt", contract_text(1).encode()), ("deux.txt", contract_text(2).encode()))
    bundles = open_file("lot.eml", content).bundles
    assert [bundle.stem for bundle in bundles] == ["un", "deux"]
    assert all(bundle.parts[0].role == "cover" for bundle in bundles)


def test_an_unreadable_attachment_is_told_and_takes_nothing_along() -> None:
    opened = open_file("reçu.eml", _mail(("net.txt", contract_text(1).encode()), ("vide.pdf", b"")))
    assert len(opened.bundles) == 1
    assert [unread.reason for unread in opened.unread] == ["empty"]
    assert "vide.pdf" in opened.unread[0].message


@pytest.mark.parametrize("depth", [10, 40])
def test_mails_in_mails_are_followed_as_deep_as_is_sane(depth: int) -> None:
    mail = message_from_bytes(_mail(("net.txt", contract_text(7).encode())), policy=policy.default)
    for level in range(depth):
        outer = EmailMessage()
        outer["Subject"] = f"TR: niveau {level}"
        outer.set_content("Pour suite à donner.")
        outer.add_attachment(mail)
        mail = outer
    opened = open_file("suite.eml", mail.as_bytes())
    if depth <= 10:
        assert opened.bundles[0].main.name == "net.txt"
    else:
        assert any(unread.reason == "too_large" for unread in opened.unread)


def test_a_given_file_that_cannot_be_read_raises() -> None:
    with pytest.raises(UnreadableDocument):
        open_file("vide.pdf", b"")
