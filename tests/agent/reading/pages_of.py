"""Small documents for tests, written as text: `# ` and `## ` are headings, tabs make a table row, `! ` its heads."""

from __future__ import annotations

from agent.documents.pages import Document, Draft, assemble
from agent.reading.reader import Dossier
from agent.reading.structure import ContractView, view


def pages_of(text: str, *, media_type: str = "text/plain", properties: dict[str, str] | None = None) -> Document:
    """A block a line. `~ ` marks a struck line, `^ ` a running head."""
    drafts: list[Draft] = []
    heads: tuple[str, ...] = ()
    table = 0
    for line in (line.strip(" ") for line in text.strip().splitlines()):
        if line.startswith("#"):
            drafts.append(Draft("heading", line.lstrip("# "), level=line.count("#", 0, 3)))
        elif line.startswith("! "):
            heads, table = tuple(line[2:].split("\t")), table + 1
            drafts.append(Draft("table_row", line[2:], heads=heads, table=table))
        elif "\t" in line:
            drafts.append(Draft("table_row", line, heads=heads, table=table))
        elif line.startswith("~ "):
            drafts.append(Draft("paragraph", line[2:], struck=True))
        elif line.startswith("^ "):
            drafts.append(Draft("header", line[2:]))
        else:
            heads, table = (), table + bool(heads)
            drafts.append(Draft("paragraph", line))
    return assemble("contrat.txt", text.encode(), media_type, drafts, properties=properties)


def dossier(*texts: str, companies: tuple[str, ...] = ()) -> Dossier:
    return Dossier(tuple(pages_of(text) for text in texts), companies)


def laid_out(*texts: str, companies: tuple[str, ...] = ()) -> ContractView:
    return view(dossier(*texts, companies=companies))
