"""Passages are verbatim, complete, within the limit, and follow the clauses."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.chunks import LIMIT, split
from vectorstore.records import Section, Source
from vectorstore.tokens import Counter

SOURCE = Source("0" * 64, "contrat.pdf")
LONG = "Le prestataire remet un rapport chaque mois. "
MIDDLING = LONG * 20
SHORT = "Le siège est à Lyon."


def laid_out(
    *blocks: tuple[str, tuple[str, ...]], kind: str = "paragraph", heads: tuple[str, ...] = ()
) -> list[Section]:
    made: list[Section] = []
    start = 0
    for text, path in blocks:
        made.append(Section(text, path, 1, start, "heading" if path[-1:] == (text,) else kind, heads))
        start += len(text) + 1
    return made


def test_clause_is_a_passage_under_its_headings(count: Counter) -> None:
    article = ("Chapitre II", "Article 4 – Rapports")
    sections = laid_out(("Chapitre II", article[:1]), (article[1], article), (MIDDLING.strip(), article))
    (passage,) = split("c", SOURCE, sections, count)
    assert passage.embed_text.startswith("Chapitre II\nArticle 4 – Rapports\nLe prestataire remet")
    assert passage.headline == "Chapitre II > Article 4 – Rapports"


def test_short_clauses_of_one_parent_are_joined(count: Counter) -> None:
    first, second, other = ("Annexe A", "1. Siège"), ("Annexe A", "2. Contact"), ("Annexe B", "1. Siège")
    sections = laid_out(*((text, path) for path in (first, second, other) for text in (path[-1], SHORT)))
    joined, apart = split("c", SOURCE, sections, count)
    assert joined.path == ("Annexe A",)
    assert joined.headline == "Annexe A > 1. Siège > 2. Contact"
    assert apart.path == other


def test_clauses_that_say_enough_stay_apart(count: Counter) -> None:
    sections = laid_out((MIDDLING.strip(), ("Article 1",)), (MIDDLING.strip(), ("Article 2",)))
    assert [passage.path for passage in split("c", SOURCE, sections, count)] == [("Article 1",), ("Article 2",)]


def test_long_clause_is_split_between_sentences_into_like_parts(count: Counter) -> None:
    path = ("Article 9",)
    passages = split("c", SOURCE, laid_out((LONG * 100, path)), count)
    sizes = [count(passage.text) for passage in passages]
    assert all(passage.text.endswith("mois.") and passage.text.startswith("Le ") for passage in passages)
    assert all(passage.embed_text.startswith("Article 9\n") for passage in passages)
    assert min(sizes) > 0.7 * max(sizes)


def test_table_rows_carry_their_heads_and_stay_whole(count: Counter) -> None:
    heads = ("Site", "Prestation", "Prix")
    rows = [(f"Site n° {n}\tNettoyage des locaux\t{n * 100} € HT", ("Annexe 1",)) for n in range(60)]
    passages = split("c", SOURCE, laid_out(*rows, kind="table_row", heads=heads), count)
    assert len(passages) > 1
    for passage in passages:
        assert passage.embed_text.startswith("Annexe 1\nSite | Prestation | Prix\nSite n° ")
        assert "Prestation" not in passage.text
        assert passage.text.startswith("Site n° ")
        assert passage.text.endswith("€ HT")


def test_passage_tells_its_pages(count: Counter) -> None:
    sections = [Section("Fin de phrase", ("A",), 3, 0), Section("qui continue.", ("A",), 4, 14)]
    (passage,) = split("c", SOURCE, sections, count)
    assert (passage.page, passage.last_page) == (3, 4)


def test_same_words_at_the_same_place_have_the_same_id(count: Counter) -> None:
    sections = laid_out((MIDDLING, ("A",)), (MIDDLING, ("B",)))
    before = {passage.id for passage in split("c", SOURCE, sections, count)}
    changed = [sections[0], laid_out((MIDDLING, ("A",)), (MIDDLING + "Fin.", ("B",)))[1]]
    after = {passage.id for passage in split("c", SOURCE, changed, count)}
    assert len(before & after) == 1
    assert before.isdisjoint(passage.id for passage in split("other", SOURCE, sections, count))


def test_characters_that_cannot_be_stored_keep_their_place(count: Counter) -> None:
    (passage,) = split("c", SOURCE, laid_out(("prix\0 de \ud800 base", ("A",))), count)
    assert passage.text == "prix\ufffd de \ufffd base"


_TEXT = st.text(
    st.one_of(
        st.sampled_from("éa. ;\t:0€'\u00a0"), st.characters(exclude_characters="\n\0", exclude_categories=["Cs"])
    ),
    min_size=1,
    max_size=600,
)
_WORDS = st.lists(st.sampled_from(["contrat", "durée.", "l'article", "1 250,00", "€", "sous-traitant;"]), max_size=300)
_BLOCK = st.tuples(
    st.one_of(_TEXT, _WORDS.map(" ".join).filter(bool)),
    st.lists(st.sampled_from(["A", "B", "C", "Un titre fort long " * 8]), max_size=3).map(tuple),
    st.sampled_from(["paragraph", "heading", "table_row", "header"]),
    st.sampled_from([(), ("Poste", "Prix"), ("En-tête de colonne fort longue " * 5,)]),
)


@settings(max_examples=120, deadline=None)
@given(blocks=st.lists(_BLOCK, max_size=8), limit=st.integers(32, LIMIT))
def test_no_word_is_lost_doubled_or_moved_and_no_passage_is_too_long(
    count: Counter, blocks: list[tuple[str, tuple[str, ...], str, tuple[str, ...]]], limit: int
) -> None:
    sections: list[Section] = []
    start = 0
    for text, path, kind, heads in blocks:
        sections.append(Section(text, path, 1, start, kind, heads))
        start += len(text) + 1
    document = "\n".join(section.text for section in sections)
    passages = split("c", SOURCE, sections, count, limit=limit)
    end = 0
    for position, passage in enumerate(passages):
        assert passage.position == position
        assert passage.text == document[passage.start : passage.end]
        assert not document[end : passage.start].strip()
        assert count(passage.embed_text) <= limit
        end = passage.end
    assert not document[end:].strip()
