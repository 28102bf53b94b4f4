"""A folder as it may really be: every bad file gives one clear line, and the good ones are registered all the same."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.road import SAMPLE, command, contract_text, exported


def _encrypted_pdf() -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "Contrat de maintenance")
    canvas.save()
    return target.getvalue()


def _pdf_of(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _pageless_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000055 00000 n \n"
        b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n105\n%%EOF\n"
    )


def _huge_picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    rows = zlib.compressobj(9)
    line = b"\0" * 30_001
    data = b"".join(rows.compress(line) for _ in range(30_000)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _zip(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def _mail_in_mails(depth: int) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Contrat signé"
    mail.set_content("Voici le contrat.")
    mail.add_attachment(contract_text(9).encode(), maintype="text", subtype="plain", filename="net.txt")
    for level in range(depth):
        outer = EmailMessage()
        outer["Subject"] = f"TR: niveau {level}"
        outer.set_content("Pour suite à donner.")
        outer.add_attachment(message_from_bytes(mail.as_bytes(), policy=policy.default))
        mail = outer
    return mail.as_bytes()


REFUSED: dict[str, Callable[[], bytes]] = {
    "chiffre.pdf": _encrypted_pdf,
    "tronque.pdf": lambda: (SAMPLE / "05-bail-professionnel.pdf").read_bytes()[:900],
    "vide.pdf": lambda: b"",
    "sans-page.pdf": _pageless_pdf,
    "cinq-mille-pages.pdf": lambda: _pdf_of(5_000),
    "immense.png": _huge_picture,
    "ancien.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + os.urandom(3_000),
    "bruit.pdf": lambda: os.urandom(3_000),
}


@pytest.mark.xdist_group("bad")
def test_each_bad_file_gives_one_clear_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "contrats"
    folder.mkdir()
    for name, made in REFUSED.items():
        (folder / name).write_bytes(made())
    (folder / "bombe.zip").write_bytes(_zip({"zeros.txt": b"0" * 120_000_000}))
    (folder / "evade.zip").write_bytes(_zip({"../../evade.txt": b"x", "bon.txt": contract_text(3).encode()}))
    (folder / "faux.pdf").write_bytes((SAMPLE / "02-bionettoyage.docx").read_bytes())
    (folder / "ancien-codage.txt").write_bytes(contract_text(4, "Société Générale de Propreté").encode("cp1252"))
    (folder / "mails.eml").write_bytes(_mail_in_mails(10))
    (folder / "disparu.txt").symlink_to(folder / "nulle-part.txt")

    done = command(tmp_path / "home", "ingest", str(folder), "--vectors", "later")

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    refused = [line for line in done.stdout.splitlines() if line.startswith("✘")]
    for name in [*REFUSED, "zeros.txt", "evade.txt", "disparu.txt"]:
        assert sum(name in line for line in refused) == 1, f"{name}:\n{done.stdout}"
    assert all(" — " in line for line in refused), "each line says why, and what to do"
    assert len(refused) == len(REFUSED) + 3
    records = {record["document"]: record for record in exported(tmp_path / "home")}
    assert records.keys() == {"bon.txt", "faux.pdf", "ancien-codage.txt", "mails.eml"}
    assert "Société Générale de Propreté 4" in [p["name"] for p in records["ancien-codage.txt"]["parties"]]


def test_a_file_that_vanishes_while_others_are_read_is_told(tmp_path: Path) -> None:
    from agent.documents.discover import sources
    from agent.pipeline import Pipeline
    from portfolio.register.store import Register
    from vectorstore.passages import Passages

    (tmp_path / "un.txt").write_text(contract_text(1))
    (tmp_path / "deux.txt").write_text(contract_text(2))
    found = list(sources([tmp_path / "un.txt", tmp_path / "deux.txt"]))
    (tmp_path / "deux.txt").unlink()
    with Register.open(tmp_path / "home") as register, Passages.open(tmp_path / "home") as passages:
        outcomes = {Path(o.name).name: o for o in Pipeline(register, passages, jobs=1).ingest(found)}
    assert outcomes["un.txt"].status == "registered"
    assert (outcomes["deux.txt"].status, outcomes["deux.txt"].reason) == ("refused", "vanished")


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.documents.discover import Refusal, sources

    closed = tmp_path / "ferme"
    closed.mkdir()
    (tmp_path / "un.txt").write_text(contract_text(1))
    iterdir = Path.iterdir

    def refuse(self: Path) -> object:
        if self == closed:
            raise PermissionError(13, "Permission denied")
        return iterdir(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = list(sources([tmp_path]))
    assert [item.name for item in found if isinstance(item, Refusal) and item.reason == "not_permitted"] == [
        str(closed)
    ]
    assert len(found) == 2
