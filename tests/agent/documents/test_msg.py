"""Mails of Outlook, in a compound file written here by hand (no library writes them)."""

import struct
from datetime import UTC, datetime

from agent.documents.read import read

Folder = dict[str, "bytes | Folder"]
_SECTOR, _FREE, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE


def _chain(content: bytes, body: bytearray, table: list[int], size: int) -> int:
    """Appends content in sectors of ``size``; gives its first sector."""
    count, start = max(1, -(-len(content) // size)), len(table)
    table.extend([*range(start + 1, start + count), _END])
    body.extend(content.ljust(count * size, b"\x00"))
    return start


def compound(root: Folder) -> bytes:
    """A compound file (MS-CFB, version 3); its streams are short, so all lie in the mini stream."""
    entries: list[list[object]] = []  # name, type, child, right, start, size
    body, fat = bytearray(), list[int]()
    small, small_fat = bytearray(), list[int]()

    def place(content: bytes) -> int:
        return _chain(content, body, fat, _SECTOR)

    def add(name: str, content: "bytes | Folder", kind: int) -> int:
        number = len(entries)
        entries.append([name, kind, _FREE, _FREE, 0, 0])
        if isinstance(content, bytes):
            assert len(content) < 4096
            entries[number][4:6] = [_chain(content, small, small_fat, 64), len(content)]
            return number
        before = None
        for child, inner in content.items():
            index = add(child, inner, 2 if isinstance(inner, bytes) else 1)
            if before is None:
                entries[number][2] = index
            else:
                entries[before][3] = index
            before = index
        return number

    add("Root Entry", root, 5)
    entries[0][4:6] = [place(bytes(small)), len(small)]
    small_table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    small_start = place(small_table.ljust(-(-len(small_table) // _SECTOR) * _SECTOR, b"\xff"))
    directory = b""
    for name, kind, child, right, start, size in entries:
        raw = str(name).encode("utf-16-le") + b"\x00\x00"
        directory += raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        directory += bytes(36) + struct.pack("<IQ", start if size else _END, size)
    directory_start = place(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\x00"))
    tables = 1
    while (len(fat) + tables) * 4 > tables * _SECTOR:
        tables += 1
    first = len(fat)
    fat.extend([0xFFFFFFFD] * tables)
    body.extend(struct.pack(f"<{len(fat)}I", *fat).ljust(tables * _SECTOR, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack(
        "<IIIIIIIII", 0, tables, directory_start, 0, 4096, small_start, -(-len(small_table) // _SECTOR), _END, 0
    )
    header += struct.pack("<109I", *(range(first, first + tables)), *[_FREE] * (109 - tables))
    return header + bytes(body)


def folder(values: dict[int, "str | bytes | int | datetime"], header: int) -> Folder:
    """The streams of a message or attachment: property id to value (MS-OXMSG 2.1 to 2.4)."""
    made: Folder = {}
    table = bytearray(header)
    for pid, value in values.items():
        if isinstance(value, int):
            table += struct.pack("<HHIII", 0x0003, pid, 6, value, 0)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
            table += struct.pack("<HHIQ", 0x0040, pid, 6, ticks)
        else:
            kind = 0x001F if isinstance(value, str) else 0x0102
            raw = value.encode("utf-16-le") if isinstance(value, str) else value
            table += struct.pack("<HHIII", kind, pid, 6, len(raw) + 2, 0)
            made[f"__substg1.0_{pid:04X}{kind:04X}"] = raw
    made["__properties_version1.0"] = bytes(table)
    return made


def _mail(**more: "bytes | Folder") -> bytes:
    sent = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
    values = {
        0x0037: "Marché signé",
        0x0C1A: "Hélène Carrère",
        0x0C1F: "h@ville.example",
        0x0E04: "Fournisseur",
        0x0039: sent,
    }
    return compound(folder({**values, 0x1000: "Le marché prend effet\r\nle 1er mai 2025."}, 32) | more)


def test_headers_and_body_are_blocks():
    document = read("courriel.msg", _mail())
    assert document.media_type == "application/vnd.ms-outlook"
    assert [block.text for block in document.blocks] == [
        "Subject: Marché signé",
        "From: Hélène Carrère <h@ville.example>",
        "To: Fournisseur",
        "Date: Tue, 04 Mar 2025 09:30:00 +0000",
        "Le marché prend effet le 1er mai 2025.",
    ]
    assert document.properties == {
        "subject": "Marché signé", "from": "Hélène Carrère <h@ville.example>", "to": "Fournisseur",
        "date": "2025-03-04T09:30:00+00:00",
    }  # fmt: skip


def test_files_and_mails_in_it_are_attachments():
    contract = folder({0x3705: 1, 0x3707: "contrat.txt", 0x3701: b"Le contrat dure trois ans."}, 8)
    inner = folder({0x0037: "Mail joint", 0x1000: "Le texte du mail joint."}, 24)
    inner["__attach_version1.0_#00000000"] = folder({0x3705: 1, 0x3707: "annexe.txt", 0x3701: b"Annexe."}, 8)
    nested = folder({0x3705: 5, 0x3001: "Mail joint"}, 8) | {"__substg1.0_3701000D": inner}
    document = read(
        "courriel.msg",
        _mail(**{"__attach_version1.0_#00000000": contract, "__attach_version1.0_#00000001": nested}),
    )
    assert [attachment.name for attachment in document.attachments] == ["contrat.txt", "Mail joint.eml"]
    assert document.attachments[0].content == b"Le contrat dure trois ans."
    joined = read("Mail joint.eml", document.attachments[1].content)
    assert "Le texte du mail joint." in joined.text
    assert [(file.name, file.content) for file in joined.attachments] == [("annexe.txt", b"Annexe.")]


def test_an_html_body_is_read_where_there_is_no_other():
    html = folder({0x0037: "HTML", 0x1013: b"<p>Dur\xc3\xa9e : trois ans</p>"}, 32)
    assert read("a.msg", compound(html)).blocks[-1].text == "Durée : trois ans"
