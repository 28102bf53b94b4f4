"""Users with their roles and what they see; who is told by mail; webhooks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from portfolio.accounts.office import Office
from portfolio.accounts.records import ROLES, Account
from portfolio.delivery.people import Person
from portfolio.register.records import Scope
from portfolio.words.texts import LANGUAGES
from ui.web.parts.office import act
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_SECRET = "settings-hook-secret"  # noqa: S105
_LANGUAGES = {"fr": "Français", "en": "English"}


def users(shell: Shell, office: Office) -> None:
    texts = shell.texts
    accounts = office.accounts.all()
    if not accounts:
        st.info(texts("settings.users_none"))
    else:
        heads = "".join(
            f'<th scope="col">{markup(texts(f"settings.{h}"))}</th>'
            for h in ("user", "role", "email", "scope", "active")
        )
        rows = "".join(
            f"<tr><td>{markup(line(one.name, 80))}</td><td>{markup(texts(f'account_role.{one.role}'))}</td>"
            f"<td>{markup(line(one.email or '', 120))}</td><td>{markup(line(_scope(shell, one), 200))}</td>"
            f"<td>{markup(texts('chat_page.yes' if one.active else 'chat_page.no'))}</td></tr>"
            for one in accounts
        )
        st.html(f'<table class="ct-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
        _change(shell, office, accounts)
    _add(shell, office)


def _scope(shell: Shell, account: Account) -> str:
    if account.scope.whole:
        return shell.texts("users.everything")
    return ", ".join((*account.scope.sites, *account.scope.tags))


def _change(shell: Shell, office: Office, accounts: tuple[Account, ...]) -> None:
    texts = shell.texts
    by_name = {one.name: one for one in accounts}
    with st.expander(texts("settings.user_change"), icon=":material/manage_accounts:"):
        name = st.selectbox(
            texts("settings.user"), list(by_name), format_func=lambda n: line(n, 80), key="settings-user"
        )
        account = by_name[name]
        with st.form(f"settings-user-{name}", border=False):
            role = st.selectbox(
                texts("settings.role"),
                ROLES,
                ROLES.index(account.role),
                format_func=lambda r: texts(f"account_role.{r}"),
                key=f"settings-user-role-{name}",
            )
            sites, tags = _scopes(shell, f"change-{name}", account.scope)
            active = st.checkbox(texts("settings.active"), account.active, key=f"settings-user-active-{name}")
            if st.form_submit_button(texts("settings.save"), key=f"settings-user-save-{name}"):
                changed = replace(account, role=role, scope=Scope(sites, tags), active=active)
                act(shell, lambda: office.accounts.change(changed), texts("settings.saved"))
        with st.form(f"settings-password-{name}", border=False, clear_on_submit=True):
            password = st.text_input(
                texts("settings.new_password"), type="password", key=f"settings-password-new-{name}", max_chars=500
            )
            if st.form_submit_button(texts("settings.set_password")) and password:
                act(shell, lambda: office.accounts.set_password(name, password), texts("settings.password_set"))


def _add(shell: Shell, office: Office) -> None:
    texts = shell.texts
    with (
        st.expander(texts("settings.user_add"), icon=":material/person_add:"),
        st.form("settings-user-add", border=False),
    ):
        left, right = st.columns(2)
        name = left.text_input(texts("settings.user"), key="settings-add-name", max_chars=200)
        role = right.selectbox(
            texts("settings.role"), ROLES, format_func=lambda r: texts(f"account_role.{r}"), key="settings-add-role"
        )
        email = left.text_input(texts("settings.email"), key="settings-add-email", max_chars=320)
        password = right.text_input(
            texts("signin.password"), type="password", key="settings-add-password", max_chars=500,
            help=texts("settings.password_help"),
        )  # fmt: skip
        sites, tags = _scopes(shell, "add", Scope())
        if st.form_submit_button(texts("settings.user_add"), type="primary", key="settings-add-save"):
            act(
                shell,
                lambda: office.accounts.add(
                    name, role, email=email.strip() or None, password=password or None, scope=Scope(sites, tags)
                ),
                texts("settings.user_added", name=md(name, 80)),
            )


def _scopes(shell: Shell, place: str, scope: Scope) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sites and tags that an account is limited to; nothing: it sees everything."""
    texts = shell.texts
    left, right = st.columns(2)
    given = (
        left.text_input(
            texts("settings.scope_sites"), ", ".join(scope.sites), key=f"settings-sites-{place}", max_chars=2000,
            help=texts("settings.scope_help"),
        ),
        right.text_input(
            texts("settings.scope_tags"), ", ".join(scope.tags), key=f"settings-tags-{place}", max_chars=2000
        ),
    )  # fmt: skip
    sites, tags = (tuple(part.strip() for part in words.split(",") if part.strip()) for words in given)
    return sites, tags


