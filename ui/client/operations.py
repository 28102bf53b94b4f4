"""Written by `make client` from the API's description; not to be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from ui.client import models
from ui.client.transport import ServerEvent, Transport

Sort = Literal["title", "counterparty", "type", "start", "end", "amount", "confidence", "to_review", "updated", "file"]
Type = Literal[
    "services",
    "maintenance",
    "cleaning",
    "assistance",
    "security",
    "catering",
    "supply",
    "works",
    "software",
    "lease",
    "insurance",
    "energy",
    "transport",
    "employment",
    "training",
    "confidentiality",
    "partnership",
    "other",
]
Sector = Literal["public", "private"]
Form = Literal["framework", "purchase_orders", "fixed_price", "lots", "phased", "concession"]
Status = Literal["active", "expired", "renegotiation", "dispute", "terminated"]
Kind = Literal["base", "amendment"]
Event = Literal["start", "end", "renewal", "final_end", "notice", "revision", "obligation", "document_expiry"]
Side = Literal["us", "them"]
State = Literal["proposed", "confirmed", "snoozed", "done", "dismissed", "past", "gone"]
Format = Literal["json", "xlsx", "csv", "parquet", "ics"]
State2 = Literal["waiting", "sent", "dead", "withdrawn"]


class Client(Transport):
    """One method an operation, called as the description calls it."""

    def health(self) -> models.State:
        """The process answers."""
        return self._json(models.State, "GET", "/health")

    def ready(self) -> models.State:
        """The register answers too; 503 where it does not."""
        return self._json(models.State, "GET", "/ready")

    def metrics(self) -> bytes:
        """Figures in Prometheus' format."""
        return self._bytes("GET", "/metrics")

    def list_contracts(
        self,
        *,
        as_of: date | None = None,
        sort: Sort | None = None,
        descending: bool | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        fields: str | None = None,
        text: str | None = None,
        type: Sequence[Type] | None = None,
        sector: Sector | None = None,
        form: Sequence[Form] | None = None,
        status: Sequence[Status] | None = None,
        kind: Kind | None = None,
        counterparty: str | None = None,
        site: str | None = None,
        city: str | None = None,
        department: str | None = None,
        region: str | None = None,
        tag: str | None = None,
        to_review: bool | None = None,
        ends_from: date | None = None,
        ends_until: date | None = None,
    ) -> models.ContractPage:
        """The portfolio, a line a contract; all filters given hold. Cursors stay right while contracts come and go."""
        return self._json(
            models.ContractPage,
            "GET",
            "/v1/contracts",
            query={
                "as_of": as_of,
                "sort": sort,
                "descending": descending,
                "cursor": cursor,
                "limit": limit,
                "fields": fields,
                "text": text,
                "type": type,
                "sector": sector,
                "form": form,
                "status": status,
                "kind": kind,
                "counterparty": counterparty,
                "site": site,
                "city": city,
                "department": department,
                "region": region,
                "tag": tag,
                "to_review": to_review,
                "ends_from": ends_from,
                "ends_until": ends_until,
            },
        )

    def show_contract(self, ref: str) -> models.ExportedContract:
        """One contract with all its values and the words that prove them, and what it says to your own columns."""
        return self._json(models.ExportedContract, "GET", "/v1/contracts/{ref}", within={"ref": ref})

    def contract_evidence(self, ref: str, *, field: str | None = None) -> list[models.Value]:
        """The words that prove each value, with the document, the page and the place on it."""
        return self._json(
            list[models.Value], "GET", "/v1/contracts/{ref}/evidence", within={"ref": ref}, query={"field": field}
        )

    def terms_in_force(self, ref: str, *, as_of: date | None = None) -> models.TermsOut:
        """The terms in force on a day, amendments counted in, and what each amendment changed."""
        return self._json(
            models.TermsOut, "GET", "/v1/contracts/{ref}/terms", within={"ref": ref}, query={"as_of": as_of}
        )

    def contract_history(self, ref: str) -> list[models.HistoryEntry]:
        """What happened to its values, oldest first: who, when, from what to what."""
        return self._json(list[models.HistoryEntry], "GET", "/v1/contracts/{ref}/history", within={"ref": ref})

    def confirm_value(
        self,
        ref: str,
        field: str,
        body: models.ConfirmValue,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.ExportedContract:
        """The value is right as it was read."""
        return self._json(
            models.ExportedContract,
            "POST",
            "/v1/contracts/{ref}/values/{field}/confirm",
            within={"ref": ref, "field": field},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
        )

    def correct_value(
        self,
        ref: str,
        field: str,
        body: models.CorrectValue,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.ExportedContract:
        """Another value is right; of a field that holds one it may also be a first value."""
        return self._json(
            models.ExportedContract,
            "POST",
            "/v1/contracts/{ref}/values/{field}/correct",
            within={"ref": ref, "field": field},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
        )

    def reject_value(
        self,
        ref: str,
        field: str,
        body: models.RejectValue,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.ExportedContract:
        """The value is wrong and there is no other."""
        return self._json(
            models.ExportedContract,
            "POST",
            "/v1/contracts/{ref}/values/{field}/reject",
            within={"ref": ref, "field": field},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
        )

    def add_value(
        self,
        ref: str,
        field: str,
        body: models.AddValue,
        *,
        if_match: str | None = None,
        idempotency_key: str | None = None,
    ) -> models.ExportedContract:
        """One more value of a list field."""
        return self._json(
            models.ExportedContract,
            "POST",
            "/v1/contracts/{ref}/values/{field}/add",
            within={"ref": ref, "field": field},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
            body=body,
        )

    def undo_decision(
        self, ref: str, entry: int, *, if_match: str | None = None, idempotency_key: str | None = None
    ) -> models.ExportedContract:
        """Takes a decision back, by its line of the contract's history."""
        return self._json(
            models.ExportedContract,
            "POST",
            "/v1/contracts/{ref}/history/{entry}/undo",
            within={"ref": ref, "entry": entry},
            headers={"If-Match": if_match, "Idempotency-Key": idempotency_key},
        )

    def list_documents(self, ref: str) -> list[models.ContractDocument]:
        """The files of a contract, the one it is named after first."""
        return self._json(list[models.ContractDocument], "GET", "/v1/contracts/{ref}/documents", within={"ref": ref})

    def document_file(self, ref: str, sha256: str) -> bytes:
        """The file as it was given."""
        return self._bytes("GET", "/v1/contracts/{ref}/documents/{sha256}", within={"ref": ref, "sha256": sha256})

    def document_text(self, ref: str, sha256: str, *, page: int | None = None) -> models.TextOut:
        """The text that was read, of the whole document or of a page."""
        return self._json(
            models.TextOut,
            "GET",
            "/v1/contracts/{ref}/documents/{sha256}/text",
            within={"ref": ref, "sha256": sha256},
            query={"page": page},
        )

    def page_image(self, ref: str, sha256: str, page: int) -> bytes:
        """A page as PNG, of a PDF or a picture."""
        return self._bytes(
            "GET",
            "/v1/contracts/{ref}/documents/{sha256}/pages/{page}/image",
            within={"ref": ref, "sha256": sha256, "page": page},
        )

    def list_deadlines(
        self,
        *,
        as_of: date | None = None,
        days: int | None = None,
        event: Sequence[Event] | None = None,
        side: Side | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        undated: bool | None = None,
        text: str | None = None,
        type: Sequence[Type] | None = None,
        sector: Sector | None = None,
        form: Sequence[Form] | None = None,
        status: Sequence[Status] | None = None,
        kind: Kind | None = None,
        counterparty: str | None = None,
        site: str | None = None,
        city: str | None = None,
        department: str | None = None,
        region: str | None = None,
        tag: str | None = None,
        to_review: bool | None = None,
        ends_from: date | None = None,
        ends_until: date | None = None,
    ) -> models.DeadlinePage:
        """Dated events of the days ahead, with amendments and renewals counted in."""
        return self._json(
            models.DeadlinePage,
            "GET",
            "/v1/deadlines",
            query={
                "as_of": as_of,
                "days": days,
                "event": event,
                "side": side,
                "cursor": cursor,
                "limit": limit,
                "undated": undated,
                "text": text,
                "type": type,
                "sector": sector,
                "form": form,
                "status": status,
                "kind": kind,
                "counterparty": counterparty,
                "site": site,
                "city": city,
                "department": department,
                "region": region,
                "tag": tag,
                "to_review": to_review,
                "ends_from": ends_from,
                "ends_until": ends_until,
            },
        )

    def list_alerts(
        self,
        *,
        state: Sequence[State] | None = None,
        kind: Sequence[Event] | None = None,
        contract: str | None = None,
        assignee: str | None = None,
        side: Side | None = None,
        until: date | None = None,
    ) -> list[models.AlertOut]:
        """Alerts by day."""
        return self._json(
            list[models.AlertOut],
            "GET",
            "/v1/alerts",
            query={
                "state": state,
                "kind": kind,
                "contract": contract,
                "assignee": assignee,
                "side": side,
                "until": until,
            },
        )

    def show_alert(self, alert: int) -> models.AlertOut:
        """One alert, in whatever state."""
        return self._json(models.AlertOut, "GET", "/v1/alerts/{alert}", within={"alert": alert})

    def alert_history(self, alert: int) -> list[models.AlertEntry]:
        """What happened to it, oldest first."""
        return self._json(list[models.AlertEntry], "GET", "/v1/alerts/{alert}/history", within={"alert": alert})

    def confirm_alert(self, alert: int, *, idempotency_key: str | None = None) -> models.AlertOut:
        """The event and its day are right."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/confirm",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
        )

    def snooze_alert(self, alert: int, body: models.Snooze, *, idempotency_key: str | None = None) -> models.AlertOut:
        """Not before a day."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/snooze",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def assign_alert(self, alert: int, body: models.Assign, *, idempotency_key: str | None = None) -> models.AlertOut:
        """Somebody looks after it."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/assign",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def alert_done(self, alert: int, body: models.Done, *, idempotency_key: str | None = None) -> models.AlertOut:
        """What it asked for is done."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/done",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def dismiss_alert(self, alert: int, body: models.Dismiss, *, idempotency_key: str | None = None) -> models.AlertOut:
        """It is of no use, for a reason; if its day moves, it comes back."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/dismiss",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def undo_alert_action(
        self, alert: int, body: models.Undo, *, idempotency_key: str | None = None
    ) -> models.AlertOut:
        """Takes an action back."""
        return self._json(
            models.AlertOut,
            "POST",
            "/v1/alerts/{alert}/undo",
            within={"alert": alert},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_obligations(
        self,
        *,
        as_of: date | None = None,
        back: int | None = None,
        ahead: int | None = None,
        text: str | None = None,
        type: Sequence[Type] | None = None,
        sector: Sector | None = None,
        form: Sequence[Form] | None = None,
        status: Sequence[Status] | None = None,
        kind: Kind | None = None,
        counterparty: str | None = None,
        site: str | None = None,
        city: str | None = None,
        department: str | None = None,
        region: str | None = None,
        tag: str | None = None,
        to_review: bool | None = None,
        ends_from: date | None = None,
        ends_until: date | None = None,
    ) -> models.ObligationsOut:
        """What falls due around a day, in its state on that day."""
        return self._json(
            models.ObligationsOut,
            "GET",
            "/v1/obligations",
            query={
                "as_of": as_of,
                "back": back,
                "ahead": ahead,
                "text": text,
                "type": type,
                "sector": sector,
                "form": form,
                "status": status,
                "kind": kind,
                "counterparty": counterparty,
                "site": site,
                "city": city,
                "department": department,
                "region": region,
                "tag": tag,
                "to_review": to_review,
                "ends_from": ends_from,
                "ends_until": ends_until,
            },
        )

    def contract_obligations(
        self, ref: str, *, as_of: date | None = None, back: int | None = None, ahead: int | None = None
    ) -> models.ObligationsOut:
        """The same of one contract (of an amendment: of its base)."""
        return self._json(
            models.ObligationsOut,
            "GET",
            "/v1/contracts/{ref}/obligations",
            within={"ref": ref},
            query={"as_of": as_of, "back": back, "ahead": ahead},
        )

    def obligation_done(
        self, handle: str, body: models.DoneIn, *, idempotency_key: str | None = None
    ) -> models.SettledOut:
        """It was done, with the document that was handed over where there is one."""
        return self._json(
            models.SettledOut,
            "POST",
            "/v1/obligations/{handle}/done",
            within={"handle": handle},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def obligation_waived(
        self, handle: str, body: models.WaiveIn, *, idempotency_key: str | None = None
    ) -> models.SettledOut:
        """It need not be done this time, for a reason."""
        return self._json(
            models.SettledOut,
            "POST",
            "/v1/obligations/{handle}/waive",
            within={"handle": handle},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def contract_revision(
        self,
        ref: str,
        *,
        on: date | None = None,
        amount: float | str | None = None,
        invoiced: float | str | None = None,
    ) -> models.PriceOut:
        """The price of a contract on a day, with each revision until then and its arithmetic."""
        return self._json(
            models.PriceOut,
            "GET",
            "/v1/contracts/{ref}/revision",
            within={"ref": ref},
            query={"on": on, "amount": amount, "invoiced": invoiced},
        )

    def list_indices(self) -> list[models.IndexOut]:
        """The series that are known, with and without values."""
        return self._json(list[models.IndexOut], "GET", "/v1/indices")

    def put_index_values(
        self, code: str, body: models.IndexValuesIn, *, idempotency_key: str | None = None
    ) -> models.StoredOut:
        """Values of a series; one of the same period replaces the old one."""
        return self._json(
            models.StoredOut,
            "POST",
            "/v1/indices/{code}/values",
            within={"code": code},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def search(self, *, q: str, limit: int | None = None) -> models.SearchOut:
        """Passages that speak of something, by words and by meaning, best first."""
        return self._json(models.SearchOut, "GET", "/v1/search", query={"q": q, "limit": limit})

    def ask(self, body: models.Question, *, idempotency_key: str | None = None) -> models.AnswerOut:
        """The answer to a question in French or English, with the words that prove it."""
        return self._json(models.AnswerOut, "POST", "/v1/ask", headers={"Idempotency-Key": idempotency_key}, body=body)

    def ask_stream(self, body: models.Question, *, idempotency_key: str | None = None) -> Iterator[ServerEvent]:
        """The same as events: `begun` at once, then `answer`, each `row`, each `citation`, and `done` with the whole."""
        return self._events("POST", "/v1/ask/stream", headers={"Idempotency-Key": idempotency_key}, body=body)

    def list_proposals(self) -> list[models.ProposalOut]:
        """Those that wait for a yes or a no, oldest first."""
        return self._json(list[models.ProposalOut], "GET", "/v1/proposals")

    def show_proposal(self, proposal: str) -> models.ProposalOut:
        """One proposal, in whatever state."""
        return self._json(models.ProposalOut, "GET", "/v1/proposals/{proposal}", within={"proposal": proposal})

    def confirm_proposal(self, proposal: str, *, idempotency_key: str | None = None) -> models.ProposalOut:
        """Yes: it is done now, once, in the caller's name; nothing where what it changes is not as it was any more."""
        return self._json(
            models.ProposalOut,
            "POST",
            "/v1/proposals/{proposal}/confirm",
            within={"proposal": proposal},
            headers={"Idempotency-Key": idempotency_key},
        )

    def refuse_proposal(self, proposal: str, *, idempotency_key: str | None = None) -> models.ProposalOut:
        """No: it is never done."""
        return self._json(
            models.ProposalOut,
            "POST",
            "/v1/proposals/{proposal}/refuse",
            within={"proposal": proposal},
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_columns(self) -> list[models.ColumnOut]:
        """Every column, in the order in which they were added."""
        return self._json(list[models.ColumnOut], "GET", "/v1/columns")

    def add_column(self, body: models.ColumnIn, *, idempotency_key: str | None = None) -> models.ColumnOut:
        """A new column; `contratheque column fill` or the next import reads it."""
        return self._json(
            models.ColumnOut, "POST", "/v1/columns", headers={"Idempotency-Key": idempotency_key}, body=body
        )

    def column_values(
        self,
        key: str,
        *,
        text: str | None = None,
        type: Sequence[Type] | None = None,
        sector: Sector | None = None,
        form: Sequence[Form] | None = None,
        status: Sequence[Status] | None = None,
        kind: Kind | None = None,
        counterparty: str | None = None,
        site: str | None = None,
        city: str | None = None,
        department: str | None = None,
        region: str | None = None,
        tag: str | None = None,
        to_review: bool | None = None,
        ends_from: date | None = None,
        ends_until: date | None = None,
    ) -> list[models.OwnValueOut]:
        """What contracts say to a column themselves, with the words that prove it."""
        return self._json(
            list[models.OwnValueOut],
            "GET",
            "/v1/columns/{key}/values",
            within={"key": key},
            query={
                "text": text,
                "type": type,
                "sector": sector,
                "form": form,
                "status": status,
                "kind": kind,
                "counterparty": counterparty,
                "site": site,
                "city": city,
                "department": department,
                "region": region,
                "tag": tag,
                "to_review": to_review,
                "ends_from": ends_from,
                "ends_until": ends_until,
            },
        )

    def remove_column(self, key: str) -> models.RemovedOut:
        """Removes a column with all that was read and decided."""
        return self._json(models.RemovedOut, "DELETE", "/v1/columns/{key}", within={"key": key})

    def import_files(self, files: Sequence[tuple[str, bytes]], *, idempotency_key: str | None = None) -> models.RunOut:
        """Files, or a ZIP archive, as a form (`files`). `Location` says where to see how far it is."""
        return self._json(
            models.RunOut, "POST", "/v1/imports", headers={"Idempotency-Key": idempotency_key}, files=files
        )

    def import_addresses(self, body: models.Addresses, *, idempotency_key: str | None = None) -> models.RunOut:
        """Files at addresses below a store that `CONTRATHEQUE_API_IMPORT_STORES` allows; any other is refused."""
        return self._json(
            models.RunOut, "POST", "/v1/imports/url", headers={"Idempotency-Key": idempotency_key}, body=body
        )

    def import_progress(self, run: str) -> models.RunOut:
        """How far an import is, and what became of each file."""
        return self._json(models.RunOut, "GET", "/v1/imports/{run}", within={"run": run})

    def export(
        self,
        format: Format,
        *,
        as_of: date | None = None,
        days: int | None = None,
        plain: bool | None = None,
        text: str | None = None,
        type: Sequence[Type] | None = None,
        sector: Sector | None = None,
        form: Sequence[Form] | None = None,
        status: Sequence[Status] | None = None,
        kind: Kind | None = None,
        counterparty: str | None = None,
        site: str | None = None,
        city: str | None = None,
        department: str | None = None,
        region: str | None = None,
        tag: str | None = None,
        to_review: bool | None = None,
        ends_from: date | None = None,
        ends_until: date | None = None,
    ) -> bytes:
        """JSON (with evidence), Excel, CSV and Parquet (a ZIP of the published tables), or a calendar."""
        return self._bytes(
            "GET",
            "/v1/exports/{format}",
            within={"format": format},
            query={
                "as_of": as_of,
                "days": days,
                "plain": plain,
                "text": text,
                "type": type,
                "sector": sector,
                "form": form,
                "status": status,
                "kind": kind,
                "counterparty": counterparty,
                "site": site,
                "city": city,
                "department": department,
                "region": region,
                "tag": tag,
                "to_review": to_review,
                "ends_from": ends_from,
                "ends_until": ends_until,
            },
        )

    def list_hooks(self) -> list[models.HookOut]:
        """The addresses that are told."""
        return self._json(list[models.HookOut], "GET", "/v1/webhooks")

    def add_hook(self, body: models.HookIn, *, idempotency_key: str | None = None) -> models.NewHook:
        """A new address, told of what happens from now on."""
        return self._json(
            models.NewHook, "POST", "/v1/webhooks", headers={"Idempotency-Key": idempotency_key}, body=body
        )

    def remove_hook(self, hook: int) -> None:
        """Takes an address off; what waits for it is withdrawn."""
        self._bytes("DELETE", "/v1/webhooks/{hook}", within={"hook": hook})

    def list_deliveries(self, *, state: State2 | None = None, limit: int | None = None) -> list[models.DeliveryOut]:
        """What left to webhooks, or waits to, the newest first."""
        return self._json(list[models.DeliveryOut], "GET", "/v1/deliveries", query={"state": state, "limit": limit})

    def replay_delivery(self, delivery: int, *, idempotency_key: str | None = None) -> models.DeliveryOut:
        """Sends one again that was given up."""
        return self._json(
            models.DeliveryOut,
            "POST",
            "/v1/deliveries/{delivery}/replay",
            within={"delivery": delivery},
            headers={"Idempotency-Key": idempotency_key},
        )

    def list_tables(self) -> list[models.TableOut]:
        """The tables with what their columns hold, in the caller's language."""
        return self._json(list[models.TableOut], "GET", "/v1/tables")

    def table_rows(self, name: str, *, cursor: str | None = None, limit: int | None = None) -> models.Rows:
        """Rows of a table, by its key."""
        return self._json(
            models.Rows, "GET", "/v1/tables/{name}", within={"name": name}, query={"cursor": cursor, "limit": limit}
        )

    def refresh_tables(self, *, idempotency_key: str | None = None) -> models.RefreshedOut:
        """Computes the tables anew, as of today."""
        return self._json(
            models.RefreshedOut, "POST", "/v1/tables/refresh", headers={"Idempotency-Key": idempotency_key}
        )
