"""Obligations in tables: what, by whom, by when, one a row (« Livrables », « Calendrier », lists of documents)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.reading.grammar import dues, durations
from agent.reading.reader import Candidate
from agent.reading.rules.cast import Cast
from agent.reading.rules.obligation_actions import definite
from agent.reading.rules.obligation_documents import document_in, in_own_words, names_document, trimmed
from agent.reading.rules.obligation_headings import opening
from agent.reading.rules.obligation_owners import owner
from agent.reading.sameness import letters
from agent.reading.structure import Clause, Sentence, fold
from portfolio.schema import Obligation, Role
from portfolio.values import DueRule, FromEvent, OnDate

_WHAT = re.compile(
    r"\b(?:quoi|actions?|livrables?|documents?|pieces?|objets?|obligations?|remises?|taches?|rendez-vous|etapes?|"
    r"jalons?|nature|designation|"
    r"elements?|engagements?|justificatifs?|steps?|objet|contenu|ce que|informations?|indicateurs?|reportings?|"
    r"rapports?|deliverables?|items?|reports?|task|"
    r"what|milestones?|ce qui est|"
    r"activity|submission|mesures?|controles?|preuves?|verifications?|formalites?|demarches?|diligences?|evenements?)\b"
)
_PAPERS = re.compile(r"\b(?:documents?|livrables?|pieces?|rapports?|deliverables?|reports?|justificatifs?)\b")
_WHO = re.compile(
    r"^(?:qui|par qui|debiteur|responsable|a la charge de|charge de|partie|emetteur|obligee?|acteur|auteur|redacteur|"
    r"porteur|pilote|"
    r"par$|de$|pour$|incombe|a fournir par|a charge|debit|resp\b|"
    r"who|by$|by whom|responsible(?: party)?|party|owner|from|de qui|fourni par|remis par|a l'initiative de)\b"
)
_WHEN = re.compile(
    r"\b(?:quand|echeances?|dates?|delais?|periodicites?|frequences?|rythmes?|pour quand|pour le|when|due|deadlines?|"
    r"frequency|timing|"
    r"terme|date limite|moment|remise (?:le|au)|by when|au plus tard)\b"
)
_START = re.compile(
    r"\b(?:depart|point de depart|a compter|a partir|declench|fait generateur|origine|apres quoi|evenement|"
    r"starting|starts?|"
    r"trigger|counted from|running from|runs from|after what|event)\b"
)
_NUMBER = re.compile(r"(?:n ?[°o]\.?|no\.?|num(?:ero)?|#|ref\.?|rep\.?|id|ordre|item no\.?|)\s*")
_PAPER_HEAD = re.compile(
    r"\b(?:informations?|reportings?|rapports?|reports?|preuves?|justificatifs?|documents?|"
    r"livrables?|pieces?|evidence|proof|deliverables?)\b"
)
_NOT_OBLIGATIONS = re.compile(
    r"penalit|retenue|prix|tarif|bareme|zone|nettoyage|prestation|passage|intervention|gtr|gti|sla|garantie de temps|"
    r"disponibilit|"
    r"remuneration|honoraire|loyer|redevance|paiement|facturation|indice|retard|sanction|service level|fees?\b|"
    r"payment|prices?\b|"
    r"entretien|maintenance preventive|gamme|franchise|effectif|horaire|equipement|materiel"
)
DEED = re.compile(
    r"^(?:remise|transmission|envoi|depot|communication|fourniture|production|etablissement|mise (?:en place|a jour|"
    r"a disposition)|organisation|"
    r"designation|realisation|restitution|presentation|notification|information|livraison|publication|reunion|comite|"
    r"essai|test|"
    r"export|visite|audit|inventaire|declaration|controle|verification|convocation|validation|signature|constitution|"
    r"souscription|signalement|avertissement|remontee|saisie|thermographie|essais?|etalonnage|"
    r"point|revue|bilan|exercice|formation|enquete|delivery|submission|provision|return|meeting|review|test|audit|"
    r"renouvellement|retour|mise|elaboration|redaction|recette)\b"
)
_INFINITIVE = {
    "remise": "remettre", "transmission": "transmettre", "envoi": "envoyer", "depot": "déposer",
    "communication": "communiquer",
    "fourniture": "fournir", "production": "produire", "etablissement": "établir", "organisation": "organiser",
    "designation": "désigner", "realisation": "réaliser", "restitution": "restituer", "presentation": "présenter",
    "notification": "notifier", "livraison": "livrer", "publication": "publier", "declaration": "déclarer",
    "convocation": "convoquer", "validation": "valider", "signature": "signer", "constitution": "constituer",
    "souscription": "souscrire", "renouvellement": "renouveler", "retour": "retourner", "elaboration": "élaborer",
    "redaction": "rédiger", "export": "exporter", "controle": "contrôler", "verification": "vérifier",
    "visite": "visiter",
}  # fmt: skip
_PREPOSITION = re.compile(r"^(?:des |du |de la |de l['’]|de |d['’]|of the |of )", re.IGNORECASE)
_AND = re.compile(r"\bet (?P<article>du |de la |de l['’]|des )")
_FRENCH_PAPER = re.compile(
    r"(?:attestation|certificat|rapport|compte|bilan|planning|liste|etat|releve|extrait|copie|plan|dossier|tableau|"
    r"registre|proces-verba|inventaire|justificatif|bordereau|programme|calendrier|devis|synthese|fiche|declaration|"
    r"garantie|carnet|decompte|notice|manuel|document|pieces?\b|budget|resultat|etude|diagnostic|memoire|mandat|"
    r"extraction|licence|quittance|avis|offre|proposition|questionnaire|enquete|statistique|indicateur|arrete)"
)
_ARTICLE = {"des ": "les ", "du ": "le ", "de la ": "la ", "de l'": "l'", "de l’": "l’", "de ": "", "d'": "", "d’": ""}


_SHORTEST_EVENT = 5


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what, which ones when, and (where there are any) who and with what document."""

    what: int
    when: tuple[int, ...]
    who: int | None = None
    paper: int | None = None
    """The column that names the document, where it is not what is to be done."""
    start: int | None = None
    """The column that tells from which event a length runs."""
    papers: bool = False
    """What is to be handed over are documents, by the column's head."""


