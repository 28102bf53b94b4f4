"""Workbooks and presentations (XLSX, PPTX), which sometimes hold a contract's price lists: read by `unstructured`.

It finds the several tables of one sheet, which a plain walk over its cells does not. It is an extra, because it brings
much with it and takes seconds to import; without it these files are refused with the remedy.
"""

from __future__ import annotations

import importlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

from agent.documents import web
from agent.documents.errors import UnreadableDocument
from agent.documents.pages import BlockKind, Document, Draft, PageInfo, assemble
from agent.documents.sniff import PPTX, XLSX, media_type
from agent.documents.words import lines_of

_PARTITIONS: dict[str, str] = {XLSX: "xlsx", PPTX: "pptx"}
_KINDS: dict[str, BlockKind] = {"Title": "heading", "ListItem": "list_item", "Footer": "footer", "Header": "header"}


def read(name: str, content: bytes) -> Document:
    """A workbook or presentation; its pages are sheets or slides."""
    kind = media_type(content, name)
    try:
        module = _partition(_PARTITIONS[kind])
        elements = getattr(module, f"partition_{_PARTITIONS[kind]}")(file=io.BytesIO(content), languages=[""])
    except ImportError as error:
        raise UnreadableDocument(
            "unknown_format",
            f"{name} is an Excel workbook or a PowerPoint presentation; save the contract in it as PDF, or install "
            "contratheque[office].",
        ) from error
    drafts = list(_drafts(elements))
    last = max((draft.page for draft in drafts), default=1)
    return assemble(name, content, kind, drafts, map(PageInfo, range(1, last + 1)))


@cache
def _partition(format_name: str) -> ModuleType:
    """The module of `unstructured` for a format, kept from calling home and from fetching a language model: the
    classes of words that it would tell are not asked for here."""
    os.environ.update(SCARF_NO_ANALYTICS="true", DO_NOT_TRACK="true", UNSTRUCTURED_DISABLE_NOTICE="1")
    tokenize = importlib.import_module("unstructured.nlp.tokenize")
    pipeline = importlib.import_module("spacy").blank("fr")
    pipeline.add_pipe("sentencizer")
    setattr(tokenize, "_load_spacy_model", lambda *_: pipeline)  # noqa: B010
    return importlib.import_module(f"unstructured.partition.{format_name}")


def _drafts(elements: Iterable[Any]) -> Iterator[Draft]:
    table = 0
    for element in elements:
        page = element.metadata.page_number or 1
        html = element.metadata.text_as_html
        if element.category == "Table" and html:
            table += 1
            for draft in web.drafts(html):
                yield replace(draft, page=page, table=table if draft.kind == "table_row" else 0)
        else:
            for line in lines_of(element.text):
                yield Draft(_KINDS.get(element.category, "paragraph"), line, page=page)
