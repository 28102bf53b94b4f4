"""Packages of XML parts (DOCX, ODT): parts unpacked within bounds, relations between them."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from agent.documents.errors import UnreadableDocument

MAX_PART_BYTES = 100_000_000
"""Of one part unpacked; the text of the longest contracts is a fiftieth of it."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def parse(content: bytes) -> etree._Element:
    """An XML tree without entities, DTD or network. Raises etree.XMLSyntaxError."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


class Package:
    """The parts of an opened file by their names. Raises UnreadableDocument for broken or oversized ones."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._damaged() from error

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._archive.namelist())

    def part(self, part: str) -> bytes | None:
        """The bytes of a part, or None where the package has none of that name."""
        if part not in self.names:
            return None
        if self._archive.getinfo(part).flag_bits & 1:
            raise UnreadableDocument("encrypted", f"{self._name} is protected by a password; save it without it.")
        try:
            with self._archive.open(part) as stream:
                content = stream.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error) as error:
            raise self._damaged() from error
        if len(content) > MAX_PART_BYTES:
            raise UnreadableDocument("too_large", f"{self._name} unpacks to more than a contract can hold; split it.")
        return content

    def tree(self, part: str) -> etree._Element | None:
        """The XML of a part, or None where there is no such part."""
        content = self.part(part)
        if content is None:
            return None
        try:
            return parse(content)
        except etree.XMLSyntaxError as error:
            raise self._damaged() from error

    def required(self, part: str) -> etree._Element:
        """The XML of a part without which the file is not whole."""
        tree = self.tree(part)
        if tree is None:
            raise self._damaged()
        return tree

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id to (kind, target part): the kind is the last word of its type (`header`, `image`)."""
        folder, base = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        if tree is None:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in tree.iter(_RELATIONS)
            if relation.get("TargetMode") != "External"
        }

    def _damaged(self) -> UnreadableDocument:
        return UnreadableDocument(
            "damaged",
            f"{self._name} is damaged (a part of it is missing or broken); get the file again from its source.",
        )
