import pytest

from tests.agent.reading.rules.contracts import clause, known

_LEAVES = ("kind", "formula", "frequency", "month_day", "cap_percent")


def revision(text: str) -> dict[str, object]:
    found = known(text)
    told = {leaf: found.value(f"price_revision.{leaf}") for leaf in _LEAVES}
    told["frequency"] = str(told["frequency"]) if told["frequency"] else None
    told["indices"] = sorted(found.values("price_revision.indices"))
    return {key: value for key, value in told.items() if value not in (None, [])}


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Les prix sont révisés chaque 1er janvier selon la formule : P = P0 × (0,15 + 0,85 × S/S0), où S est "
         "l'indice Syntec.",
         {"kind": "indexed", "formula": "P = P0 × (0,15 + 0,85 × S/S0)", "frequency": "P1Y", "month_day": "01-01",
          "indices": ["Syntec"]}),
        ("Le loyer est indexé chaque année sur l'ILC publié par l'INSEE.",
         {"kind": "indexed", "frequency": "P1Y", "indices": ["ILC"]}),
        ("Les prix sont révisés annuellement par application du coefficient K = 0,20 + 0,80 × (BT50n/BT50o).",
         {"kind": "indexed", "formula": "K = 0,20 + 0,80 × (BT50n/BT50o)", "frequency": "P1Y", "indices": ["BT50"]}),
        ("Les prix sont révisés tous les trimestres selon l'indice FSD2. La hausse est plafonnée à 3 % par an.",
         {"kind": "indexed", "frequency": "P3M", "cap_percent": 3.0, "indices": ["FSD2"]}),
        ("Le prix est révisé à chaque date anniversaire du contrat d'après l'indice ICHTrev-TS, dans la limite de "
         "2,5 %.",
         {"kind": "indexed", "frequency": "P1Y", "cap_percent": 2.5, "indices": ["ICHTrev-TS"]}),
        ("Les prix sont fermes et définitifs pour toute la durée du marché.", {"kind": "fixed"}),
        ("Les prix sont fermes et non révisables.", {"kind": "fixed"}),
        ("Le prestataire peut réviser librement ses tarifs à chaque échéance.", {"kind": "free"}),
        ("Les tarifs pourront être modifiés d'un commun accord.", {"kind": "free"}),
        ("Fees are adjusted each January 1 in line with the Consumer Price Index, but not more than 4 percent.",
         {"kind": "indexed", "frequency": "P1Y", "month_day": "01-01", "cap_percent": 4.0, "indices": ["Consumer "
             "Price Index"]}),
        ("The prices shall remain fixed throughout the term.", {"kind": "fixed"}),
    ],
)  # fmt: skip
def test_price_revision(phrase: str, told: dict[str, object]) -> None:
    assert revision(clause("Article 5 - Révision des prix", phrase)) == told


def test_a_formula_on_a_line_of_its_own_and_broken_over_two() -> None:
    text = (
        "Les prix varient à chaque 1er septembre ainsi :\n"
        "P = P0 × (0,10 + 0,50 × IPC Alim/IPC Alim0 +\n"
        "0,40 × ICHT-I/ICHT-I0)\n"
        "L'évolution annuelle ne peut dépasser 2,5 %."
    )
    told = revision(clause("Article 5 - Révision", text))
    assert told["formula"] == "P = P0 × (0,10 + 0,50 × IPC Alim/IPC Alim0 + 0,40 × ICHT-I/ICHT-I0)"
    assert (told["cap_percent"], told["month_day"], told["indices"]) == (2.5, "09-01", ["ICHT-I", "IPC Alim"])


@pytest.mark.parametrize(
    "phrase",
    [
        "Une pénalité P = V × R / 1000 est appliquée par jour de retard.",
        "Si la hausse dépasse 5 %, le client peut résilier.",
    ],
)
def test_what_is_no_revision(phrase: str) -> None:
    assert revision(clause("Article 5 - Pénalités", phrase)) == {}