def columns(heads: Sequence[str]) -> Columns | None:
    """The columns of a table of obligations by its heads; None for any other table."""
    folded = [fold(head) for head in heads]
    heads_of_paper = any(_PAPERS.search(head) for head in folded)
    if len(folded) < 2 or (_NOT_OBLIGATIONS.search(" ".join(folded)) and not heads_of_paper):
        return None
    when = tuple(i for i, head in enumerate(folded) if _WHEN.search(head))
    if len(when) > 1 and not any(_WHAT.search(folded[i]) for i in range(len(folded)) if i not in when):
        when = tuple(i for i in when if not _WHAT.search(folded[i])) or when[:1]
    who = next((i for i, head in enumerate(folded) if i not in when and _WHO.search(head)), None)
    start = next((i for i, head in enumerate(folded) if i != who and _START.search(head)), None)
    if start is not None and len(when) > 1:
        when = tuple(i for i in when if i != start)
    rest = [
        i for i in range(len(folded)) if i not in when and i not in (who, start) and not _NUMBER.fullmatch(folded[i])
    ]
    what = next((i for i in rest if _WHAT.search(folded[i])), rest[0] if rest and who is not None else None)
    if not when or what is None:
        return None
    paper = next((i for i in rest if i != what and _PAPER_HEAD.search(folded[i])), None)
    if start in when:
        start = None
    return Columns(what, when, who, paper, start, papers=_PAPER_HEAD.search(folded[what]) is not None)


def read(clause: Clause, cast: Cast, owed_by: str | None) -> Iterator[Candidate]:
    """The obligations of a clause's tables; ``owed_by`` is the debtor that the clause names where no column does."""
    heading = fold(clause.heading)
    if _NOT_OBLIGATIONS.search(heading):
        return
    layout: Columns | None = None
    table = 0
    for row in (sentence for sentence in clause.sentences if sentence.block.kind == "table_row"):
        cells = row.block.cells
        if row.block.table != table or not table:
            table = row.block.table
            layout = columns(row.block.heads) if row.block.heads else columns(cells)
            if not row.block.heads:
                continue
        elif layout is None and not row.block.heads:
            continue
        if row.block.heads and layout is None:
            layout = columns(row.block.heads)
        if (
            layout is not None
            and len(cells) > max(layout.what, *layout.when, layout.who or 0, layout.paper or 0, layout.start or 0)
            and cells != row.block.heads
        ):
            asked = opening(fold(row.block.heads[layout.what]), cast) if row.block.heads else None
            yield from _row(row, layout, cast, asked.debtor if asked else owed_by, asked is not None)


def _row(row: Sentence, layout: Columns, cast: Cast, owed_by: str | None, asked: bool) -> Iterator[Candidate]:
    """``asked``: the head of the column says whose its papers are (`Ce que doit le titulaire`)."""
    ticked = _ticked(row, cast)
    owed_by = ticked or owed_by
    spans = _spans(row)
    what, when = row.block.cells[layout.what], " ".join(row.block.cells[i] for i in layout.when)
    paper = row.block.cells[layout.paper] if layout.paper is not None else ""
    folded = fold(what)
    due = due_of_cell(when)
    started = row.block.cells[layout.start].strip() if layout.start is not None else ""
    if due is None and len(started) >= _SHORTEST_EVENT and (length := durations.find(fold(when))):
        due = FromEvent(event=started, offset=length[0].value)
    if due is None or len(what) < 6:
        return
    deed = DEED.match(folded)
    named = names_document(folded) or names_document(fold(paper))
    if (
        layout.who is None
        and not (started and named)
        and not (owed_by and named and (layout.papers or asked or ticked))
        and (
            isinstance(due, OnDate)
            or (deed is None and not (named and layout.papers) and (not named or _NOT_OBLIGATIONS.search(folded)))
        )
    ):
        return
    debtor = owed_by or owner(folded, cast)
    shown = (layout.what, *layout.when, *((layout.start,) if layout.start is not None and started else ()))
    quotes = [row.quote(*spans[i]) for i in shown]
    if layout.who is not None:
        who = row.block.cells[layout.who]
        debtor = _who(fold(who).strip(" ."), cast) or owed_by
        quotes.append(row.quote(*spans[layout.who]))
    obligation = Obligation(
        debtor=debtor or (cast.doer if cast.doer != cast.unnamed else None),
        action=action_of(what, folded),
        document=trimmed(paper) or document_in(what, folded),
        due=due,
        quote=what,
    )
    confidence = 0.85 if layout.who is not None and debtor else 0.75 if owed_by else 0.65
    yield Candidate("obligations", obligation, tuple(q for q in quotes if q.text), confidence, "obligations.table")


