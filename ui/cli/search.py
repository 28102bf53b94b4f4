"""`contratheque search`: passages that speak of something."""

from __future__ import annotations

from typing import get_args

import click

from portfolio.schema import ContractType
from ui.cli.app import App, console, errors, json_option, print_json
from vectorstore.records import Filters


@click.command("search")
@click.argument("question")
@click.option("--contract", "refs", multiple=True, metavar="REF", help="Only in this contract; once a contract.")
@click.option("--type", "contract_type", type=click.Choice(get_args(ContractType)), help="Only contracts of a type.")
@click.option("--site", help="Only contracts of a site: part of its name or city.")
@click.option("--counterparty", help="Only contracts with this party: part of its name.")
@click.option("-k", "--count", type=click.IntRange(1, 100), default=5, show_default=True, help="Passages at most.")
@json_option
@click.pass_obj
def command(
    app: App,
    question: str,
    refs: tuple[str, ...],
    contract_type: str | None,
    site: str | None,
    counterparty: str | None,
    count: int,
    as_json: bool,
) -> None:
    """Passages that speak of QUESTION, by words and by meaning, best first."""
    with app.register() as register, app.passages() as passages:
        contracts = tuple(register.contract(ref).id for ref in refs) or None
        hits = passages.search(question, Filters(contracts, contract_type, site, counterparty), count)
        stems = {hit.passage.contract: register.contract(hit.passage.contract).stem for hit in hits}
        state = passages.state()
    if as_json:
        print_json(
            [
                {
                    "contract": stems[hit.passage.contract],
                    "document": hit.passage.source.name,
                    "page": hit.passage.page,
                    "path": list(hit.passage.path),
                    "text": hit.passage.text,
                    "score": round(hit.score, 5),
                }
                for hit in hits
            ]
        )
        return
    if state.unavailable:
        errors().print(app.texts("search.keywords_only", reason=state.unavailable))
    out = console()
    for hit in hits:
        passage = hit.passage
        page = app.texts("show.page", page=passage.page)
        out.print(f"{stems[passage.contract]} · {page} · {' › '.join(passage.path)}", style="bold")
        out.print(passage.text.replace("\t", " | "))
        out.print()
    if not hits:
        out.print(app.texts("search.none"))
