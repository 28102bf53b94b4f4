"""Mails: their own text is evidence, their files are documents."""

from email import message_from_bytes
from email.message import EmailMessage

from agent.documents.pages import Document
from agent.documents.read import read


def _mail(text: str = "Le contrat prend effet le 1er mai 2025.", subject: str = "Contrat signé") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Hélène Carrère <h.carrere@ville.example>"
    mail["To"] = "fournisseur@exemple.example"
    mail["Subject"] = subject
    mail["Date"] = "Fri, 19 Dec 2025 10:42:00 +0100"
    if text:
        mail.set_content(text)
    return mail


def _read(mail: EmailMessage) -> Document:
    return read("courriel.eml", mail.as_bytes())


def test_headers_and_body_are_blocks_and_files_attachments():
    mail = _mail()
    mail.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="Marché n° 3.pdf")
    document = _read(mail)
    assert [block.text for block in document.blocks] == [
        "Subject: Contrat signé",
        "From: Hélène Carrère <h.carrere@ville.example>",
        "To: fournisseur@exemple.example",
        "Date: Fri, 19 Dec 2025 10:42:00 +0100",
        "Le contrat prend effet le 1er mai 2025.",
    ]
    assert document.properties["date"] == "2025-12-19T10:42:00+01:00"
    assert document.properties["subject"] == "Contrat signé"
    assert [(file.name, file.content) for file in document.attachments] == [("Marché n° 3.pdf", b"%PDF-1.7 x")]


def test_html_is_read_where_the_plain_text_is_missing_or_a_stub():
    html = "<p>Le contrat prend effet le 1er mai 2025, après réception du dépôt de garantie.</p>"
    only = _mail(text="")
    only.set_content(html, subtype="html")
    stub = _mail("Voir HTML")
    stub.add_alternative(html, subtype="html")
    both = _mail("Le contrat prend effet le 1er mai 2025, après réception.")
    both.add_alternative(html, subtype="html")
    assert "dépôt de garantie" in _read(only).text
    assert "dépôt de garantie" in _read(stub).text
    assert _read(both).text.count("1er mai 2025") == 1


def test_logos_are_left_out_and_scanned_pages_kept():
    mail = _mail(text="")
    mail.set_content('<p>Bonjour, voici le contrat.</p><img src="cid:logo">', subtype="html")
    mail.add_related(bytes(2_000), maintype="image", subtype="png", cid="<logo>", filename="image001.png")
    mail.add_attachment(bytes(2_000), maintype="image", subtype="png", filename="page1.png")
    assert [file.name for file in _read(mail).attachments] == ["page1.png"]


def test_quoted_answers_are_kept():
    text = "D'accord pour trois ans.\n\nLe 3 mai, M. X a écrit :\n> Durée proposée : trois ans ?"
    assert "Durée proposée : trois ans ?" in _read(_mail(text)).text


def test_mails_in_mails_come_out_one_at_a_time():
    mail = _mail("Le plus profond.", subject="Niveau 0")
    for level in range(1, 11):
        outer = _mail(f"Transfert {level}.", subject=f"Niveau {level}")
        outer.add_attachment(mail)
        mail = outer
    document = _read(mail)
    for level in range(10, 0, -1):
        assert f"Transfert {level}." in document.text
        assert [file.name for file in document.attachments] == [f"Niveau {level - 1}.eml"]
        document = read(document.attachments[0].name, document.attachments[0].content)
    assert "Le plus profond." in document.text
    assert not document.attachments


def test_files_of_one_name_without_name_or_with_a_path():
    mail = _mail()
    for name in ("a.txt", "a.txt", "../../etc/a.pdf"):
        mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename=name)
    mail.add_attachment(b"x", maintype="application", subtype="pdf")
    assert [file.name for file in _read(mail).attachments] == ["a.txt", "a-2.txt", "a.pdf", "attachment.pdf"]


def test_what_is_no_document_is_left_out_and_said():
    mail = _mail()
    mail.add_attachment(b"x" * 9, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    mail.add_attachment(b"x" * 9, maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    document = _read(mail)
    assert not document.attachments
    assert len(document.warnings) == 1
    assert "winmail.dat" in document.warnings[0]


def test_broken_headers_and_charsets():
    raw = (
        b"From: =?x-unknown?Q?H=E9l=E8ne?= <h@x.example>\r\nSubject: R\xe9siliation =?utf-8?B?broken\r\n"
        b"Date: hier\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n"
        b"Pr\xe9avis : six mois.\r\n"
    )
    document = read("a.eml", raw)
    assert document.blocks[-1].text == "Préavis : six mois."
    assert "Hélène" in document.properties["from"]
    assert "Résiliation" in document.properties["subject"]
    assert "date" not in document.properties


def test_a_mail_that_only_carries_files_is_read():
    mail = message_from_bytes(
        b"From: a@x.example\nMIME-Version: 1.0\nContent-Type: application/pdf; name=a.pdf\n"
        b"Content-Disposition: attachment\n\n%PDF-1.7"
    )
    assert [file.name for file in read("a.eml", mail.as_bytes()).attachments] == ["a.pdf"]
