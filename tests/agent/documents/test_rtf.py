"""Rich text: characters, tables, boxes, notes, margins, pages."""

from agent.documents.read import read

_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fnil\fcharset2 Wingdings;}}"


def _blocks(body: str) -> list[tuple[str, str, int]]:
    document = read("contrat.rtf", (_HEAD + body + "}").encode("ascii"))
    return [(block.kind, block.text, block.page) for block in document.blocks]


def test_headings_text_notes_and_margins():
    body = r"""{\header \pard Soci\'e9t\'e9 X\par}{\footer Page 1\par}
{\pard\outlinelevel0 Article 1 \endash  Dur\'e9e\par}
\pard Le contrat dure {\strike deux} trois ans{\footnote \pard Sauf accord.\par} \'e0 {\v secret}{\deleted vieux}
1 250\~\u8364?.\par
{\listtext\pard a)\tab}Fournir l'attestation ;\par
\page Page deux\par"""
    assert _blocks(body) == [
        ("heading", "Article 1 – Durée", 1), ("paragraph", "Le contrat dure trois ans à 1 250 €.", 1),
        ("list_item", "a) Fournir l'attestation ;", 1), ("paragraph", "Page deux", 2), ("footnote", "Sauf accord.", 1),
        ("header", "Société X", 1), ("footer", "Page 1", 1),
    ]  # fmt: skip


def test_tables_and_boxes():
    body = r"""\trowd\cellx3000\cellx6000 \pard\intbl Site\cell Montant | HT\cell\row
\trowd\cellx3000\cellx6000 \pard\intbl Paris\par 75001\cell 1\'a0250,00 \'80\cell\row
\pard {\field{\*\fldinst SYMBOL 254 \\f "Wingdings"}{\fldrslt\f1}} expresse {\field
{\*\fldinst FORMCHECKBOX }{\*\formfield{\fftype1\ffres25{\*\ffname c}\ffdefres0}}{\fldrslt }} tacite\par"""
    assert [text for _, text, _ in _blocks(body)] == [
        "Site\tMontant | HT",
        "Paris 75001\t1 250,00 €",
        "☒ expresse ☐ tacite",
    ]
