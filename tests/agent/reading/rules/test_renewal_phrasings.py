"""Renewals and notices in the words of many drafters."""

import pytest

from tests.agent.reading.rules.contracts import clause, known, value

_TERM = "Le contrat est conclu pour une durée d'un an à compter du 1er janvier 2024. "


@pytest.mark.parametrize(
    ("phrase", "kind", "period", "count"),
    [
        ("À défaut de dénonciation, il repart pour un an, trois fois au plus.", "tacit", "P1Y", "3"),
        ("Sauf dénonciation deux mois avant le terme, il est reconduit pour un an, et ainsi de suite.",
         "tacit", "P1Y", None),
        ("Faute de congé, le bail se poursuit par tacite reconduction.", "tacit", None, None),
        ("Reconduction : tacite, par période d'un an, trois fois maximum", "tacit", "P1Y", "3"),
        ("Nombre de reconductions : 3\nReconduction tacite par période de 12 mois.", "tacit", "P12M", "3"),
        ("Reconductible tacitement 3 fois 1 an.", "tacit", "P1Y", "3"),
        ("Il est reconduit tacitement jusqu'à son terme, par périodes d'un an, le nombre de reconductions étant fixé "
         "à trois.", "tacit", "P1Y", "3"),
        ("Il peut être reconduit par périodes successives d'un an pour une durée maximale de reconduction de trois "
         "ans. La reconduction est considérée comme acceptée si aucune décision écrite contraire n'est prise.",
         "tacit", "P1Y", "3"),
        ("Il est reconductible tacitement par période d'un an sans que la durée globale ne puisse excéder 4 ans.",
         "tacit", "P1Y", "3"),
        ("Il est reconduit tacitement par période d'un an, la durée totale du marché, reconductions comprises, ne "
         "dépassant pas quatre ans.", "tacit", "P1Y", "3"),
        ("Il se reconduit tacitement d'année en année, dans la limite de quatre ans au total.", "tacit", "P1Y", "3"),
        ("Il se reconduit tacitement d'année en année, avec une durée maximale de quatre ans.", "tacit", "P1Y", "3"),
        ("Il se reconduit tacitement par périodes d'un an et ne pourra se prolonger au-delà du 31 décembre 2027.",
         "tacit", "P1Y", "3"),
        ("Il se reconduit tacitement par périodes d'un an, la dernière s'achevant le 31 décembre 2027.",
         "tacit", "P1Y", "3"),
        ("La durée totale, toutes reconductions confondues, est de quatre ans. Il est reconduit tacitement chaque "
         "année.", "tacit", "P1Y", "3"),
        ("Il est renouvelé par tacite reconduction une seule fois, pour la même durée.", "tacit", "P1Y", "1"),
        ("Il est tacitement reconductible deux (2) fois, chaque fois pour un an.", "tacit", "P1Y", "2"),
        ("Il est renouvelable par tacite reconduction pour au maximum deux nouvelles périodes de douze mois.",
         "tacit", "P12M", "2"),
        ("Il sera prorogé de plein droit par périodes d'un an.", "tacit", "P1Y", None),
        ("Si personne ne dit rien, il continue un an de plus.", "tacit", "P1Y", None),
        ("Il se renouvelle ensuite de lui-même par périodes de six mois.", "tacit", "P6M", None),
        ("Il est renouvelable annuellement par tacite reconduction.", "tacit", "P1Y", None),
        ("Les reconductions sont tacites, par périodes d'un an.", "tacit", "P1Y", None),
        ("Le titulaire ne peut refuser la reconduction.", "tacit", None, None),
        ("Tacite reconduction annuelle.", "tacit", "P1Y", None),
        ("Tacite reconduction : oui, par période de 12 mois", "tacit", "P12M", None),
        ("Renouvellement : automatique pour un an", "tacit", "P1Y", None),
        ("Le renouvellement s'opère sans formalité pour des périodes d'un an, à moins que l'une des parties ne "
         "s'y oppose.", "tacit", "P1Y", None),
        ("À l'expiration de cette période, l'abonnement est renouvelé pour une durée égale, sauf avis contraire.",
         "tacit", "P1Y", None),
        ("Reconduction expresse : 2 fois 12 mois", "express", "P12M", "2"),
        ("Il peut être reconduit deux fois un an par décision expresse du pouvoir adjudicateur.",
         "express", "P1Y", "2"),
        ("L'acheteur peut le reconduire, par décision écrite, pour une période d'un an, deux fois au plus.",
         "express", "P1Y", "2"),
        ("L'acheteur dispose de la faculté de le prolonger de deux ans, une fois, par lettre recommandée.",
         "express", "P2Y", "1"),
        ("Toute prolongation fait l'objet d'un avenant.", "express", None, None),
        ("Il ne peut être renouvelé que par accord exprès et écrit des parties.", "express", None, None),
        ("Son renouvellement est subordonné à l'accord écrit des deux parties.", "express", None, None),
        ("Une prolongation de deux ans, une seule, peut être décidée par écrit.", "express", "P2Y", "1"),
        ("Le renouvellement, pour une durée de trois ans, requiert la signature d'un avenant.", "express", "P3Y", None),
        ("À son terme, les parties se rapprochent pour convenir d'un éventuel renouvellement par écrit.",
         "express", None, None),
        ("Il n'est pas renouvelable.", "none", None, None),
        ("Il prend fin sans possibilité de reconduction.", "none", None, None),
        ("Reconduction : sans objet", "none", None, None),
        ("Le marché n'est pas reconductible.", "none", None, None),
        ("Aucune reconduction n'est prévue.", "none", None, None),
        ("Il n'est pas prévu de reconduction.", "none", None, None),
        ("Il cesse de plein droit à cette date, sans se renouveler.", "none", None, None),
        ("Il ne comporte aucune clause de renouvellement et ne peut être prolongé.", "none", None, None),
        ("Le contrat ne se renouvelle pas.", "none", None, None),
        ("It renews for further periods of twelve months unless notice is given.", "tacit", "P12M", None),
        ("It rolls over for successive one (1) year terms.", "tacit", "P1Y", None),
        ("On expiry it will continue for further one-year periods unless either party objects.", "tacit", "P1Y", None),
        ("The Customer may extend the Term by two further periods of one year each by written notice.",
         "express", "P1Y", "2"),
        ("The Buyer has an option to extend for one further period of 12 months.", "express", "P12M", "1"),
        ("The parties may agree in writing to extend the Term.", "express", None, None),
        ("Any extension requires a written agreement signed by both parties.", "express", None, None),
        ("There is no right of renewal.", "none", None, None),
        ("It shall expire without renewal.", "none", None, None),
    ],
)  # fmt: skip
def test_renewal_told_otherwise(phrase: str, kind: str, period: str | None, count: str | None) -> None:
    found = known(clause("Article 2 - Durée", _TERM + phrase))
    got = [found.value(f"renewal.{leaf}") for leaf in ("kind", "period", "max_count")]
    assert [None if v is None else str(v) for v in got] == [kind, period, count]


