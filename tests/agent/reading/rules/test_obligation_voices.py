"""Whose duty it is where no name says so: letters, conditions of sale, acronyms, headings, tables, shared verbs."""

from __future__ import annotations

from datetime import date

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Candidate, Dossier
from agent.reading.reconcile import reconcile
from agent.reading.rules import obligations
from agent.reading.rules.known import Known
from agent.reading.structure import view
from portfolio.schema import Obligation, Party
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate

S, C = "Ascenseurs Brunel", "Port Autonome de Kerlouan"
SALE = (Party(name=S, role="supplier"), Party(name=C, role="client"))
A, N = "Harrow Kiln Ltd", "Otter Mill Bakeries plc"
ENGLISH = (Party(name=A, role="supplier"), Party(name=N, role="client"))
M, D = "Mutuelle du Vexin", "Imprimerie Sorel"
COVER = (Party(name=M, role="insurer"), Party(name=D, role="insured"))
L, T = "Foncière des Halles", "Librairie Ganay"
LEASE = (Party(name=L, role="landlord"), Party(name=T, role="tenant"))


def read(
    *lines: str, parties: tuple[Party, ...] = SALE, language: str = "fr", sender: str = ""
) -> list[tuple[str | None, DueRule | None]]:
    """(debtor, due) of each duty. A line that begins with `#` is a heading, with `- ` an item; tabs make a row."""
    drafts = []
    heads: tuple[str, ...] = ()
    for line in lines:
        if line.startswith("# "):
            drafts.append(Draft("heading", line[2:], level=1))
        elif "\t" in line:
            heads = heads or tuple(line.split("\t"))
            drafts.append(Draft("table_row", line, heads=heads, table=1))
        else:
            drafts.append(Draft("list_item" if line.startswith("- ") else "paragraph", line))
    document = assemble("c.txt", b"", "text/plain", drafts)
    if sender:
        document.properties["from"] = sender
    dossier = Dossier((document,))
    known = Known((), [Candidate("language", language, (), 1, "test")])
    for party in parties:
        known.add(Candidate("parties", party, (), 1, "test"))
    facts = reconcile(dossier, {"rules": tuple(obligations.read(view(dossier), known))}).facts
    found = [fact.value for fact in facts if isinstance(fact.value, Obligation)]
    return [(duty.debtor, _short(duty.due)) for duty in found]


def _short(due: DueRule | None) -> DueRule | None:
    """An offset is compared without the words of its event."""
    return FromEvent(event="", offset=due.offset) if isinstance(due, FromEvent) else due


def every(length: str, month_day: str | None = None) -> Every:
    return Every(every=Duration.parse(length), month_day=month_day)


def on(year: int, month: int, day: int) -> OnDate:
    return OnDate(date=date(year, month, day))


def off(length: str) -> FromEvent:
    return FromEvent(event="", offset=Duration.parse(length))


LETTER_FROM_CLIENT = (
    "Port Autonome de Kerlouan",
    "2 quai du Môle, 29890 Kerlouan",
    "Ascenseurs Brunel, 4 rue des Forges, 56000 Vannes",
    "Monsieur le directeur,",
    "Je vous confie l'entretien de nos monte-charges pour trois ans.",
)
GOODBYE = "Je vous prie d'agréer, Monsieur, mes salutations distinguées."


@pytest.mark.parametrize(
    ("sentence", "debtor", "due"),
    [
        ("Vous me remettez un carnet de visite tous les trois mois.", S, every("P3M")),
        ("Je vous communique le planning des escales avant le 15 décembre de chaque année.", C, every("P1Y", "12-15")),
        ("Nous vous signalons tout arrêt du quai dix jours avant la fermeture.", C, off("-P10D")),
        ("Vous nous adressez votre attestation de vigilance chaque semestre.", S, every("P6M")),
        ("Vous nous retournez le protocole de sécurité dans les huit jours de sa réception.", S, off("P8D")),
    ],
)
def test_in_a_letter_the_writer_says_we(sentence: str, debtor: str, due: DueRule) -> None:
    assert read(*LETTER_FROM_CLIENT, sentence, GOODBYE, C) == [(debtor, due)]


@pytest.mark.parametrize("signature", [C, f"Pour le {C}, la directrice", f"Bon pour accord, {S}, le gérant"])
def test_the_signature_tells_the_writer_before_the_letterhead(signature: str) -> None:
    lines = ("Ascenseurs Brunel", "À l'attention du port", "Madame, Monsieur,", "Vous me remettez un plan chaque mois.")
    assert read(*lines, GOODBYE, signature) == [(S, every("P1M"))]


