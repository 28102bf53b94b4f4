"""Series and their values: names, files, INSEE's service, links, and what the register keeps."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InvalidValue
from portfolio.register.store import Register
from portfolio.revision import index_csv, insee
from portfolio.revision.indices import Book, IndexValue, Link, Series, catalogue
from portfolio.revision.insee import ServiceError
from portfolio.revision.periods import Period, parse_period
from portfolio.revision.store import Indices, Stored
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

BOOK = Book(catalogue(), {})
ILC = next(one for one in catalogue() if one.code == "ILC")


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2025-T1", "2025-T1"), ("2025-Q1", "2025-T1"), ("T1 2025", "2025-T1"), ("1er trimestre 2025", "2025-T1"),
        ("4e trim. 2024", "2024-T4"), ("1T2025", "2025-T1"), ("2nd quarter of 2025", "2025-T2"), ("2025-03", "2025-03"),
        ("2025-M03", "2025-03"), ("03/2025", "2025-03"), ("31/03/2025", "2025-03"), ("2025-03-01", "2025-03"),
        ("mars 2025", "2025-03"), ("Août 2025", "2025-08"), ("sept. 2025", "2025-09"), ("March 2025", "2025-03"),
        ("2025-S2", "2025-S2"), ("2025", "2025"),
    ],
)  # fmt: skip
def test_periods_as_people_write_them(written: str, period: str) -> None:
    assert str(parse_period(written)) == period


@pytest.mark.parametrize("written", ["", "2025-13", "T5 2025", "ma 2025", "hier", "32", "2025-T0", "99999-01"])
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(InvalidValue):
        parse_period(written)


@given(st.sampled_from([1, 2, 4, 12]), st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_periods_follow_without_gap(per_year: int, day: date) -> None:
    period = Period.containing(day, per_year)
    assert period.first_day <= day <= period.last_day
    assert (period.shifted(1).first_day - period.last_day).days == 1
    assert parse_period(str(period)) == period


@pytest.mark.parametrize(
    ("called", "code"),
    [
        ("ILC", "ILC"), ("indice ILC publié par l'INSEE", "ILC"), ("Indice des loyers commerciaux (ILC)", "ILC"),
        ("SYNTEC", "Syntec"), ("Syntec", "Syntec"), ("l'indice Syntec", "Syntec"), ("ICHT-IME", "ICHTrev-TS IME"),
        ("ICHTrev-TS IME", "ICHTrev-TS IME"), ("ICHTrev-TS", "ICHTrev-TS"), ("ICHT-N", "ICHT-N"), ("BT 40", "BT40"),
        ("FSD2", "FSD2"), ("001515333", "IRL"), ("FFB", "FFB"), ("CPI", None), ("S", None), ("Gazole", None),
        ("ILC ou ILAT", None), ("IPC Alim", None), ("IPC", "IPC"),
        ("indice trimestriel ILAT publié par l'INSEE", "ILAT"), ("ICHT-N hors CICE", None),
    ],
)  # fmt: skip
def test_series_by_the_names_of_contracts(called: str, code: str | None) -> None:
    found = BOOK.find(called)
    assert (found.code if found else None) == code


def test_a_rebased_series_continues_the_old_one() -> None:
    values = {
        "A": [IndexValue(parse_period("2024-12"), Decimal("120.0"))],
        "B": [IndexValue(parse_period("2025-01"), Decimal("101.5"))],
        "C": [IndexValue(parse_period("2026-01"), Decimal("100.2"))],
    }
    links = [Link("A", "B", Decimal("1.2")), Link("B", "C", Decimal("1.05"))]
    book = Book([Series(code, code, 12) for code in "ABC"], values, links)
    for period, value in (("2024-12", "120.0"), ("2025-01", "121.80"), ("2026-01", "126.2520")):
        read = book.at("A", parse_period(period))
        assert read is not None and read.value == Decimal(value)
    assert book.at("C", parse_period("2024-12")) is None
    latest = book.last_known("A", date(2026, 12, 31))
    assert latest is not None and (latest.source, latest.coefficient) == ("C", Decimal("1.260"))


FRENCH_CSV = """série;période;valeur;publication
ILC;2024-T3;137,71;20/12/2024
Indice des loyers commerciaux;T4 2024;135,30;
CNR gazole;mars 2025;1 234,5;2025-04-30
"""
ENGLISH_CSV = 'Series,Month,Value,Published\nSyntec,2025-01,"1,312.4",2025-02-28\nSyntec,2025-02,314.0,\n'
INSEE_CSV = """"Libellé";"Indice des loyers commerciaux (ILC) - Base 100 au 1er trimestre 2008"
"idBank";"001532540"
"Dernière mise à jour";"20/06/2025 12:00"
"Période";"";""
"2025-T1";"135,87";"A"
"2024-T4";"135,3";"A"
"""


def test_a_french_file() -> None:
    read = index_csv.read(FRENCH_CSV, catalogue())
    assert not read.problems
    assert [(str(v.period), str(v.value), v.published) for v in read.values["ILC"]] == [
        ("2024-T3", "137.71", date(2024, 12, 20)),
        ("2024-T4", "135.30", None),
    ]
    assert [(v.period.per_year, v.value) for v in read.values["CNR gazole"]] == [(12, Decimal("1234.5"))]


def test_an_english_file_and_insee_s_own() -> None:
    english = index_csv.read("\ufeff" + ENGLISH_CSV, catalogue())
    assert [str(v.value) for v in english.values["Syntec"]] == ["1312.4", "314.0"]
    theirs = index_csv.read(INSEE_CSV, catalogue())
    assert not theirs.problems
    assert [(str(v.period), str(v.value)) for v in theirs.values["ILC"]] == [
        ("2025-T1", "135.87"),
        ("2024-T4", "135.3"),
    ]


def test_two_columns_with_the_series_named() -> None:
    read = index_csv.read("mois;indice maison\n2025-01;101,2\n", catalogue(), "Maison")
    assert [v.value for v in read.values["Maison"]] == [Decimal("101.2")]


def test_lines_that_cannot_be_read_are_told_one_by_one() -> None:
    text = (
        "série;période;valeur;publication\nILC;2024-T3;abc;\nILC;hier;1;\n;2024-T3;1;\nILC;2024-T3;;\nILC;2024-T3;-1;\n"
        "ILC;2024;130;\nILC;2024-T3;137,71;demain\nILC;2024-T3;137,71;\nILC;2024-T3;137,8;\n\n"
    )
    read = index_csv.read(text, catalogue())
    say = Wording(Texts("fr"))
    assert [(p.line, p.why.say(say)) for p in read.problems] == [
        (2, "« abc » n'est pas un nombre"),
        (3, "« hier » n'est ni un mois ni un trimestre ; écrivez 2025-03 ou 2025-T1"),
        (4, "la série n'est pas nommée"),
        (5, "pas de valeur pour 2024-T3"),
        (6, "un indice est supérieur à zéro, et non « -1 »"),
        (7, "2024 ne va pas avec le rythme de ILC"),
        (8, "« demain » n'est pas une date ; écrivez 31/03/2025 ou 2025-03-31"),
        (10, "2024-T3 est déjà donné à la ligne 9"),
    ]
    assert len(read.values["ILC"]) == 1


@pytest.mark.parametrize("text", ["", "bonjour", "a;b;c\n1;2;3\n", "période;valeur\n2025-01;1\n"])
def test_what_is_no_file_of_indices_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        index_csv.read(text, catalogue())


@given(st.text(alphabet="0123456789,. -\u202f'eEnaInf", max_size=20))
def test_any_number_is_read_or_refused(text: str) -> None:
    try:
        assert index_csv.decimal(text).is_finite()
    except InvalidValue as error:
        assert "no number" in str(error)


ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">
<message:Header><message:ID>SERIES_BDM</message:ID></message:Header>
<message:DataSet><Series IDBANK="{idbank}" FREQ="T" TITLE_FR="{title}" LAST_UPDATE="2025-06-20" UNIT_MEASURE="SO"
 UNIT_MULT="0" REF_AREA="FM" DECIMALS="2" BASE_PER="2008-Q1">
<Obs TIME_PERIOD="2025-Q1" OBS_VALUE="135.87" OBS_STATUS="A" OBS_QUAL="DEF" DATE_JO="2025-06-20"/>
<Obs TIME_PERIOD="2024-Q4" OBS_VALUE="135.3" OBS_STATUS="P"/>
<Obs TIME_PERIOD="2024-Q3" OBS_VALUE="NaN" OBS_STATUS="O"/>
</Series></message:DataSet></message:StructureSpecificData>"""
TITLE = "Indice des loyers commerciaux (ILC) - Base 100 au 1er trimestre 2008"


