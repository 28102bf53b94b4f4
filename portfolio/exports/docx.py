"""A notice letter as a Word document: what has to be completed by hand is highlighted."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from portfolio.exports.cells import clean
from portfolio.exports.letter import Correspondent, NoticeLetter, shortened
from portfolio.words.values import Wording

_RIGHT = Cm(9)
"""Where the recipient's block begins, for a window envelope (NF Z 11-001)."""


def render(letter: NoticeLetter, say: Wording) -> bytes:
    """The letter's DOCX, in the language of ``say``."""
    texts = say.texts
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    style.paragraph_format.space_after = Pt(6)
    document.core_properties.title = clean(texts("letter.subject", title=letter.title))[:255]
    document.core_properties.author = ""

    def line(text: str, *, todo: bool = False, bold: bool = False, right: bool = False, gap: int = 0) -> Paragraph:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(gap)
        if right:
            paragraph.paragraph_format.left_indent = _RIGHT
        run = paragraph.add_run(clean(text))
        run.bold = bold
        if todo:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        return paragraph

    def block(who: Correspondent, unknown: str, *, right: bool) -> None:
        lines = [(who.name or unknown, who.name is None, True)]
        if right:
            lines.append((texts("letter.attention"), True, False))
        lines.append((who.address or texts("letter.address"), who.address is None, False))
        if who.registration:
            lines.append((texts("letter.number", number=who.registration), False, False))
        for text, todo, bold in lines:
            line(text, todo=todo, bold=bold, right=right).paragraph_format.space_after = Pt(0)

    block(letter.sender, texts("letter.sender"), right=False)
    line("", gap=6)
    block(letter.recipient, texts("letter.recipient"), right=True)
    place = line("", right=True, gap=18)
    place.add_run(texts("letter.place")).font.highlight_color = WD_COLOR_INDEX.YELLOW
    place.add_run(texts("letter.day", day=say.date(letter.written_on)))
    line(texts("letter.registered"), bold=True, gap=12)
    key = "letter.subject_reference" if letter.reference else "letter.subject"
    line(texts(key, title=letter.title, reference=letter.reference), bold=True)
    line(texts("letter.greeting"), gap=12)
    for said in letter.paragraphs:
        line(said.say(say))
    clause = letter.clause
    if clause is not None:
        key = "letter.clause_article" if clause.article else "letter.clause"
        line(texts(key, article=clause.article))
        quoted = line(texts("letter.quote", text=shortened(clause.quote, say)))
        quoted.paragraph_format.left_indent = Cm(1)
        quoted.runs[0].italic = True
        quoted.add_run(" " + texts("letter.source", document=clean(clause.document), page=clause.page))
    line(texts("letter.confirm"))
    line(texts("letter.regards"))
    if letter.sender.name:
        line(texts("letter.for_company", name=letter.sender.name), right=True, gap=24)
    line(texts("letter.signatory"), todo=True, right=True, gap=0 if letter.sender.name else 24)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
