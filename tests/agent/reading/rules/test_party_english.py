"""Parties of English letters, undertakings and covenants."""

import pytest

from tests.agent.reading.rules.identity import identity


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Harbor Capital Advisers\nOne Pine Street\nBoston, MA 02110\nOrtega Foods, Inc.\n14 Mill Road\n"
            "Concord, NH 03301\nDear Sirs:\nIn connection with your interest in buying Gale "
            'Holdings Corp. (the "Company"), you asked for data.\nThis letter is governed by New York law.\n'
            "Very truly yours,\nGALE HOLDINGS CORP.\nBy: /s/ Alan Reed",
            ["Gale Holdings Corp.", "Ortega Foods, Inc."],
        ),
        (
            "CONFIDENTIALITY AGREEMENT\nAs a condition of my employment with Vane Systems, Inc., its subsidiaries and "
            'affiliates (together, the "Company"), I agree to the following:\n1. I keep its information secret.\n'
            "Date: June 4, 2018 /s/ Peter M. Lowell Signature Peter M. Lowell Name of Employee",
            ["Vane Systems, Inc", "Peter M. Lowell"],
        ),
        (
            "COVENANT NOT TO COMPETE\nPARTIES: Dana R. Whitfield (EMPLOYEE) Castell Shoes, Inc., and its parent and "
            "affiliates (CASTELL)\n1. Oregon law governs this covenant and the parties agree to it.",
            ["Dana R. Whitfield", "Castell Shoes, Inc"],
        ),
    ],
)
def test_by_the_way(text: str, names: list[str]) -> None:
    assert sorted(p.name.rstrip(".") for p in identity(text).values("parties")) == sorted(n.rstrip(".") for n in names)


@pytest.mark.parametrize(
    "tail", [", including its subsidiaries", " and/or its affiliates", " or one of its groups", " d/b/a Quick"]
)
def test_a_name_ends_before_who_goes_with_it(tail: str) -> None:
    known = identity(
        f'NON-DISCLOSURE AGREEMENT\nThis Agreement is made by and between Alder Holdings Inc.{tail} ("Alder"), and '
        'Birch Tools LLC, a Delaware corporation ("Birch").'
    )
    assert [party.name for party in known.values("parties")] == ["Alder Holdings Inc.", "Birch Tools LLC"]


def test_a_cover_says_as_whom_each_one_acts() -> None:
    known = identity(
        "TRADEMARK LICENSE\ndated as of May 1, 2009\nbetween\nTEAL BRANDS, INC., as Licensor\nand\n"
        "DRAKE APPAREL LLC, as Licensee\nThe parties agree to the terms of this license."
    )
    assert [(p.name, p.role) for p in known.values("parties")] == [
        ("TEAL BRANDS, INC.", "supplier"),
        ("DRAKE APPAREL LLC", "client"),
    ]