class _Service(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, str]]] = {
        "/data/001532540": (200, ANSWER.format(idbank="001532540", title=TITLE)),
        "/other/001532540": (200, ANSWER.format(idbank="001532540", title="Production de lait de vache")),
        "/html/001532540": (200, "<html><body>Maintenance"),
        "/empty/001532540": (200, ANSWER.format(idbank="009999999", title=TITLE)),
        "/entity/001532540": (
            200,
            ANSWER.format(idbank="001532540", title="&x;").replace(
                "<message:S", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><message:S', 1
            ),
        ),
    }

    def do_GET(self) -> None:
        status, body = self.answers.get(self.path, (404, "Not found"))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_series_from_the_service(service: str) -> None:
    loaded = insee.load(ILC, f"{service}/data")
    assert loaded.title == TITLE
    assert loaded.series.base == "2008-Q1"
    assert loaded.values == (
        IndexValue(parse_period("2025-T1"), Decimal("135.87"), date(2025, 6, 20)),
        IndexValue(parse_period("2024-T4"), Decimal("135.3"), None, provisional=True),
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("other", "« Production de lait de vache », not « Indice des loyers commerciaux »"),
        ("html", "not the XML of a series"),
        ("empty", "does not hold the series"),
        ("entity", "external entity"),
        ("nowhere", "answers 404"),
    ],
)
def test_an_answer_that_is_not_the_series_is_refused(service: str, path: str, said: str) -> None:
    with pytest.raises(ServiceError, match=said):
        insee.load(ILC, f"{service}/{path}")


