"""The web application: the portfolio, a contract beside its proof, a search. Run by `contratheque web`."""

from __future__ import annotations

from datetime import date

import streamlit as st

from agent.settings import Settings
from portfolio.register.store import Register
from portfolio.words.texts import LANGUAGES
from ui.texts import Texts
from ui.web import contract, overview, search
from vectorstore.passages import Passages


@st.cache_resource
def _register() -> Register:
    settings = Settings()
    return Register.open(settings.home, settings.database_url)


@st.cache_resource
def _passages() -> Passages:
    settings = Settings()
    return Passages.open(settings.home, settings.database_url, settings.chroma_url)


def main() -> None:
    st.set_page_config(page_title="Contrathèque", page_icon="📑", layout="wide")
    languages = sorted(LANGUAGES, key=lambda language: language != Settings().lang)
    with st.sidebar:
        st.title("Contrathèque")
        texts = Texts(
            st.segmented_control("Langue / Language", languages, default=languages[0], label_visibility="collapsed")
            or languages[0]
        )
        pages = {texts("web.portfolio"): overview, texts("web.contract"): contract, texts("web.search"): search}
        wanted = st.query_params.get("contract")
        chosen = st.radio(
            "page", list(pages), index=1 if wanted else 0, label_visibility="collapsed", key=f"page-{texts.language}"
        )
        as_of = st.date_input(texts("web.as_of"), date.today(), format="DD/MM/YYYY")
    pages[chosen].page(texts, _register(), _passages(), as_of if isinstance(as_of, date) else date.today())


main()