def mail(shell: Shell, office: Office) -> None:
    texts = shell.texts
    try:
        standing = office.mail()
    except EXPECTED as error:
        shell.problem(error)
    else:
        if standing.server is None:
            st.info(texts("settings.mail_none"))
        else:
            tls = texts(f"settings.tls_{standing.encrypted}")
            st.caption(texts("settings.mail_is", server=md(standing.server), sender=md(standing.sender or ""), tls=tls))
    _people(shell, office)
    _hooks(shell, office)


def _people(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.subheader(texts("settings.people"), anchor=False)
    people = office.people()
    if not people:
        st.caption(texts("settings.people_none"))
    for person in people:
        words, button = st.columns([6, 1], vertical_alignment="center")
        charges = [charge.shown for charge in person.charges]
        about = [person.email, texts("settings.general") if person.general else "", *charges]
        words.html(
            f'<p class="ct-text">{markup(line(person.name, 80))}</p>'
            f'<p class="ct-label">{markup(" · ".join(filter(None, about)), 400)}</p>'
        )
        if button.button(texts("settings.remove"), key=f"settings-person-{person.name}", type="tertiary"):
            act(shell, partial(office.remove_person, person.name), texts("settings.saved"))
    with st.form("settings-person", clear_on_submit=True):
        columns = st.columns([3, 3, 2, 2], vertical_alignment="bottom")
        name = columns[0].text_input(texts("signin.name"), key="settings-person-name", max_chars=200)
        email = columns[1].text_input(texts("settings.email"), key="settings-person-email", max_chars=320)
        language = columns[2].selectbox(
            texts("shell.language"), LANGUAGES, format_func=_LANGUAGES.__getitem__, key="settings-person-language"
        )
        general = columns[3].checkbox(texts("settings.general"), key="settings-person-general")
        if st.form_submit_button(texts("settings.person_add"), key="settings-person-save"):
            act(
                shell,
                lambda: office.put_person(Person(name, email, language, general=general)),
                texts("settings.saved"),
            )


def _hooks(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.subheader(texts("settings.hooks"), anchor=False)
    st.caption(texts("settings.hooks_about"))
    secret = st.session_state.pop(_SECRET, None)
    if secret:
        st.warning(texts("settings.hook_secret"), icon=":material/key:")
        st.code(secret, language=None)
    for hook in office.hooks():
        words, button = st.columns([6, 1], vertical_alignment="center")
        state = texts("settings.hook_on" if hook.active else "settings.hook_off")
        words.html(f'<p class="ct-text">{markup(line(hook.where, 200))} · {markup(state)}</p>')
        if button.button(texts("settings.remove"), key=f"settings-hook-{hook.id}", type="tertiary"):
            act(shell, partial(office.remove_hook, hook.id), texts("settings.saved"))
    with st.form("settings-hook", clear_on_submit=True):
        url = st.text_input(texts("settings.hook_url"), key="settings-hook-url", max_chars=2000)
        if st.form_submit_button(texts("settings.hook_add"), key="settings-hook-save"):

            def add() -> None:
                st.session_state[_SECRET] = office.add_hook(url.strip(), texts.language)

            act(shell, add, texts("settings.saved"))