@pytest.mark.parametrize("sender", ["Yann Le Goff <y.legoff@port-kerlouan.example>", f"{C} <contact@mer.example>"])
def test_in_a_mail_the_sender_says_we(sender: str) -> None:
    assert read("Nous vous transmettons la liste des accès chaque mois.", sender=sender) == [(C, every("P1M"))]


@pytest.mark.parametrize(
    ("definition", "language", "sentence", "debtor"),
    [
        (f"« Nous » désigne {C} et « vous » {S}.", "fr", "Nous vous envoyons un planning chaque mois.", C),
        (f"Le mot « vous » désigne {S}.", "fr", "Nous vous envoyons un planning chaque mois.", C),
        (f"{C} (ci-après « nous ») passe commande.", "fr", "Vous nous remettez un planning chaque mois.", S),
        (f'"We" means {N}, and "you" means {A}.', "en", "We shall send you a forecast every month.", N),
        (f'"You" refers to {A}.', "en", "You shall send us a report every month.", A),
    ],
)
def test_a_definition_tells_who_we_are(definition: str, language: str, sentence: str, debtor: str) -> None:
    parties = ENGLISH if language == "en" else SALE
    assert read(definition, sentence, parties=parties, language=language) == [(debtor, every("P1M"))]


@pytest.mark.parametrize(
    ("lines", "debtor"),
    [
        (("Entre le port autonome de Kerlouan (PAK) et le prestataire.", "Le PAK remet un planning chaque mois."), C),
        (("Le PAK convient de ce qui suit.", "Le PAK remet un planning chaque mois."), C),
        (("Le client (CLI) paie à trente jours.", "Le CLI remet un planning chaque mois."), C),
        ((f"{C}, office public, est le client.", "L'office remet un planning chaque mois."), C),
        (("\tBailleur de matériel (BM)\tExploitant du quai (EQ)", f"Nom\t{S}\t{C}",
          "L'EQ remet un planning chaque mois."), C),
    ],
)  # fmt: skip
def test_short_names(lines: tuple[str, ...], debtor: str) -> None:
    assert read(*lines) == [(debtor, every("P1M"))]


def test_the_leader_acts_for_a_group() -> None:
    group = (*SALE, Party(name="Câbles Ménard", role="supplier"))
    lines = ("Câbles Ménard, mandataire du groupement, signe seul.", "Le titulaire remet un planning chaque mois.")
    assert read(*lines, parties=group) == [("Câbles Ménard", every("P1M"))]


@pytest.mark.parametrize(
    ("opening", "debtor"),
    [
        ("Nos livrables :", S), ("Nos remises :", S), ("Vos apports :", C), ("Votre documents :", C),
        ("Ce que nous vous remettons :", S), ("Ce que vous recevez de nous :", S), ("À notre charge :", S),
        ("De notre côté :", S), ("Ce que nous attendons de vous :", C), ("Documents que nous vous demandons :", C),
        ("Ce que vous nous devez :", C), ("À votre charge :", C), ("De votre côté :", C), ("À nous remettre :", C),
        ("Pièces à nous retourner :", C), ("Ce dont nous avons besoin :", C), ("Documents attendus du titulaire :", S),
        ("Pièces demandées au client :", C), ("Livrables dus au client :", S), ("Engagements du port :", C),
        ("Documents à remettre par le prestataire :", S), ("Le client :", C), ("Nous :", S), ("Vous :", C),
    ],
)  # fmt: skip
def test_the_line_above_a_list_tells_whose_it_is(opening: str, debtor: str) -> None:
    kinds = (*SALE,)
    found = read(
        "# Échanges", f"{C}, port autonome.", opening.replace("du port", "du client"),
        "- le plan de charge, le 30 juin 2027 ;", "- une fiche de suivi, tous les deux mois ;",
        "- le dossier de clôture, quinze jours avant la dernière visite.", parties=kinds,
    )  # fmt: skip
    assert found == [(debtor, on(2027, 6, 30)), (debtor, every("P2M")), (debtor, off("-P15D"))]


@pytest.mark.parametrize(
    ("opening", "debtor"),
    [
        ("What we need from you:", N), ("What you will receive from us:", A), ("Our deliverables:", A),
        ("Your inputs:", N), ("You shall provide:", N), ("We will send:", A), ("On our side:", A),
        ("Documents expected from the client:", N), ("Reports due from the supplier:", A),
    ],
)  # fmt: skip
def test_an_english_line_above_a_list(opening: str, debtor: str) -> None:
    found = read(
        "# Exchanges", opening, "- the stock report, every month;", "- a draft roadmap, by 3 May 2027.",
        parties=ENGLISH, language="en",
    )  # fmt: skip
    assert found == [(debtor, every("P1M")), (debtor, on(2027, 5, 3))]


