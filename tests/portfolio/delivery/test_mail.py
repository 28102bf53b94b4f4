"""Mails as a real server takes them: with TLS and a password, and with nothing in them that a contract put there."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from portfolio.alerts.book import AlertBook
from portfolio.delivery.addresses import address, inert, one_line
from portfolio.delivery.daily import daily
from portfolio.delivery.digest import letter_of
from portfolio.delivery.letters import Letter, message
from portfolio.delivery.models import PersonRow
from portfolio.delivery.people import People, Person
from portfolio.delivery.sending import Later
from portfolio.delivery.settings import DeliverySettings
from portfolio.delivery.smtp import Mailer
from portfolio.errors import ContrathequeError, InvalidValue
from portfolio.register.store import Register
from tests.portfolio.delivery.conftest import Clock
from tests.portfolio.delivery.servers import LOOPBACK, MailServer, certificate

NOW = datetime(2030, 12, 1, 6, tzinfo=UTC)


def test_a_hostile_title_is_text_and_nothing_else(
    nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    People(nettoyage).put(Person("Zoé\r\nBcc: tous@example.org", "zoe@example.org", general=True, language="fr"))
    clock.set(date(2030, 12, 1))
    daily(nettoyage, settings.model_copy(update={"web_url": "https://contrats.example.org"}), clock)
    (one,) = mail.mails
    assert mail.envelopes == [("zoe@example.org",)]
    assert one["bcc"] is None and one["to"].addresses[0].addr_spec == "zoe@example.org"
    html = one.get_body(("html",)).get_content()  # type: ignore[union-attr]
    page = BeautifulSoup(html, "lxml")
    assert page.find("script") is None
    assert "<script>alert(1)</script> & http[:]//evil.example/vol" in page.get_text()
    assert [link["href"] for link in page.find_all("a")] == ["https://contrats.example.org"]
    text = one.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert not any(said.startswith("Bcc") for said in text.splitlines())
    assert "À VÉRIFIER" in text and "à vérifier" in page.get_text()


@given(st.text(), st.text(), st.text())
def test_no_text_adds_a_header_or_a_recipient(name: str, subject: str, text: str) -> None:
    made = message(Letter("a@example.org", name, subject, one_line(text)), "k", "b@example.org", NOW)
    content = made.as_bytes()
    head = content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    names = [line.partition(":")[0] for line in head if not line.startswith((" ", "\t"))]
    assert set(names) <= {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert made["to"].addresses[0].addr_spec == "a@example.org"


@pytest.mark.parametrize(
    "text",
    ["", "marie", "a@b@c", "a@b\nBcc: c@d", "a b@example.org", "é@example.org", "<a@b>", "a@-b", "a" * 300 + "@b.fr",
     "a@b.fr,c@d.fr"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        address(text)


def test_links_in_contracts_are_no_links_in_mails() -> None:
    assert inert("voir https://a.example et WWW.b.example\n\n!") == "voir https[:]//a.example et WWW[.]b.example !"


def test_starttls_and_a_password(tmp_path: Path) -> None:
    public, context = certificate(tmp_path)
    server = MailServer()
    server.start(context)
    settings = DeliverySettings(
        smtp_host=LOOPBACK, smtp_port=server.port, smtp_user="robot", smtp_password=SecretStr("geheim"), smtp_ca=public,
        mail_from="contrats@example.org", smtp_timeout=5,
    )  # fmt: skip
    try:
        mailer = Mailer(settings)
        mailer._connect()
        mailer.close()
        assert server.users == [("robot", "geheim")]
        with pytest.raises(Later, match="CERTIFICATE_VERIFY_FAILED"):
            Mailer(settings.model_copy(update={"smtp_ca": None}))._connect()
        for wrong in ("schluessel-42", "schlüssel-42"):
            with pytest.raises(Later, match=r"did not accept|beyond ASCII") as refused:
                Mailer(settings.model_copy(update={"smtp_password": SecretStr(wrong)}))._connect()
            assert refused.value.lane
            assert "ssel" not in "".join(traceback.format_exception(refused.value))
    finally:
        server.stop()


def test_secrets_are_in_no_log_and_no_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("CONTRATHEQUE_SMTP_PASSWORD", "geheim")
    monkeypatch.setenv("CONTRATHEQUE_SMTP_TIMEOUT", "pas un nombre")
    with pytest.raises(ContrathequeError, match="CONTRATHEQUE_SMTP_TIMEOUT") as wrong:
        DeliverySettings.from_environment()
    monkeypatch.delenv("CONTRATHEQUE_SMTP_TIMEOUT")
    settings = DeliverySettings(
        smtp_host=LOOPBACK, smtp_port=MailServer().port, smtp_user="robot", mail_from="a@example.org"
    )
    with pytest.raises(Later) as unreachable:
        Mailer(settings)._connect()
    said = "".join(traceback.format_exception(wrong.value) + traceback.format_exception(unreachable.value))
    assert "geheim" not in said + caplog.text + repr(settings)


def test_a_password_never_leaves_in_the_clear() -> None:
    base = DeliverySettings(smtp_host="mail.example.org", mail_from="a@example.org", smtp_user="robot", smtp_tls="none")
    with pytest.raises(ContrathequeError, match="without encryption"):
        Mailer(base)
    with pytest.raises(ContrathequeError, match="MAIL_FROM"):
        Mailer(base.model_copy(update={"mail_from": None}))


def test_a_flood_of_alerts_is_one_mail_that_shows_the_most_urgent(nettoyage: Register) -> None:
    (raised,) = AlertBook(nettoyage).run(date(2030, 12, 1)).raised
    many = [
        replace(raised, id=n, alert=replace(raised.alert, id=n, on=date(2030, 12, 2) + timedelta(days=n)))
        for n in range(1000, 0, -1)
    ]
    person = PersonRow(name="Zoé", email="zoe@example.org", language="fr")
    letter = letter_of(many, person, date(2030, 12, 1), None)
    assert letter.subject == "Échéances du 01/12/2030 : 1 000 échéances, dont 6 à traiter vite"
    days = [line[2:12] for line in letter.text.splitlines() if line.startswith("* ")]
    assert len(days) == 200 and days[:2] == ["03/12/2030", "04/12/2030"]
    assert "… et 800 autres" in letter.text and "… et 800 autres" in (letter.html or "")
