"""Which format a file is in, by its content; its name only decides between kinds of plain text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePath

import olefile  # type: ignore[import-untyped]

from agent.documents.encoding import decode
from agent.documents.errors import Reason, UnreadableDocument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
MSG = "application/vnd.ms-outlook"
EML = "message/rfc822"
PDF, ZIP, RTF = "application/pdf", "application/zip", "application/rtf"
HTML, TEXT, MARKDOWN, CSV = "text/html", "text/plain", "text/markdown", "text/csv"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
)
_SAVE_AS_PDF = "open it and save it as PDF or .docx"
_EXTRACT = "extract it, or pack the files as ZIP"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _EXTRACT),
    (b"Rar!\x1a\x07", "a RAR archive", _EXTRACT),
    (b"\x1f\x8b", "a gzip archive", _EXTRACT),
    (b"BZh", "a bzip2 archive", _EXTRACT),
    (b"\xfd7zXZ\x00", "an xz archive", _EXTRACT),
    (b"\x78\x9f\x3e\x22", "a winmail.dat of Outlook", "ask the sender for the mail in HTML or plain text format"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"MZ", "a program", "give the document itself"),
    (b"\x7fELF", "a program", "give the document itself"),
)
"""Signatures of formats that are not read: what it is, and what to do."""

_PACKAGES: tuple[tuple[str, str | None, str], ...] = (
    ("word/", DOCX, ""),
    ("xl/", XLSX, ""),
    ("ppt/", PPTX, ""),
    ("visio/", None, "a Visio drawing"),
    ("Index/Document.iwa", None, "a Pages, Numbers or Keynote document"),
)
_COMPOUND: tuple[tuple[str, str], ...] = (
    ("WordDocument", "a Word document of before 2007 (.doc)"),
    ("Workbook", "an Excel workbook of before 2007 (.xls)"),
    ("Book", "an Excel workbook of before 1997 (.xls)"),
    ("PowerPoint Document", "a PowerPoint presentation of before 2007 (.ppt)"),
    ("VisioDocument", "a Visio drawing"),
)
_MAIL_HEADER = re.compile(
    r"(?:from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to|sender|"
    r"thread-topic|x-[\w-]+|dkim-signature|authentication-results|arc-[\w-]+):",
    re.IGNORECASE,
)
_ANY_HEADER = re.compile(r"[!-9;-~]+:|[ \t]|>?From ")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?>(?>\s*<!--.*?-->)*)\s*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6]|center|font|"
    r"span|section|article|main|ul|ol|pre)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|(?: ?:?-{3,}:? ?\|)+\s*$|[-*] \[[ xX]\] )", re.MULTILINE)
_BY_NAME = {".md": MARKDOWN, ".markdown": MARKDOWN, ".csv": CSV, ".tsv": CSV}


def media_type(content: bytes, name: str) -> str:
    """The media type of ``content``. Raises UnreadableDocument where it is empty or in a format that is not read."""
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument("empty", f"{name} is empty; give the complete file.")
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return "image/heic"
    if head.startswith(b"PK"):
        return _package(content, name)
    if head.startswith(olefile.MAGIC):
        return _compound(content, name)
    for signature, what, remedy in _REFUSED:
        if head.startswith(signature):
            raise _refusal(name, what, remedy)
    text = decode(content)
    if text is not None and _is_mail(text):
        return EML
    if text is None or re.search(rb"%PDF-\d\.\d", content[:1024]):
        if b"%PDF-" in content[:1024]:
            return PDF
        raise _refusal(name, "in no format known here", "save it as PDF, .docx or text")
    return _text(text, name)


def _text(text: str, name: str) -> str:
    if _HTML.match(text):
        return HTML
    start = text.lstrip()[:200]
    if start.startswith(("{", "[")) and _is_json(text):
        raise _refusal(name, "a JSON data file, not a document", "use `import` for labelled records")
    if start.startswith("<?xml"):
        raise _refusal(name, "an XML data file", "save it as PDF, .docx or text")
    by_name = _BY_NAME.get(PurePath(name).suffix.lower())
    if by_name:
        return by_name
    return MARKDOWN if len(_MARKDOWN.findall(text)) > 1 else TEXT


def _is_mail(text: str) -> bool:
    """The first lines are mail headers, two of them known ones, one of these naming a sender or a transport."""
    known: set[str] = set()
    for line in text.lstrip("\r\n").splitlines()[:200]:
        if not line.strip():
            break
        if not _ANY_HEADER.match(line):
            return False
        if _MAIL_HEADER.match(line):
            known.add(line.split(":")[0].lower())
    return len(known) >= 2 and bool(known & {"from", "received", "mime-version", "message-id", "return-path", "date"})


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _package(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return package_type(archive, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument(
            "damaged", f"{name} is damaged (its packed content is incomplete); get the file again from its source."
        ) from error


def package_type(archive: zipfile.ZipFile, name: str) -> str:
    """What a ZIP package holds: a document of Word or LibreOffice, or just files. Raises UnreadableDocument for the
    office formats that are not read."""
    names = archive.namelist()
    if "[Content_Types].xml" in names or "Index/Document.iwa" in names:
        for folder, kind, what in _PACKAGES:
            if any(entry.startswith(folder) for entry in names):
                if kind is None:
                    raise _refusal(name, what, "save the contract in it as PDF")
                return kind
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
        declared = archive.read("mimetype").decode("ascii", errors="replace").strip()
        if declared.startswith(ODT):
            return ODT
        if declared.startswith("application/vnd.oasis.opendocument"):
            raise _refusal(name, "a LibreOffice file that is not a text", "save the contract in it as PDF")
        if declared == "application/epub+zip":
            raise _refusal(name, "an e-book (EPUB)", "convert it to PDF")
    return ZIP


def _compound(content: bytes, name: str) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            streams = {path[0] for path in compound.listdir(streams=True, storages=True)}
    except Exception as error:  # olefile raises whatever its parsing runs into
        raise UnreadableDocument(
            "damaged", f"{name} is a damaged Office or Outlook file; get it again from its source."
        ) from error
    if "__properties_version1.0" in streams:
        return MSG
    if "EncryptedPackage" in streams:
        raise UnreadableDocument(
            "encrypted", f"{name} is protected by a password; open it and save it without the password."
        )
    for stream, what in _COMPOUND:
        if stream in streams:
            raise _refusal(name, what, _SAVE_AS_PDF)
    raise _refusal(name, "an Office file of an unknown kind", _SAVE_AS_PDF)


def _refusal(name: str, what: str, remedy: str) -> UnreadableDocument:
    reason: Reason = "unknown_format"
    return UnreadableDocument(reason, f"{name} is {what}; {remedy}.")