def test_the_service_out_of_reach_and_series_without_a_number() -> None:
    with pytest.raises(ServiceError, match="cannot be reached"):
        insee.load(ILC, "http://127.0.0.1:9", timeout=2)
    with pytest.raises(ServiceError, match="https://"):
        insee.load(ILC, "file:///etc/passwd")
    with pytest.raises(ServiceError, match="idbank"):
        insee.load(Series("Syntec", "Indice Syntec", 12), "http://127.0.0.1:9")


def values(**given: str) -> list[IndexValue]:
    return [IndexValue(parse_period(p.replace("_", "-")[1:]), Decimal(v)) for p, v in given.items()]


def test_the_register_keeps_values_and_their_digits(register: Register) -> None:
    indices = Indices(register)
    assert indices.put(ILC, values(p2024_T3="137.710", p2024_T4="135.30"), "a.csv") == Stored(2, 0, 0)
    assert indices.put(ILC, values(p2024_T4="135.31", p2024_T3="137.71"), "b.csv") == Stored(0, 1, 1)
    book = indices.book()
    read = book.at("ILC", parse_period("2024-T3"))
    assert read is not None and str(read.value) == "137.710"
    assert book.count("ILC") == 2 and book.gaps("ILC") == ()


def test_a_series_keeps_its_rhythm(register: Register) -> None:
    indices = Indices(register)
    indices.put(ILC, values(p2024_T3="137.71"), "a.csv")
    with pytest.raises(InvalidValue, match="4 values a year"):
        indices.put(Series("ILC", "ILC", 12), values(p2024_03="1"), "b.csv")


def test_links_are_kept_and_never_lead_in_a_circle(register: Register) -> None:
    indices = Indices(register)
    for code in ("old", "new"):
        indices.put(Series(code, code, 12), values(p2024_03="100"), "a.csv")
    indices.link("old", "new", Decimal("1.1545"))
    assert indices.book().chain("old") == ("old", "new")
    with pytest.raises(InvalidValue, match="itself"):
        indices.link("new", "old", Decimal(1))
    with pytest.raises(InvalidValue, match="no series"):
        indices.link("old", "elsewhere", Decimal(1))
    with pytest.raises(InvalidValue, match="above zero"):
        indices.link("old", "new", Decimal(0))