_TICK = re.compile(r"\W*(?:x|oui|yes|[☒☑✓✔●■])\W*")


def _ticked(row: Sentence, cast: Cast) -> str | None:
    """The party whose column bears the one cross of the row."""
    crossed = [h for h, cell in zip(row.block.heads, row.block.cells, strict=False) if _TICK.fullmatch(fold(cell))]
    return _who(fold(crossed[0]).strip(" ."), cast) if len(crossed) == 1 else None


def _who(folded: str, cast: Cast) -> str | None:
    """The party that a cell names: by name, role with or without article, or `Vous`."""
    if folded in ("nous", "we"):
        return cast.us
    if folded in ("vous", "you"):
        return cast.you
    if _BOTH.search(folded):
        return None
    mentions = cast.mentions(f"le {folded}") or cast.mentions(folded)
    return mentions[0].name if mentions else _abbreviated(folded, cast)


_BOTH = re.compile(r"^(?:les )?deux(?: parties)?$|^(?:both|each party|chaque partie|tous)$")
_SHORT: dict[str, Role] = {
    "moa": "client", "mo": "client", "pa": "client", "do": "client", "ea": "client", "cli": "client",
    "clt": "client", "ach": "client", "mandant": "client", "moe": "supplier", "amo": "supplier", "fourn": "supplier",
    "prest": "supplier", "presta": "supplier", "tit": "supplier", "ent": "supplier", "entr": "supplier",
    "exploit": "supplier", "bail": "landlord", "pren": "tenant", "loc": "tenant", "assr": "insurer", "sousc": "insured",
    "cust": "client", "supp": "supplier", "cons": "supplier", "contr": "supplier",
}  # fmt: skip
"""How columns shorten the words for the parties."""
_SHORTEST_ABBREVIATION = 3
_CUT_WORD = 5


def _abbreviated(folded: str, cast: Cast) -> str | None:
    """The party of a shortened cell: `MOA`, `Prest.`, `Coop.`, or a word that a line break has cut in two."""
    plain = letters(folded)
    if role := _SHORT.get(folded.strip(" .")):
        return cast.by_role(role, folded.strip(" ."))
    if len(plain) < _SHORTEST_ABBREVIATION:
        return None
    words = ((letters(alias), name) for alias, name in {**cast.aliases, **cast.kinds}.items())
    names = {name for word, name in words if word.startswith(plain) or (len(plain) >= _CUT_WORD and plain in word)}
    return names.pop() if len(names) == 1 else None


def _spans(row: Sentence) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for cell in row.block.cells:
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return spans


def due_of_cell(text: str) -> DueRule | None:
    """The due rule of a whole cell, where the words need no verb around them."""
    folded = fold(text)
    found = [*dues.find(folded), *dues.moments(folded)]
    return preferred([in_own_words(item, text) for item in found])


def preferred(rules: Sequence[DueRule]) -> DueRule | None:
    """Of several due rules for one deed: a day before an offset from an event, an offset before a bare rhythm, all
    before an offset without an event, and before « at once »."""
    return min(rules, key=_order, default=None)


def _order(rule: DueRule) -> int:
    if isinstance(rule, FromEvent):
        if not (rule.offset.years or rule.offset.months or rule.offset.days or rule.offset.hours):
            return 5
        return 2 if rule.event else 4
    return 1 if getattr(rule, "month_day", "") is not None else 3


def action_of(what: str, folded: str) -> str:
    """The phrase for a deed that ``what`` names by a noun: `Remise du rapport` to `remettre le rapport`."""
    deed = DEED.match(folded)
    infinitive = _INFINITIVE.get(deed[0]) if deed else None
    if deed is None or infinitive is None:
        thing = trimmed(what) or what
        return f"remettre {definite(thing)}"[:300] if _FRENCH_PAPER.match(folded) else thing[:300]
    rest = what[deed.end() :].strip()
    preposition = _PREPOSITION.match(rest)
    if preposition:
        rest = _ARTICLE.get(preposition[0].lower(), "") + rest[preposition.end() :]
    rest = _AND.sub(lambda match: f"et {_ARTICLE.get(match['article'], match['article'])}", rest)
    return f"{infinitive} {rest}".strip()[:300]
