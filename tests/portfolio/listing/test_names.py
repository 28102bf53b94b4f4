"""What contracts are called and where they are, in one look."""

from __future__ import annotations

from pathlib import Path

from portfolio.listing.names import named
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from tests.portfolio.builders import contract, site


def test_a_site_that_an_amendment_adds_stands_with_its_base(tmp_path: Path) -> None:
    with Register.open(tmp_path) as register:
        base = register.save(
            contract("a.pdf", title="Nettoyage", reference="NET-2024-017", sites=[site("Lyon", "69003")]), "rules"
        ).contract
        added = contract("b.pdf", title="Avenant", amends="NET-2024-017", sites=[site("Brest", "29200")])
        amendment = register.save(added, "rules").contract
        found = named(register, EVERYTHING)
        assert found[base].title == "Nettoyage"
        assert found[base].sites == ("Lyon", "Brest")
        assert found[amendment].sites == ("Brest",)
        assert set(named(register, Filters(ids=(base,)))) == {base}
