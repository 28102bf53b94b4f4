"""Settings, for administrators: what holds for everybody, each part saved by itself and said when it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from portfolio.accounts.office import Office
from portfolio.register.records import Company
from ui.web.parts import address, office_agent, office_data, office_people
from ui.web.parts.office import act, said
from ui.web.plain import line, markup, md
from ui.web.shell import Shell

_NAMES = ("part",)
_PART = "settings-part"


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("settings", _NAMES)
    if arrived is not None:
        asked = next(iter(arrived.get("part", [])), "company")
        st.session_state[_PART] = asked if asked in PARTS else "company"
    st.title(texts("page.settings"), anchor=False)
    part = st.segmented_control(
        texts("settings.parts"),
        list(PARTS),
        required=True,
        format_func=lambda key: texts(f"settings.{key}"),
        key=_PART,
        label_visibility="collapsed",
    )
    address.keep("settings", _NAMES, {"part": [part] if part not in (None, "company") else []})
    said()
    PARTS[part or "company"](shell, Office(shell.desk))


def _company(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.caption(texts("settings.company_about"))
    with st.form("settings-company", border=False):
        kept = st.data_editor(
            [{"name": one.name, "siren": one.siren or ""} for one in office.companies()] or [{"name": "", "siren": ""}],
            key="settings-companies",
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "name": st.column_config.TextColumn(texts("settings.company_name"), max_chars=200, width="large"),
                "siren": st.column_config.TextColumn(texts("settings.company_siren"), max_chars=20),
            },
        )
        if st.form_submit_button(texts("settings.save"), type="primary", key="settings-company-save"):
            companies = [
                Company(str(row["name"]).strip(), str(row["siren"] or "").strip() or None)
                for row in kept
                if str(row.get("name") or "").strip()
            ]
            act(shell, lambda: office.set_companies(companies), texts("settings.company_saved"))
    guess = sorted({line(c.name, 120) for c in shell.desk.counterparties() if c.ours})
    if guess and not office.companies():
        st.caption(texts("settings.company_guess", names=md(", ".join(guess))))


def _sites(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.caption(texts("settings.sites_about"))
    sites = office.sites()
    if not sites:
        st.info(texts("settings.sites_none"))
        return
    heads = "".join(
        f'<th scope="col">{markup(texts(f"settings.{h}"))}</th>' for h in ("site", "city", "postal_code", "count")
    )
    rows = "".join(
        f"<tr><td>{markup(line(one.name or '—', 160))}</td><td>{markup(line(one.city or '', 120))}</td>"
        f'<td>{markup(one.postal_code or "")}</td><td class="ct-number">{len(one.contracts)}</td></tr>'
        for one in sorted(sites, key=lambda one: (-len(one.contracts), one.city or "", one.name or ""))[:300]
    )
    st.html(f'<table class="ct-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def _leads(shell: Shell, office: Office) -> None:
    """Lead times: the days before an event on which it is told."""
    texts = shell.texts
    st.caption(texts("settings.leads_about"))
    found = office.lead_times()
    with st.form("settings-leads", border=False):
        columns = st.columns(2)
        given = {
            kind: columns[n % 2].text_input(
                texts(f"event_kind.{kind}"),
                ", ".join(map(str, days)),
                key=f"settings-lead-{kind}",
                help=texts("settings.leads_here") if here else None,
                max_chars=80,
            )
            for n, (kind, (days, here)) in enumerate(found.items())
        }
        if st.form_submit_button(texts("settings.save"), type="primary", key="settings-leads-save"):
            wanted = {kind: _days(words) for kind, words in given.items()}
            changed = {kind: days for kind, days in wanted.items() if days is not None and days != found[kind][0]}

            def save() -> None:
                for kind, days in changed.items():
                    office.set_lead_times(kind, days)

            if None in wanted.values():
                st.warning(texts("settings.leads_wrong"))
            else:
                act(shell, save, texts("settings.leads_saved", count=len(changed)))
    with st.container(horizontal=True):
        if any(here for _, here in found.values()):

            def back() -> None:
                for kind in found:
                    office.set_lead_times(kind, None)

            if st.button(texts("settings.leads_back"), key="settings-leads-back", icon=":material/undo:"):
                act(shell, back, texts("settings.saved"))


def _days(words: str) -> tuple[int, ...] | None:
    """`90, 60, 30` from the farthest on; empty for nothing; None where it is no list of days."""
    parts = [part.strip() for part in words.replace(";", ",").split(",") if part.strip()]
    return tuple(sorted({int(part) for part in parts}, reverse=True)) if all(p.isdecimal() for p in parts) else None


def _rules(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.caption(texts("settings.rules_about"))
    for rule in office.rules():
        words, switch = st.columns([6, 1], vertical_alignment="center")
        name = rule.name.say(shell.say)
        words.html(f'<p class="ct-text">{markup(name)}</p><p class="ct-label">{markup(rule.reference)}</p>')
        on = switch.toggle(
            md(shell.say.about(texts("settings.rule_on"), name)),
            rule.enabled,
            key=f"settings-rule-{rule.id}",
            label_visibility="collapsed",
        )
        if on != rule.enabled:
            act(shell, partial(office.switch, rule.id, on), texts("settings.saved"))


PARTS: Mapping[str, Callable[[Shell, Office], None]] = {
    "company": _company,
    "sites": _sites,
    "leads": _leads,
    "rules": _rules,
    "endpoint": office_agent.endpoint,
    "users": office_people.users,
    "mail": office_people.mail,
    "indices": office_data.indices,
    "data": office_data.data,
}
"""By key of the catalogue's `[settings]`: what shows it."""