@pytest.mark.parametrize(
    ("heading", "debtor"),
    [("# Ce que nous attendons de vous", C), ("# Ce que nous vous devons", S), ("# Documents dus par le client", C)],
)
def test_a_heading_tells_whose_its_items_are(heading: str, debtor: str) -> None:
    assert read(heading, "- le registre des accès, le 2 mars 2027 au plus tard.") == [(debtor, on(2027, 3, 2))]


@pytest.mark.parametrize(
    ("line", "debtor", "due"),
    [
        ("- Vous : fichier des badges, pour le 4 mai 2027.", C, on(2027, 5, 4)),
        ("- Nous : procès-verbal d'essai, dans les dix jours de la mise en service.", S, off("P10D")),
        ("- Client : liste des accès, chaque trimestre.", C, every("P3M")),
        ("- Prestataire – bilan énergétique, une fois par an.", S, every("P1Y")),
    ],
)
def test_an_item_led_by_a_party(line: str, debtor: str, due: DueRule) -> None:
    assert read("# Calendrier", line) == [(debtor, due)]


def test_infinitives_under_a_line_of_duty() -> None:
    found = read(
        "L'assureur s'engage à :", "- missionner un expert dans les trois jours de la déclaration ;",
        "- relire les plans dans le mois de leur envoi.", parties=COVER,
    )  # fmt: skip
    assert found == [(M, off("P3D")), (M, off("P1M"))]


def test_a_line_before_a_table_tells_whose_its_rows_are() -> None:
    found = read(
        "# Pièces", "Documents que nous vous demandons.", "Quoi\tPour quand",
        "Plan de prévention\tdix jours après la signature", "Attestation de vigilance\ttous les six mois",
    )  # fmt: skip
    assert found == [(C, off("P10D")), (C, every("P6M"))]


@pytest.mark.parametrize(
    ("who", "debtor"),
    [("MOA", C), ("MOE", S), ("Prest.", S), ("Cli.", C), ("PAK", C), ("Fourn.", S), ("Brun el", S), ("Nous", S)],
)
def test_abbreviations_in_a_column(who: str, debtor: str) -> None:
    table = ("# Calendrier", f"{C} est le client ; le PAK signe.", "N°\tÉtape\tQui\tÉchéance",
             f"1\tBilan des interventions\t{who}\tle 5 de chaque mois")  # fmt: skip
    assert read(*table) == [(debtor, every("P1M"))]


def test_a_column_tells_from_when_a_length_runs() -> None:
    found = read(
        "# Délais de remise des études", "Élément\tDélai\tPoint de départ",
        "Étude d'impact\t6 semaines\tordre de service",
        "Dossier de plans\t2 mois\tacceptation de l'étude",
    )  # fmt: skip
    assert found == [(S, off("P42D")), (S, off("P2M"))]


@pytest.mark.parametrize(
    ("sentence", "parties", "expected"),
    [
        (
            "Je préviens les usagers dix jours avant la coupure, et je convoque les agents dans le mois de l'avis.",
            SALE,
            [(S, off("-P10D")), (S, off("P1M"))],
        ),
        (
            "Le client remet le plan dans les huit jours de la signature et transmet la liste des accès chaque mois.",
            SALE,
            [(C, off("P8D")), (C, every("P1M"))],
        ),
        (
            "Nous détruisons les copies dans les dix jours de la fin et vous en remettons la preuve dans le mois de "
            "cette fin.",
            SALE,
            [(S, off("P10D")), (S, off("P1M"))],
        ),
        (
            "Le prestataire remet le constat dans les dix jours du relevé, et le bilan le 15 octobre de chaque année.",
            SALE,
            [(S, off("P10D")), (S, every("P1Y", "10-15"))],
        ),
        (
            "Le prestataire prévient le client de toute panne et transmet son rapport sous trois jours.",
            SALE,
            [(S, off("P3D"))],
        ),
    ],
)
def test_two_duties_in_one_sentence(
    sentence: str, parties: tuple[Party, ...], expected: list[tuple[str, DueRule]]
) -> None:
    assert read(sentence, parties=parties) == expected


def test_the_same_day_is_that_of_the_duty_before() -> None:
    found = read(
        "Le client remet le plan des accès pour le 11 septembre 2027.",
        "Le prestataire dépose, à la même date, la liste de ses agents.",
    )
    assert found == [(C, on(2027, 9, 11)), (S, on(2027, 9, 11))]


