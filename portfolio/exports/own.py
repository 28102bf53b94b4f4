"""What contracts say to the columns that users added, as lines of the published tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from portfolio.columns import wording
from portfolio.columns.records import Column, InForce
from portfolio.exports.lines import Chain
from portfolio.exports.tables import OwnColumnLine, State
from portfolio.schema import Amount
from portfolio.words.values import Wording


def own_lines(
    chain: Chain, columns: Mapping[str, Column], held: Mapping[str, InForce], say: Wording
) -> Iterator[OwnColumnLine]:
    """A line a column that was read of the contract; ``held`` by column key."""
    for key, column in columns.items():
        if key in held:
            yield _line(chain, column, held[key], say)


def _line(chain: Chain, column: Column, held: InForce, say: Wording) -> OwnColumnLine:
    own = held.own
    value, proof = own.value, next(iter(own.answer.evidence), None)
    amount = value if isinstance(value, Amount) else None
    by = chain.rows.get(held.set_by)
    return OwnColumnLine(
        own_id=f"{chain.id}:{column.key}",
        contract_id=chain.id,
        contract=chain.stem,
        column_key=column.key,
        question=column.words,
        question_kind=column.kind,
        value=wording.value(column, value, say) or None,
        number=amount.value if amount else value if isinstance(value, float) else None,
        currency=amount.currency if amount else None,
        on_day=value if isinstance(value, date) else None,
        holds=value if isinstance(value, bool) else None,
        answer=own.state,
        state=_state(held),
        confidence=own.answer.confidence,
        read_by=own.answer.reader,
        set_by=by.stem if by is not None else chain.stem,
        document=chain.documents.get(proof.document, proof.document) if proof else None,
        page=proof.page if proof else None,
        quote=proof.quote if proof else None,
    )


def _state(held: InForce) -> State | None:
    """None where a person rejected the value, or nothing is said and nobody decided."""
    own = held.own
    if own.review == "rejected" or (own.state == "silent" and not own.decided):
        return None
    if own.review == "to_review":
        return "certain" if own.certain else "to_review"
    return "confirmed" if own.review == "confirmed" else "corrected"
