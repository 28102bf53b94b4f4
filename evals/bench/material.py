"""Contracts for measuring speed: any length, every one different, the same for the same seed.

They have the parts that cost a reader time (dates, amounts, formulas, obligations, references to articles) in about the
density of a French services contract. They measure time and memory only; nothing is scored on them.
"""

from __future__ import annotations

import io
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

CHARACTERS_PER_PAGE = 3000
"""A page of A4 in 10 points."""


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("evals.bench").joinpath("clauses.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class GeneratedContract:
    """Title, then paragraphs; a heading is a paragraph that begins with `Article`."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join((self.title, *self.paragraphs)) + "\n"

    @property
    def pdf(self) -> bytes:
        """The contract as a PDF with a text layer."""
        styles = getSampleStyleSheet()
        flow: list[Any] = [Paragraph(escape(self.title), styles["Title"])]
        for paragraph in self.paragraphs:
            style = styles["Heading3" if paragraph.startswith("Article") else "BodyText"]
            flow += [Paragraph(escape(paragraph), style), Spacer(1, 2)]
        buffer = io.BytesIO()
        SimpleDocTemplate(buffer, pagesize=A4, invariant=1).build(flow)
        return buffer.getvalue()


def contract(pages: int, seed: int = 0) -> GeneratedContract:
    """A contract of about ``pages`` pages of text."""
    chance = random.Random(seed)  # noqa: S311
    words = _words()
    same = {"town": chance.choice(words["towns"]), "trade": chance.choice(words["trades"]).lower()}
    paragraphs = [words["parties"].format(**_values(chance), **same)]
    article = 0
    while sum(map(len, paragraphs)) < pages * CHARACTERS_PER_PAGE:
        clause = words["articles"][article % len(words["articles"])]
        article += 1
        paragraphs.append(f"Article {article} – {clause['heading']}")
        paragraphs += [sentence.format(**_values(chance), **same) for sentence in clause["sentences"]]
    paragraphs.append(f"Fait à {same['town']}, le {_date(chance)}, en deux exemplaires.")
    return GeneratedContract(f"Contrat de {same['trade']} n° {seed:04d}-{chance.randrange(1000)}", tuple(paragraphs))


def _values(chance: random.Random) -> dict[str, object]:
    words = _words()
    amount = chance.randrange(12, 900) * 1200
    return {
        "siren": chance.randrange(10**8, 10**9),
        "company": f"{chance.choice(words['trades'])} {chance.choice(words['towns'])} SARL",
        "date": _date(chance),
        "number": chance.randrange(2, 90),
        "article": chance.randrange(1, 20),
        "annex": chance.randrange(1, 5),
        "years": chance.randrange(1, 6),
        "long": chance.randrange(6, 10),
        "months": chance.randrange(2, 7),
        "days": chance.choice((8, 15, 30, 45, 60)),
        "day": chance.randrange(1, 28),
        "percent": f"{chance.randrange(1, 5)},{chance.randrange(10)}",
        "amount": _money(amount),
        "incl": _money(amount * 6 // 5),
        "month": _money(amount // 12),
        "hour": f"{chance.randrange(25, 90)},50",
        "cap": f"{chance.randrange(1, 9)} 000 000",
    }


def _date(chance: random.Random) -> str:
    return f"{chance.randrange(1, 28)} {chance.choice(_words()['months'])} {chance.randrange(2018, 2027)}"


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", " ") + ",00"


def folder(into: Path, count: int, pages: int = 10) -> None:
    """Writes ``count`` different contracts: two of three as PDF, the third as text."""
    into.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        made = contract(pages, seed)
        if seed % 3:
            (into / f"contrat-{seed:04d}.pdf").write_bytes(made.pdf)
        else:
            (into / f"contrat-{seed:04d}.txt").write_text(made.text, encoding="utf-8")
