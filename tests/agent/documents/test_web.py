"""HTML as a browser shows it."""

from agent.documents.pages import Document
from agent.documents.read import read


def _read(body: str, encoding: str = "utf-8", head: str = "") -> Document:
    return read("page.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))


def _blocks(body: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in _read(body).blocks]


def test_headings_paragraphs_and_lists_even_where_the_markup_is_wrong():
    body = (
        "<h1>Contrat</h1>Texte <b>g</b>ras<p>Un<p>Deux<li>sans liste</li><ol><li>avec<ul><li>dedans</ul></ol><div>Fin"
    )
    assert _blocks(body) == [
        ("heading", "Contrat"), ("paragraph", "Texte gras"), ("paragraph", "Un"), ("paragraph", "Deux"),
        ("list_item", "sans liste"), ("list_item", "avec"), ("list_item", "dedans"), ("paragraph", "Fin"),
    ]  # fmt: skip


def test_what_is_not_shown_is_not_read():
    body = (
        "<script>var a</script><style>p{}</style><p hidden>caché</p><p style='display: none'>caché</p><!-- note -->"
        "<p>vu<del> retiré</del><input type=hidden value=x></p>"
    )
    assert _blocks(body) == [("paragraph", "vu")]


def test_boxes_and_fields():
    body = (
        "<p><input type=checkbox checked>tacite <input type='checkbox'>expresse</p>"
        "<p>Nom : <input value='Dupont'> <select><option>A<option selected>B</select></p>"
    )
    assert _blocks(body) == [("paragraph", "☒ tacite ☐ expresse"), ("paragraph", "Nom : Dupont B")]


def test_tables_with_heads_and_spans():
    document = _read(
        "<table><tr><th>Lot<th>Objet<th>Prix</tr><tr><td rowspan=2>1<td>Nettoyage<td>10 €</tr>"
        "<tr><td>Vitres<td>20 €</tr>"
        "<tr><td colspan=2>Total<td>30 €</tr></table>"
    )
    assert [block.text for block in document.blocks] == [
        "Lot\tObjet\tPrix", "1\tNettoyage\t10 €", "1\tVitres\t20 €", "Total\t\t30 €",
    ]  # fmt: skip
    assert document.blocks[2].heads == ("Lot", "Objet", "Prix")
    assert {block.table for block in document.blocks} == {1}


def test_a_table_that_lays_out_the_page_is_read_through():
    body = "<table><tr><td><h2>Durée</h2><p>Trois ans</p></td><td><p>Marge</p></td></tr></table>"
    assert _blocks(body) == [("heading", "Durée"), ("paragraph", "Trois ans"), ("paragraph", "Marge")]


def test_line_breaks_part_lines_but_not_sentences():
    assert _blocks("<p>Clinique X<br>12 rue du Port<br>Le contrat prend effet<br>dès sa signature</p>") == [
        ("paragraph", "Clinique X"),
        ("paragraph", "12 rue du Port"),
        ("paragraph", "Le contrat prend effet dès sa signature"),
    ]


def test_struck_words_go_and_struck_paragraphs_are_marked():
    document = _read("<p>Dure <s>deux</s> trois ans</p><p><span style='text-decoration:line-through'>Retiré</span></p>")
    assert [(block.text, block.struck) for block in document.blocks] == [("Dure trois ans", False), ("Retiré", True)]


def test_margins_of_the_page_come_last():
    document = _read("<header>Espace client</header><nav>Menu</nav><p>Texte</p><footer>Mentions</footer>")
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Texte"), ("header", "Espace client"), ("header", "Menu"), ("footer", "Mentions"),
    ]  # fmt: skip


def test_the_encoding_is_that_of_the_page():
    assert _read("<p>Échéance</p>", "cp1252", "<meta charset=windows-1252>").text == "Échéance"
    assert _read("<p>Échéance</p>", "iso8859-1", "<meta charset=utf-8>").text == "Échéance"
    assert _read("<p>Échéance</p>", "utf-16").text == "Échéance"


def test_preformatted_text_is_read_as_plain_text():
    assert _blocks("<pre>ARTICLE 1 - OBJET\n\nLe contrat porte sur la maintenance des\nponts roulants.</pre>") == [
        ("heading", "ARTICLE 1 - OBJET"),
        ("paragraph", "Le contrat porte sur la maintenance des ponts roulants."),
    ]
