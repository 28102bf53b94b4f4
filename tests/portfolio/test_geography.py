import pytest

from portfolio.geography import department_of, departments


@pytest.mark.parametrize(
    ("postal_code", "code", "region"),
    [
        ("91260", "91", "Île-de-France"),
        ("65720", "65", "Occitanie"),
        ("01000", "01", "Auvergne-Rhône-Alpes"),
        ("75116", "75", "Île-de-France"),
        ("20000", "2A", "Corse"),
        ("20137", "2A", "Corse"),
        ("20200", "2B", "Corse"),
        ("20620", "2B", "Corse"),
        ("97110", "971", "Guadeloupe"),
        ("97200", "972", "Martinique"),
        ("97300", "973", "Guyane"),
        ("97410", "974", "La Réunion"),
        ("97600", "976", "Mayotte"),
        ("97133", "977", "Collectivités d'outre-mer"),
        ("98800", "988", "Collectivités d'outre-mer"),
        ("49 070", "49", "Pays de la Loire"),
        ("F-49070", "49", "Pays de la Loire"),
    ],
)
def test_a_postal_code_tells_department_and_region(postal_code: str, code: str, region: str) -> None:
    found = department_of(postal_code)
    assert found is not None
    assert (found.code, found.region) == (code, region)


@pytest.mark.parametrize("postal_code", [None, "", "SW1A 1AA", "1000", "98000", "00100", "96000"])
def test_codes_of_no_french_department_tell_nothing(postal_code: str | None) -> None:
    assert department_of(postal_code) is None


def test_there_are_101_departments_in_18_regions_and_the_territories() -> None:
    regions = {d.region for d in departments().values()} - {"Collectivités d'outre-mer"}
    assert len(regions) == 18
    assert sum(d.region in regions for d in departments().values()) == 101