@pytest.mark.parametrize(
    ("sentence", "parties", "debtor"),
    [
        ("Les avis d'échéance sont envoyés chaque trimestre.", COVER, M),
        ("Un relevé des sinistres est communiqué tous les ans.", COVER, M),
        ("L'état du parc est transmis chaque semestre.", COVER, D),
        ("Le décompte des charges est adressé tous les ans.", LEASE, L),
        ("Le contrat d'entretien de la chaudière est produit avec une copie des factures chaque année.", LEASE, T),
        ("Les prévisions de commande sont transmises chaque mois.", SALE, C),
        ("Les plans des locaux sont remis avant le 3 mars 2027.", SALE, C),
        ("Les rapports d'intervention sont remis chaque mois.", SALE, S),
    ],
)
def test_a_passive_without_agent_goes_by_trade(sentence: str, parties: tuple[Party, ...], debtor: str) -> None:
    assert [found[0] for found in read(sentence, parties=parties)] == [debtor]


@pytest.mark.parametrize(
    "sentence",
    [
        "L'assistance répond de 7 h à 21 h, tous les jours.",
        "Chacun peut mettre fin au contrat si l'autre, averti par écrit, n'a rien fait dans les trente jours.",
        "Le client apprécie quand le prestataire remet son rapport chaque mois.",
        "Objectif : 620 passages par an.",
    ],
)
def test_no_duty(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("avant la fin de l'année 2028", on(2028, 12, 31)),
        ("d'ici fin février 2028", on(2028, 2, 29)),
        ("chaque mois de janvier", every("P1Y")),
        ("le 10 du mois qui suit chaque trimestre civil", every("P3M")),
        ("chaque fin de mois", every("P1M")),
    ],
)
def test_due_rules(words: str, due: DueRule) -> None:
    assert read(f"Le client transmet le plan d'accès {words}.") == [(C, due)]


@pytest.mark.parametrize(
    ("sentence", "debtor", "due"),
    [
        ("Un rapport d'exploitation est dû par le prestataire pour le 31 mars 2028.", S, on(2028, 3, 31)),
        ("Les certificats sont à produire tous les six mois par le titulaire.", S, every("P6M")),
        ("Le client reçoit du prestataire, chaque trimestre, un tableau de suivi.", S, every("P3M")),
        ("Le client est destinataire d'un rapport trimestriel.", S, every("P3M")),
        ("Un reporting mensuel est transmis par le prestataire.", S, every("P1M")),
        ("Avant le 15 de chaque mois, le prestataire met en ligne les relevés.", S, every("P1M")),
        ("Le titulaire doit au client un rapport trimestriel.", S, every("P3M")),
        ("Le client remet les clés à la prise d'effet.", C, off("P0D")),
        ("En cas d'accident, le prestataire avise le client dans l'heure.", S, off("PT1H")),
        ("Le titulaire informe le client de tout changement d'agent un mois avant.", S, off("-P1M")),
        ("Le client dispose de huit jours pour formuler ses observations.", C, off("P8D")),
        ("Les plans sont soumis par le titulaire au visa du client trois semaines avant les travaux.", S, off("-P21D")),
        ("Le titulaire constitue une garantie dans les quinze jours de la notification.", S, off("P15D")),
        ("Le client fixe le calendrier des visites avant le 30 novembre de chaque année.", C, every("P1Y", "11-30")),
        ("Le titulaire forme les agents du client, une fois par an.", S, every("P1Y")),
        ("Le prestataire remet copie de ses habilitations à chaque renouvellement.", S, off("P0D")),
        ("Mensuellement : relevé des volumes, par le prestataire.", S, every("P1M")),
        ("Le client ouvre un accès au prestataire dans les cinq jours de la signature.", C, off("P5D")),
    ],
)
def test_other_words_for_handing_over(sentence: str, debtor: str, due: DueRule) -> None:
    assert read("# Suivi et rapports", sentence) == [(debtor, due)]


def test_a_column_that_says_whose_papers_it_lists() -> None:
    found = read("# Suivi", "Ce que doit le client\tQuand", "Plan des accès\t1er février de chaque année")
    assert found == [(C, every("P1Y", "02-01"))]


def test_a_cross_in_a_partys_column() -> None:
    found = read(
        "# Suivi", "Obligation\tTitulaire\tClient\tDélai", "Rapport annuel\tX\t\t31 mars de chaque année",
        "Plan des accès\t\tX\tavant le 1er février de chaque année",
    )  # fmt: skip
    assert found == [(S, every("P1Y", "03-31")), (C, every("P1Y", "02-01"))]


def test_sentences_in_columns_headed_by_the_parties() -> None:
    found = read(
        "# Suivi", "Le titulaire\tLe client",
        "remet chaque mois le planning des visites au port\t"
        "communique chaque année la liste des locaux fermés au public",
    )  # fmt: skip
    assert found == [(S, every("P1M")), (C, every("P1Y"))]
