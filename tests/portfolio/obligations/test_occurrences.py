"""Given an obligation in a contract's words, the days on which it falls due, because of which rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.amendments import TermsInForce, Version, terms_in_force
from portfolio.events import Event
from portfolio.facts import Fact
from portfolio.obligations.moments import Day, Milestones, Moment, moment_of
from portfolio.obligations.occurrences import Occurrences, Window, occurrences
from portfolio.obligations.owed import Owed, owed
from portfolio.schema import Obligation, Party
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import phrase

YEAR = Window(date(2027, 1, 1), date(2027, 12, 31))
LIFE: Mapping[Moment, tuple[Day, ...]] = {
    "signature": (Day(date(2025, 12, 10)),),
    "start": (Day(date(2026, 1, 1)),),
    "end": (Day(date(2028, 12, 31)),),
}


def every(duration: str, month_day: str | None = None) -> Every:
    return Every(every=Duration.parse(duration), month_day=month_day)


def after(event: str, offset: str) -> FromEvent:
    return FromEvent(event=event, offset=Duration.parse(offset))


def due(rule: DueRule | None, quote: str = "x", days: Mapping[Moment, tuple[Day, ...]] = LIFE, window: Window = YEAR,
        **milestones: object) -> Occurrences:  # fmt: skip
    item = Owed("k", Obligation(action="Remettre", due=rule, quote=quote), source="c")
    return occurrences([item], Milestones("c", days, **milestones), window)  # type: ignore[arg-type]


def dates(found: Occurrences) -> list[str]:
    return [event.on.isoformat() for event in found.events]


@pytest.mark.parametrize(
    ("rule", "quote", "first"),
    [
        (every("P1M"), "envoyés par le Sous-traitant le 8 de chaque mois", "2027-01-08"),
        (every("P1M"), "L'état des effectifs est remis avant le 5 du mois suivant.", "2027-01-05"),
        (every("P1M"), "Chaque mois, le 8 au plus tard, il dépose le dossier", "2027-01-08"),
        (every("P1M"), "le dépose chaque mois, le 8 au plus tard, pour chacun des trois établissements", "2027-01-08"),
        (every("P1M"), "le quinze de chaque mois", "2027-01-15"),
        (every("P1M"), "By the tenth day of each month the Hospital shall upload", "2027-01-10"),
        (every("P1M"), "no later than the 20th of the month", "2027-01-20"),
        (every("P1M"), "fourni chaque mois dans les dix jours qui suivent la fin du mois", "2027-01-10"),
        (every("P1M"), "émet, le premier lundi de chaque mois, un Programme", "2027-01-04"),
        (every("P1M"), "every month, as a rule on the first Tuesday", "2027-01-05"),
        (every("P1M"), "le dernier vendredi du mois", "2027-01-29"),
        (every("P1M"), "le dernier jour ouvré de chaque mois", "2027-01-29"),
        (every("P1M"), "dans les cinq premiers jours ouvrés du mois", "2027-01-08"),
        (every("P1M"), "by the fifth Business Day of every month", "2027-01-08"),
        (every("P3M"), "un comité chaque trimestre, compte rendu sous cinq jours ouvrés", "2027-03-31"),
        (every("P3M"), "Avant le 20 du mois qui suit chaque trimestre civil", "2027-01-20"),
        (every("P1M"), "le dernier jour du mois", "2027-01-31"),
        (every("P1M"), "transmis mensuellement", "2027-01-31"),
        (every("P1M"), "Le 3 mars 2026, les parties ont convenu d'un point mensuel", "2027-01-31"),
        (every("P3M"), "le premier jour ouvré de chaque trimestre", "2027-01-04"),
        (every("P3M"), "dans les dix premiers jours de chaque trimestre", "2027-01-10"),
        (every("P3M"), "le 10 du mois suivant la fin de chaque trimestre civil", "2027-01-10"),
        (every("P3M"), "within twenty days of the end of each calendar quarter", "2027-01-20"),
        (every("P3M"), "une revue tenue chaque trimestre", "2027-03-31"),
        (every("P3M"), "an extract at three-monthly intervals", "2027-01-01"),
        (every("P6M"), "chaque semestre, les 15 janvier et 15 juillet", "2027-01-15"),
        (every("P6M"), "twice a year, by 31 March and by 30 September", "2027-03-31"),
        (every("P6M"), "deux fois dans l'année, en avril et en octobre", "2027-04-30"),
        (every("P6M"), "remise à la conclusion du contrat et tous les six mois jusqu'à la fin", "2027-06-10"),
        (every("P6M"), "remise tous les six mois", "2027-01-01"),
        (every("P6M"), "une fois par semestre", "2027-06-30"),
        (every("P1Y"), "une fois l'an, dans la dernière semaine de décembre", "2027-12-31"),
        (every("P1Y"), "en juin de chaque année", "2027-06-30"),
        (every("P1Y"), "The Consultant may convene a review meeting once a year", "2027-12-31"),
        (every("P1Y"), "once a year, in May", "2027-05-31"),
        (every("P1Y"), "dans les trente jours qui suivent la fin de l'année", "2027-01-30"),
        (every("P1Y", "02-28"), "au plus tard le 28 février", "2027-02-28"),
        (every("P6M", "10-15"), "deux fois par an à compter du 15 octobre", "2027-04-15"),
        (every("P7D"), "Chaque vendredi, une note d'avancement", "2027-01-01"),
        (every("P7D"), "envoie tous les jeudis le planning", "2027-01-07"),
        (every("P4M"), "font le point tous les quatre mois", "2027-01-01"),
        (OnDate(date=date(2027, 7, 31)), "au plus tard le 31 juillet 2027", "2027-07-31"),
    ],
)  # fmt: skip
def test_the_day_of_a_rhythm_is_the_one_that_the_clause_tells(rule: DueRule, quote: str, first: str) -> None:
    assert dates(due(rule, quote))[0] == first


def test_every_month_has_its_day_the_short_ones_too() -> None:
    found = dates(due(every("P1M"), "le 31 de chaque mois", window=Window(date(2028, 1, 31), date(2028, 5, 1))))
    assert found == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_a_day_that_the_clause_leaves_open_is_shown_as_to_be_verified() -> None:
    (open_, *_), (told, *_) = due(every("P3M"), "chaque trimestre").events, due(every("P1M"), "le 8 du mois").events
    assert open_.unsure and not told.unsure
    assert phrase("cadence.period_end_by_convention") in open_.steps


def test_a_rhythm_stops_with_its_contract_and_a_report_on_the_last_month_follows() -> None:
    window = Window(date(2028, 11, 15), date(2029, 6, 30))
    assert dates(due(every("P1M"), "le 8 de chaque mois", window=window)) == ["2028-12-08"]
    assert dates(due(every("P1M"), "avant le 5 du mois suivant", window=window)) == ["2028-12-05", "2029-01-05"]


def test_a_report_on_the_month_gone_by_begins_when_a_month_has_gone_by() -> None:
    window = Window(date(2025, 12, 1), date(2026, 3, 1))
    assert dates(due(every("P1M"), "du mois écoulé, avant le 5 du mois", window=window)) == ["2026-02-05"]
    assert dates(due(every("P1M"), "avant le 5 du mois", window=window)) == ["2026-01-05", "2026-02-05"]


def test_an_amendments_rhythm_begins_when_the_amendment_takes_effect() -> None:
    item = Owed(
        "k", Obligation(action="Déposer", due=every("P1M"), quote="le 8 de chaque mois"), "a", date(2027, 10, 1)
    )
    found = occurrences([item], Milestones("c", LIFE), YEAR)
    assert dates(found) == ["2027-10-08", "2027-11-08", "2027-12-08"]


def test_without_a_start_a_rhythm_waits_for_it_but_a_day_of_the_year_is_shown() -> None:
    signed: dict[Moment, tuple[Day, ...]] = {"signature": (Day(date(2026, 10, 6)),)}
    waiting = due(every("P1M"), "chaque mois", signed, unknown={"start": phrase("x")})
    assert not waiting.events
    assert waiting.undated[0].missing == phrase("x")
    assert dates(due(every("P1Y", "01-01"), "x", signed)) == ["2027-01-01"]


def test_without_a_start_an_interval_may_run_from_the_signature() -> None:
    signed: dict[Moment, tuple[Day, ...]] = {"signature": (Day(date(2026, 10, 6)),)}
    found = due(every("P6M"), "à la conclusion du contrat et tous les six mois", signed)
    assert dates(found) == ["2027-04-06", "2027-10-06"]
    assert all(event.unsure for event in found.events)


def test_what_is_owed_every_day_has_no_deadline() -> None:
    found = due(every("P1D"), "chaque jour")
    assert not found.events
    assert found.undated[0].missing == phrase("obligation.continuous")


@pytest.mark.parametrize(
    ("event", "moment"),
    [
        ("terme du contrat", "end"), ("fin de la période de livraison", "end"), ("échéance définitive", "end"),
        ("end of the Agreement", "end"), ("cessation des relations contractuelles", "end"), ("terme", "end"),
        ("expiry of this Agreement", "end"), ("fin de l'exécution du marché", "end"),
        ("fin de chaque période", "period_end"), ("échéance annuelle", "period_end"),
        ("début de chaque période reconduite", "period_start"), ("date anniversaire du contrat", "anniversary"),
        ("signature", "signature"), ("signature du contrat", "signature"), ("conclusion du marché", "signature"),
        ("signature de l'avenant", "amendment_signature"), ("prise d'effet de l'avenant", "amendment_start"),
        ("notification", "notification"), ("notification du marché", "notification"),
        ("prise d'effet", "start"), ("début des prestations", "start"), ("Effective Date", "start"),
        ("démarrage du service", "start"), ("entrée en jouissance", "start"), ("commencement of the term", "start"),
        ("date de révision", "revision"), ("révision des prix", "revision"),
        ("fin de chaque trimestre civil", "quarter_end"), ("end of each calendar quarter", "quarter_end"),
        ("fin du mois", "month_end"), ("fin de l'année civile", "year_end"), ("end of the calendar year", "year_end"),
        ("réclamation qualité", None), ("notification de la décision de réception", None), ("intervention", None),
        ("achèvement des travaux", None), ("début de l'arrêt", None), ("réception du Programme", None),
        ("clôture de chaque exercice", None), ("perte du marché", None), ("livraison", None),
    ],
)  # fmt: skip
def test_events_in_the_contracts_words(event: str, moment: str | None) -> None:
    assert moment_of(event) == moment


def test_an_offset_from_the_end_shows_its_arithmetic() -> None:
    (event,) = due(after("terme du contrat", "-P12M"), "douze mois avant le terme").events
    assert event.on == date(2027, 12, 31)
    assert event.steps[-1] == phrase(
        "obligation.before", event="terme du contrat", day=date(2028, 12, 31),
        offset=Duration(months=12, negative=True), result=date(2027, 12, 31),
    )  # fmt: skip


def test_an_event_that_nobody_knows_waits_for_its_date() -> None:
    rule = after("réclamation", "P10D")
    (waiting,) = due(rule).undated
    assert waiting.missing == phrase("obligation.event_unknown", event="réclamation")
    told = due(rule, given={"reclamation": (date(2027, 3, 1), date(2027, 4, 1))})
    assert dates(told) == ["2027-03-11", "2027-04-11"]
    assert not told.undated


def test_hours_count_as_begun_days() -> None:
    told = due(after("sinistre", "PT36H"), given={"sinistre": (date(2027, 3, 1),)})
    assert dates(told) == ["2027-03-03"]


def test_each_quarter_has_its_end() -> None:
    assert dates(due(after("fin de chaque trimestre civil", "P20D"))) == [
        "2027-01-20", "2027-04-20", "2027-07-20", "2027-10-20",
    ]  # fmt: skip


def test_each_revision_has_its_preparation() -> None:
    days: dict[Moment, tuple[Day, ...]] = {
        **LIFE, "revision": (Day(date(2027, 1, 1), "2027-01"), Day(date(2027, 7, 1), "2027-07")),
    }  # fmt: skip
    window = Window(date(2026, 11, 1), date(2027, 12, 31))
    assert dates(due(after("date de révision", "-P30D"), days=days, window=window)) == ["2026-12-02", "2027-06-01"]


def _terms(*values: tuple[str, object], amendment: Version | None = None) -> TermsInForce:
    base = Version("c", tuple(Fact(field=field, value=value) for field, value in values))
    return terms_in_force(base, [amendment] if amendment else [], date(2027, 1, 1))


SUPPLIER = Party(name="Netisol SAS", role="supplier", registration="449777747")
US = Party(name="Clinique", role="client")
REPORT = Obligation(
    debtor="Netisol", action="Remettre le bilan", document="bilan", due=every("P1Y", "03-31"), quote="x"
)


def test_the_debtor_has_its_present_name_and_its_side() -> None:
    renamed = Party(name="Limpidea", role="supplier", registration="449777747")
    amendment = Version("a", (Fact(field="parties", value=renamed), Fact(field="start_date", value=date(2026, 6, 1))))
    terms = _terms(("parties", SUPPLIER), ("parties", US), ("obligations", REPORT), amendment=amendment)
    (item,) = owed(terms, {"Netisol": "them"})
    assert (item.debtor, item.side) == ("Limpidea", "them")


def test_who_takes_a_partys_place_owes_what_it_owed_and_who_joins_it_does_not() -> None:
    other = Party(name="Oréva Industrie", role="supplier", registration="894620384")
    parties = (Fact(field="parties", value=other), Fact(field="parties", value=US))
    terms = _terms(("parties", SUPPLIER), ("parties", US), ("obligations", REPORT), amendment=Version("a", parties))
    assert owed(terms, {}, {"a": (other, US)})[0].debtor == "Oréva Industrie"
    assert owed(terms, {}, {"a": (SUPPLIER, other, US)})[0].debtor == "Netisol"


def test_an_obligation_keeps_its_name_when_its_rule_changes() -> None:
    def key(document: str, rule: DueRule) -> str:
        return owed(_terms(("obligations", REPORT.model_copy(update={"document": document, "due": rule}))), {})[0].key

    assert key("bilan annuel", every("P1Y", "03-31")) == key("Bilan  annuel", every("P1Y", "06-30"))
    assert key("bilan annuel", every("P1Y")) != key("bilan social", every("P1Y"))


def test_two_obligations_about_the_same_thing_are_told_apart() -> None:
    items = owed(_terms(("obligations", REPORT), ("obligations", REPORT.model_copy(update={"quote": "y"}))), {})
    assert len({item.key for item in items}) == 2


def test_the_same_frequency_is_that_of_the_rhythm_before() -> None:
    first = REPORT.model_copy(
        update={"due": every("P6M"), "quote": "à la conclusion du contrat puis tous les six mois"}
    )
    second = REPORT.model_copy(
        update={"document": "liste", "due": every("P6M"), "quote": "y joint à la même fréquence sa liste"}
    )
    found = occurrences(owed(_terms(("obligations", first), ("obligations", second)), {}), Milestones("c", LIFE), YEAR)
    assert dates(found) == ["2027-06-10", "2027-06-10", "2027-12-10", "2027-12-10"]


RHYTHMS = st.sampled_from(
    [
        ("P1M", "le 31 de chaque mois"), ("P1M", "chaque mois"), ("P1M", "le premier lundi du mois"),
        ("P1M", "le dernier jour ouvré du mois"), ("P3M", "chaque trimestre"),
        ("P3M", "dans les dix jours du trimestre"),
        ("P6M", "tous les six mois"), ("P1Y", "tous les ans"), ("P2Y", "tous les deux ans"), ("P7D", "chaque jeudi"),
        ("P14D", "toutes les deux semaines, le lundi"), ("P4M", "tous les quatre mois"), ("P90D", "tous les 90 jours"),
        ("P5M", "tous les cinq mois"), ("P18M", "tous les dix-huit mois"),
    ]
)  # fmt: skip
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(rhythm=RHYTHMS, start=DAYS, offset=st.integers(0, 4000), length=st.integers(0, 1200), cut=st.integers(0, 1200))
def test_a_window_is_the_sum_of_its_parts(
    rhythm: tuple[str, str], start: date, offset: int, length: int, cut: int
) -> None:
    """Whoever looks day by day, or month by month, sees the same occurrences under the same keys, none twice."""
    rule, quote = every(rhythm[0]), rhythm[1]
    first = start + timedelta(days=offset)
    last = first + timedelta(days=length)
    middle = min(first + timedelta(days=cut), last)
    days: dict[Moment, tuple[Day, ...]] = {"start": (Day(start),)}

    def events(window: Window) -> list[Event]:
        return list(due(rule, quote, days, window).events)

    whole = events(Window(first, last))
    assert whole == events(Window(first, middle)) + events(Window(middle + timedelta(days=1), last))
    assert len({event.key for event in whole}) == len(whole)
    assert all(start <= event.on for event in whole)


@given(rhythm=RHYTHMS, start=DAYS)
def test_no_occurrence_is_missed(rhythm: tuple[str, str], start: date) -> None:
    """Between an occurrence and the next lies one interval, give or take what months and weeks differ in length."""
    rule = every(rhythm[0])
    window = Window(start, rule.every.after(rule.every.after(rule.every.after(rule.every.after(start)))))
    found = [event.on for event in due(rule, rhythm[1], {"start": (Day(start),)}, window).events]
    assert len(found) >= 3
    for one, other in pairwise(found):
        assert abs((rule.every.after(one) - other).days) <= 7


def test_working_days_are_counted_where_the_clause_says_so() -> None:
    # Ascension Day, Whit Monday and two week-ends lie in between
    told = {"reclamation": (date(2027, 4, 30),)}
    assert dates(due(after("réclamation", "P10D"), "dans les dix jours ouvrés", given=told)) == ["2027-05-18"]
    assert dates(due(after("réclamation", "P10D"), "sous dix jours", given=told)) == ["2027-05-10"]