_TACIT = "Il se renouvelle par tacite reconduction par périodes d'un an"


@pytest.mark.parametrize(
    ("phrase", "notice"),
    [
        (f"{_TACIT}. Si le client veut arrêter, il le dit quatre mois avant la fin.", "P4M"),
        (f"{_TACIT}, faute d'un congé délivré au moins six mois avant le terme.", "P6M"),
        (f"{_TACIT}. Délai de préavis : 3 mois", "P3M"),
        (f"{_TACIT}.\nPréavis de non-reconduction\t3 mois", "P3M"),
        (f"{_TACIT}. La dénonciation doit parvenir à l'autre partie 90 jours au moins avant l'échéance.", "P90D"),
        (f"{_TACIT}, sous réserve d'un préavis de trois mois.", "P3M"),
        (f"{_TACIT}, sauf volonté contraire exprimée trois mois avant le terme.", "P3M"),
        (f"{_TACIT}, sauf si l'une des parties fait connaître, trois mois à l'avance, son intention d'y mettre fin.",
         "P3M"),
        (f"{_TACIT}. Chacune des parties peut renoncer à la reconduction en prévenant l'autre trois mois avant.",
         "P3M"),
        (f"{_TACIT}. La non-reconduction est signifiée au titulaire dans un délai de trois mois avant la fin de la "
         "période.", "P3M"),
        (f"{_TACIT}. Le pouvoir adjudicateur se prononce par écrit au moins 3 mois avant la fin de la durée de "
         "validité de l'accord-cadre, faute de quoi celui-ci est reconduit.", "P3M"),
        (f"{_TACIT}. Il peut être résilié à chaque échéance annuelle moyennant un préavis de deux mois.", "P2M"),
        (f"{_TACIT}, à moins d'une lettre recommandée reçue deux mois au moins avant l'expiration.", "P2M"),
        (f"{_TACIT}. L'opposition est formée dans les deux mois qui précèdent le terme.", "P2M"),
        (f"{_TACIT}. L'assuré peut résilier à l'échéance principale avec préavis de deux mois.", "P2M"),
        (f"{_TACIT}, sauf refus notifié dans un délai minimum de 60 jours précédant la date d'échéance.", "P60D"),
        ("It renews for one-year periods unless a party gives the other three months' notice.", "P3M"),
        ("It renews automatically. Notice not to renew must be served no later than 90 days before expiry.", "P90D"),
        ("It renews automatically unless either party objects in writing not less than two months prior to expiry.",
         "P2M"),
        ("It is automatically renewed save where a party has informed the other, three months beforehand, that it "
         "does not wish to renew.", "P3M"),
    ],
)  # fmt: skip
def test_notice_told_otherwise(phrase: str, notice: str) -> None:
    assert value(clause("Article 2 - Durée", _TERM + phrase), "notice_period") == notice


