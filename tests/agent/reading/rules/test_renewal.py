import pytest

from tests.agent.reading.rules.contracts import clause, known, value

_TERM = "Le contrat est conclu pour une durée d'un an à compter du 1er janvier 2024. "


@pytest.mark.parametrize(
    ("phrase", "kind", "period", "count"),
    [
        ("Il est renouvelable par tacite reconduction pour des périodes d'un an.", "tacit", "P1Y", None),
        ("Il se renouvelle tacitement par périodes de douze mois, dans la limite de trois "
         "renouvellements.", "tacit", "P12M", "3"),
        ("Il est reconduit tacitement deux fois un an.", "tacit", "P1Y", "2"),
        ("Il est reconductible trois fois par période d'un an.", "tacit", "P1Y", "3"),
        ("Le marché peut être reconduit tacitement par période d'un an, sans que sa durée totale puisse excéder "
         "quatre ans.",
         "tacit", "P1Y", "3"),
        ("Il est tacitement reconduit par périodes successives d'un an pour une durée maximale de reconduction de 36 "
         "mois, "
         "la durée totale du contrat ne pouvant excéder 48 mois.", "tacit", "P1Y", "3"),
        ("À l'issue, il se poursuit d'année en année par tacite reconduction.", "tacit", "P1Y", None),
        ("Il se renouvelle par tacite reconduction pour la même durée.", "tacit", "P1Y", None),
        ("Il est ensuite renouvelé automatiquement par périodes de six mois.", "tacit", "P6M", None),
        ("Il pourra être reconduit par décision expresse de l'acheteur, deux fois, pour une durée d'un "
         "an.", "express", "P1Y", "2"),
        ("Il peut être renouvelé une fois par accord écrit des parties.", "express", None, "1"),
        ("Il est renouvelable par reconduction expresse pour une période de deux ans.", "express", "P2Y", None),
        ("Il ne pourra faire l'objet d'une tacite reconduction ; il peut être prolongé par "
         "avenant.", "express", None, None),
        ("Il n'est pas reconductible.", "none", None, None),
        ("Il ne pourra être reconduit.", "none", None, None),
        ("Toute reconduction est exclue.", "none", None, None),
        ("Le contrat prend fin sans tacite reconduction.", "none", None, None),
        ("It shall automatically renew for successive one-year terms unless either party gives "
         "notice.", "tacit", "P1Y", None),
        ("Thereafter it shall be automatically extended for additional periods of twelve (12) "
         "months.", "tacit", "P12M", None),
        ("It may be renewed for two additional terms of one year by mutual written agreement.", "express", "P1Y", "2"),
        ("This Agreement shall not be renewed.", "none", None, None),
    ],
)  # fmt: skip
def test_renewal(phrase: str, kind: str, period: str | None, count: str | None) -> None:
    found = known(clause("Article 2 - Durée et reconduction", _TERM + phrase))
    got = [found.value(f"renewal.{leaf}") for leaf in ("kind", "period", "max_count")]
    assert [None if v is None else str(v) for v in got] == [kind, period, count]


@pytest.mark.parametrize(
    "phrase",
    [
        "Le certificat est renouvelé chaque année.",
        "L'attestation d'assurance est renouvelée tacitement.",
        "Le délai d'exécution peut être prolongé par ordre de service.",
    ],
)
def test_other_things_are_renewed_too(phrase: str) -> None:
    assert value(clause("Article 5 - Assurances", phrase), "renewal.kind") is None


_TACIT = "Il se renouvelle par tacite reconduction par périodes d'un an"


@pytest.mark.parametrize(
    ("phrase", "notice"),
    [
        (f"{_TACIT}, sauf dénonciation par lettre recommandée trois mois avant l'échéance.", "P3M"),
        (f"{_TACIT}, sauf dénonciation moyennant un préavis de 90 jours.", "P90D"),
        (f"{_TACIT}. La partie qui s'y oppose en avise l'autre au moins deux mois à l'avance.", "P2M"),
        (f"{_TACIT}, sauf préavis donné six (6) mois avant le terme.", "P6M"),
        (f"{_TACIT}. Chaque partie peut s'opposer à la reconduction un trimestre avant la fin de la période en "
         f"cours.", "P3M"),
        (f"{_TACIT}. L'acheteur notifie sa décision de ne pas reconduire au plus tard quatre mois avant "
         f"l'échéance.", "P4M"),
        ("Le bail se renouvelle tacitement. Le congé est donné six mois avant le terme.", "P6M"),
        ("It shall automatically renew for one-year terms unless either party gives written notice of non-renewal at "
         "least sixty (60) days prior to the end of the then-current term.", "P60D"),
        ("It renews automatically each year unless terminated by giving 30 days' notice before the expiry "
         "date.", "P30D"),
    ],
)  # fmt: skip
def test_notice(phrase: str, notice: str) -> None:
    assert value(clause("Article 2 - Durée et reconduction", _TERM + phrase), "notice_period") == notice


def test_notice_of_an_open_ended_contract() -> None:
    text = "Le contrat est à durée indéterminée. Chaque partie peut y mettre fin avec un préavis de deux mois."
    assert value(clause("Article 2 - Durée", text), "notice_period") == "P2M"


def test_notice_is_ours_where_it_differs_by_party() -> None:
    before = "Entre Dupont SA, ci-après « le Client », et Martin SARL, ci-après « le Prestataire »,"
    told = "La dénonciation intervient deux mois avant l'échéance par le Client, six mois par le Prestataire."
    text = f"{_TERM}{_TACIT}. {told}"
    told = clause("Article 2 - Durée", text, before=before)
    assert value(told, "notice_period", companies=("Dupont SA",)) == "P2M"
    assert value(told, "notice_period", companies=("Martin SARL",)) == "P6M"


@pytest.mark.parametrize(
    "phrase",
    [
        "Il peut être reconduit expressément, la décision étant notifiée trois mois avant l'échéance.",
        "Il n'est pas renouvelable. En cas de faute, la résiliation intervient un mois après une mise en demeure.",
    ],
)
def test_no_notice_without_tacit_renewal(phrase: str) -> None:
    assert value(clause("Article 2 - Durée", _TERM + phrase), "notice_period") is None


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("This Agreement shall continue until terminated by either party on sixty days' notice.", None),
        ("Unless sooner terminated, this Agreement will continue in full force beginning on the Effective Date and "
         "ending two (2) years thereafter.", None),
        ("The initial term is one year; thereafter it shall automatically continue until terminated by either party.",
         "tacit"),
        ("The Agreement shall renew for successive periods of one year if agreed by both parties in writing.",
         "express"),
        ("If Beta notifies Alpha of its intent to so renew before the end of the term, the term shall automatically be "
         "extended for two years.", "express"),
    ],
)  # fmt: skip
def test_what_goes_on_without_a_term_is_not_renewed(phrase: str, kind: str | None) -> None:
    opening = "This Supply Agreement is made as of May 2, 2019 by and between Alpha Inc. and Beta LLC."
    assert value(clause("Article 2 - Term", phrase, before=opening), "renewal.kind") == kind
