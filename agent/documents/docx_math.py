"""Word's formulas (price revision is often written with them) on one line: fractions, indices, powers, brackets."""

from __future__ import annotations

import re

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PLAIN_TERM = re.compile(r"[\w.,]*")


def linear(element: etree._Element) -> str:
    """The text of a formula element."""
    name = etree.QName(element).localname
    if name == "t":
        return element.text or ""
    if name == "f":
        return f"{_term(element, 'num')}/{_term(element, 'den')}"
    if name in ("sSub", "sSup", "sSubSup"):
        power = f"^{_term(element, 'sup')}" if name != "sSub" else ""
        return f"{_part(element, 'e')}{_part(element, 'sub')}{power}"
    if name == "rad":
        return f"√({_part(element, 'e')})"
    if name == "nary":
        sign = element.find(f"{M}naryPr/{M}chr")
        return f"{sign.get(M + 'val', '∑') if sign is not None else '∑'} {_part(element, 'e')}"
    if name == "d":
        begin, end = element.find(f"{M}dPr/{M}begChr"), element.find(f"{M}dPr/{M}endChr")
        opening = begin.get(M + "val", "(") if begin is not None else "("
        closing = end.get(M + "val", ")") if end is not None else ")"
        return f"{opening}{', '.join(linear(child) for child in element.findall(M + 'e'))}{closing}"
    return "".join(linear(child) for child in element if isinstance(child.tag, str) and not name.endswith("Pr"))


def _part(element: etree._Element, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else linear(found)


def _term(element: etree._Element, name: str) -> str:
    text = _part(element, name)
    return text if _PLAIN_TERM.fullmatch(text) else f"({text})"
