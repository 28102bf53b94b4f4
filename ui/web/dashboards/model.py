"""What the language model costs, month by month."""

from __future__ import annotations

import streamlit as st

from agent.settings import Settings
from agent.spending import spending
from ui.web.dashboards.wording import month
from ui.web.parts import plots
from ui.web.plain import md
from ui.web.shell import Shell


def show(shell: Shell) -> None:
    texts, say = shell.texts, shell.say
    settings = Settings()
    found = spending(shell.desk, settings.home, settings.database_url)
    title = texts("dashboards.model_title")
    st.subheader(title, anchor=False)
    if found.configured:
        st.caption(texts("dashboards.model_is", model=md(found.model or "", 80), host=md(found.host or "", 80)))
    else:
        st.caption(texts("dashboards.model_none"))
    if not found.months:
        st.info(texts("dashboards.model_nothing"))
        return
    told = [(texts("dashboards.model_spent"), say.money(found.spent, found.currency))]
    if found.limit is not None:
        told.append((texts("dashboards.model_limit"), say.money(found.limit, found.currency)))
    told.append((texts("dashboards.model_calls"), say.number(sum(u.calls for _, u in found.months), 0)))
    plots.figures(shell, told)
    order = [month(shell, day) for day, _ in found.months]
    rows = [(month(shell, day), found.currency, usage.cost) for day, usage in found.months]
    plots.bars(shell, title, rows, texts("dashboards.model_cost", currency=found.currency), order)
    heads = ("calls", "failed", "sent", "received", "paid")
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), *(texts(f"dashboards.model_{head}") for head in heads)],
        [
            [
                month(shell, day),
                *(say.number(n, 0) for n in (u.calls, u.failed, u.sent, u.received)),
                say.money(round(u.cost, 2), found.currency),
            ]
            for day, u in found.months
        ],
    )
