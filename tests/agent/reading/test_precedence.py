import pytest

from agent.reading.structure import CUSTOM
from tests.agent.reading.pages_of import laid_out


def before(text: str, higher: str, lower: str) -> bool:
    order = laid_out(f"Contrat\n# Article 2 – Pièces\n{text}").precedence
    assert sorted(order) == sorted(CUSTOM)
    return order.index(higher) < order.index(lower)  # type: ignore[arg-type]


def test_custom_where_the_contract_is_silent() -> None:
    assert laid_out("Contrat de nettoyage").precedence == CUSTOM


@pytest.mark.parametrize(
    ("text", "higher", "lower"),
    [
        ("Les conditions générales prévalent sur les conditions particulières.", "general", "particular"),
        ("En cas de contradiction, l'annexe l'emporte sur le présent contrat.", "annex", "body"),
        ("Le bon de commande passe devant les CGS, les CGS devant l'annexe DPA.", "particular", "general"),
        ("In case of conflict, the Schedules shall prevail over the clauses of this Agreement.", "annex", "body"),
        ("Where the clauses and the Schedules collide, the clauses win.", "body", "annex"),
        ("Par ordre de priorité : les annexes, les conditions particulières, les générales.", "annex", "particular"),
        ("La prime figure aux conditions générales, non aux conditions particulières.", "particular", "general"),
        ("L'acte d'engagement et les conditions particulières prévalent sur les conventions spéciales, et "
         "celles-ci sur les "
         "conditions générales de l'assureur.", "annex", "general"),
    ],
)  # fmt: skip
def test_the_contracts_own_order(text: str, higher: str, lower: str) -> None:
    assert before(text, higher, lower)


def test_parts_by_the_contracts_own_labels() -> None:
    view = laid_out(
        "# Contrat\nLa partie I l'emporte sur la partie III, et celle-ci sur la partie II.\n"
        "# PARTIE I – CONDITIONS PARTICULIÈRES\nUn an.\n# PARTIE II – CONDITIONS GÉNÉRALES\nDeux ans.\n# PARTIE "
        "III – ANNEXES\nTrois ans."
    )
    order = view.precedence
    assert order.index("particular") < order.index("annex") < order.index("general")
    assert [view.rank(s) for s in view.sentences if s.text.endswith("ans.")] == sorted(
        [view.rank(s) for s in view.sentences if s.text.endswith("ans.")], reverse=True
    )