@pytest.mark.parametrize(
    ("phrase", "notice"),
    [
        ("Conclu sans limitation de durée, il peut être rompu par chacun moyennant un préavis de trois mois.", "P3M"),
        ("Le contrat est à durée indéterminée ; chacun peut s'en dégager en prévenant trois mois à l'avance.", "P3M"),
        ("Durée indéterminée. Préavis : 3 mois.", "P3M"),
        ("This Agreement continues until terminated by either party on three months' written notice.", "P3M"),
        ("It has no fixed term; either party may end it on 90 days' notice.", "P90D"),
        ("La coopérative peut y mettre fin à tout moment en prévenant trois mois à l'avance.", "P3M"),
    ],
)
def test_notice_of_open_ended_contracts_told_otherwise(phrase: str, notice: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "notice_period") == notice


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Au-delà, l'acheteur peut prolonger le contrat de deux années au maximum, prises une par une, par une "
         "décision expresse.", ("express", "P1Y", "2")),
        ("Il ne se reconduit pas.", ("none", None, None)),
        ("It does not roll over: a further period of three years, once only, needs a new letter signed by both.",
         ("express", "P3Y", "1")),
    ],
)  # fmt: skip
def test_extensions_that_somebody_must_decide(phrase: str, told: tuple[str | None, ...]) -> None:
    found = known(clause("Article 2 - Durée", "Le contrat dure un an.\n" + phrase))
    read = [found.value(f) for f in ("renewal.kind", "renewal.period", "renewal.max_count")]
    assert tuple(None if one is None else str(one) for one in read) == told


@pytest.mark.parametrize(
    "phrase",
    [
        "The Supplier may change the applicable charges at the end of the term upon 30 days prior notice.",
        "Either party may terminate this Agreement for convenience upon sixty (60) days' prior written notice.",
        "The Indemnifying Party notifies the claim within five days of its notice of renewal of the claim.",
    ],
)
def test_notices_of_other_things(phrase: str) -> None:
    assert value(clause("2. Term", "The term is three years.\n" + phrase), "notice_period") is None


def test_the_length_of_the_term_is_no_renewal() -> None:
    told = "This Agreement shall continue for three years. It may be extended by written agreement."
    assert value(clause("2. Term", told), "renewal.period") is None
