"""Options that choose contracts, the same for every command that takes several: all that are given must hold."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, get_args

import click

from portfolio.register.records import Filters
from portfolio.schema import ContractType

_OPTIONS = (
    click.option("--text", help="Words in title, reference, parties, sites, tags or file name."),
    click.option("--type", "types", multiple=True, type=click.Choice(get_args(ContractType)), help="Type of contract."),
    click.option("--counterparty", help="Part of a name, or a SIREN."),
    click.option("--site", help="Part of a site's name or city."),
    click.option("--department", help="Département of a site: 91, 2A, 974."),
    click.option("--tag", help="A tag."),
)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives ``command`` these options as one argument, ``filters``."""

    @functools.wraps(command)
    def filtered(*args: Any, **given: Any) -> Any:
        names = ("text", "counterparty", "site", "department", "tag")
        chosen = {name: given.pop(name) for name in names}
        return command(*args, filters=Filters(contract_type=given.pop("types"), **chosen), **given)

    for option in reversed(_OPTIONS):
        filtered = option(filtered)
    return filtered
