"""Days, lengths and periods of English contracts that are not the contract's own, and those that look alike but are."""

import pytest

from tests.agent.reading.rules.contracts import clause, value

_MADE = 'This Supply Agreement (the "Agreement") is made as of May 2, 2019 by and between Alpha Inc. and Beta LLC.'


@pytest.mark.parametrize(
    "phrase",
    [
        "Beta may terminate this Agreement, effective as of December 31, 2023, by written notice.",
        "The initial production period shall be for two months to commence on November 4, 2019.",
        "Its rights are subject to that certain License Agreement between Alpha and Gamma, effective as of December 1, "
        "2012.",
        "The parties anticipate that the Launch Date will be on or about October 15, 2019.",
        "The bylaws of Alpha are those in effect as of the date hereof.",
        "Between the date of this Agreement and the annual meeting no shares are sold.",
        "This Agreement shall be effective until the date that is two years after the date of this Agreement.",
        "This Agreement shall be effective until the earlier of (a) its termination in accordance with the provisions "
        "of this Article and (b) the date that is two years after the date of this Agreement.",
        "The term of this Agreement shall commence on the tentative launch date of January 4, 2020.",
        "During the period beginning October 1, 2019 and ending March 31, 2020 Alpha pays no fees.",
        "The minimum is due for each period commencing July 1, 2020 under this Agreement.",
        "If Beta does not sell ten units within eighteen months from the date of this Agreement, the parties meet.",
        "This Agreement takes effect on the date of the last signature.",
    ],
)
def test_no_start(phrase: str) -> None:
    assert value(clause("Article 2 - Conditions", phrase, before=_MADE), "start_date") is None


@pytest.mark.parametrize(
    ("opening", "start"),
    [
        ('This Agreement is entered into as of June 13, 2012 (the "Effective Date") between A and B.', "2012-06-13"),
        ('This Agreement, made this 2nd day of September 1998, hereinafter called the Effective Date, is between A '
         "and B.", "1998-09-02"),
        ("This Agreement takes effect on January 2, 2020.", "2020-01-02"),
    ],
)  # fmt: skip
def test_named_the_effective_date(opening: str, start: str) -> None:
    assert value(clause("Article 2 - Scope", "Beta supplies parts.", before=opening), "start_date") == start


@pytest.mark.parametrize(
    ("phrase", "period"),
    [
        ('This Agreement shall commence on the Effective Date and continue for three years thereafter (the "Initial '
         'Term") and shall automatically renew for additional one year terms.', "P1Y"),
        ("This Agreement shall commence on the Effective Date and shall extend for five years thereafter, unless "
         "extended by mutual written agreement.", None),
        ("The Agreement renews by written agreement; the parties meet within sixty days of its renewal.", None),
        ("During any renewal terms of the Agreement, and for one year following its expiration, nobody competes.",
         None),
    ],
)  # fmt: skip
def test_the_first_term_and_delays_are_no_renewal(phrase: str, period: str | None) -> None:
    assert value(clause("Article 2 - Term", phrase), "renewal.period") == period


@pytest.mark.parametrize(
    "phrase",
    [
        "Alpha will not sell shares for a period of two years following the closing.",
        "Alpha agrees with Beta that, for a period of two years after the date of this Agreement, it hires nobody.",
    ],
)
def test_a_covenants_period_is_not_the_contracts(phrase: str) -> None:
    assert value(clause("Article 2 - Covenants", phrase, before=_MADE), "duration") is None


@pytest.mark.parametrize(
    ("opening", "signed"),
    [
        ("This Agreement is made effective as of December 17, 2019 by and between A and B.", "2019-12-17"),
        ("This Agreement is made between A and B effective June 30, 1996.", None),
    ],
)
def test_only_effective_is_not_made(opening: str, signed: str | None) -> None:
    assert value(clause("Article 2 - Scope", "Beta supplies parts.", before=opening), "signature_date") == signed
