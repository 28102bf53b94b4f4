"""The register's end state does not depend on the order in which contracts came."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.register.identities import Identity, partition
from portfolio.register.store import Register
from tests.portfolio.builders import LIMPIDEA, US, contract, party, site

DRAFTS = [
    contract("base.pdf", title="Contrat de bionettoyage", reference="CVO-2023-041", signature_date="2023-05-26"),
    contract("av1.pdf", title="Avenant n° 1", reference="CVO-2023-041/AV1", amends="CVO-2023-041",
             parties=[US, LIMPIDEA], signature_date="2025-01-01", sites=[site("ETAMPES", "91150", "HOPITAL")]),
    contract("av2.pdf", title="Avenant n° 2", amends="CVO-2023-041/AV1", signature_date="2026-01-01"),
    contract("m1.pdf", title="Contrat de maintenance", parties=[US, party("Ascenseurs Santini")]),
    contract("m2.pdf", title="Contrat de maintenance", parties=[party("Clinique du Val d'Orge"),
             party("SANTINI ASCENSEURS (anciennement Ascenseurs Santini)")]),
    contract("mav.pdf", title="Avenant au contrat de maintenance",
             parties=[US, party("Ascenseurs Santinl", "317526580")]),
    contract("n.pdf", title="Contrat cadre", parties=[US, party("NETISOL PROPRETE")],
             sites=[site("Étampes", "91150", "Hôpital")]),
]  # fmt: skip


def _state(register: Register) -> Any:
    contracts = [
        (c.id, c.kind, c.link, c.amendments, c.parties, c.sites, c.perspective, c.documents, [s.fact for s in c.facts])
        for c in register.all_contracts()
    ]
    return (
        contracts,
        register.counterparties(),
        register.sites(),
        [(line.path, line.outcome) for line in register.ledger()],
    )


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with Register.open(tmp_path_factory.mktemp("straight")) as register:
        for draft in DRAFTS:
            register.save(draft, "rules")
        return _state(register)


@settings(max_examples=10, deadline=None)
@given(order=st.permutations(range(len(DRAFTS))), again=st.integers(0, len(DRAFTS) - 1))
def test_any_order_ends_in_the_same_register(empty_sqlite: Path, straight: Any, order: list[int], again: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(empty_sqlite, folder)
        with Register.open(Path(folder)) as register:
            # one contract is first read wrong, then right
            path = DRAFTS[again].documents[0].path
            wrong = contract(path, title="Avenant 7", parties=[US, LIMPIDEA], reference="X-1")
            register.save(wrong, "rules")
            for number in order:
                register.save(DRAFTS[number], "rules")
            assert _state(register) == straight


_NAMES = st.sampled_from(
    ["Imagerie des Belles-Croix", "IMAGERIE DES BELLES CROIX SAS", "Imagerie des Beiles-Croix",
     "Imagerie de Belles-Croix", "Imageries des Belles-Croix", "Dupont", "Dupont SARL"]
)  # fmt: skip
_PARTIES = st.builds(
    lambda name, number: Identity.of(name, number),
    _NAMES,
    st.sampled_from([None, "317526580", "807784681", "449777747"]),
)


@given(identities=st.lists(_PARTIES, min_size=1, max_size=8, unique=True), seed=st.randoms())
def test_companies_depend_on_the_set_of_names_alone_and_never_mix_numbers(
    identities: list[Identity], seed: Any
) -> None:
    groups = partition(identities, [], [])
    shuffled = list(identities)
    seed.shuffle(shuffled)
    assert partition(shuffled, [], []) == groups
    by_id = {i.id: i for i in identities}
    for group in groups:
        assert len({by_id[m].number for m in group} - {None}) <= 1
    numbers = [{by_id[m].number for m in group} - {None} for group in groups]
    flat = [n for group in numbers for n in group]
    assert len(flat) == len(set(flat))
