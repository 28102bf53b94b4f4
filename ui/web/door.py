"""The door before the application: sign-in and sign-out as plain pages, and a guard that lets nobody pass unknown.

A password never goes through the application's own connection: the browser posts a form, and is given a cookie that
scripts cannot read. Where the company's sign-in service is set up, the application itself asks (`ui.web.signin`).
"""

from __future__ import annotations

import html
from http.cookies import CookieError, SimpleCookie
from importlib.resources import files
from urllib.parse import parse_qs, quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.settings import Settings
from portfolio.accounts.records import SignInRefused
from portfolio.accounts.store import SIGNED_IN, Accounts
from portfolio.words.texts import LANGUAGES
from ui.texts import Texts
from ui.web import opened, who
from ui.web.pages import DEFAULT

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
_OPEN = (SIGN_IN, SIGN_OUT, "/_stcore/health")
_OPEN_FOLDERS = ("/static/",)
"""The programs of the page itself, the same for everybody."""
_LONGEST_FORM = 4_000


class Guard:
    """Middleware: without a sign-in nothing is answered but the door, where accounts are set up."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        guarded = scope["type"] in ("http", "websocket") and not _is_open(scope["path"])
        if not guarded or await run_in_threadpool(_may_pass, _token(scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "sign in first"})
        elif scope["method"] == "GET" and _wants_page(scope):
            asked = scope["path"] + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
            await RedirectResponse(f"{SIGN_IN}?next={quote(asked)}", 303)(scope, receive, send)
        else:
            await PlainTextResponse("Sign in first.", 401)(scope, receive, send)


async def sign_in(request: Request) -> Response:
    """The form, and what becomes of it."""
    texts = Texts(_language(request))
    target = _inside(request.query_params.get("next"))
    if request.method == "GET":
        return _form(texts, target)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            return PlainTextResponse("Too long.", 413)
    if not _same_place(request):
        return PlainTextResponse("This form was sent from another site.", 403)
    fields = {name: values[0] for name, values in parse_qs(body.decode(errors="replace")).items()}
    name, password = fields.get("name", ""), fields.get("password", "")
    try:
        token = await run_in_threadpool(Accounts(opened.register()).sign_in, name, password)
    except SignInRefused as refused:
        return _form(texts, target, texts(f"signin.{refused.reason}", minutes=refused.minutes), name, 401)
    answer = RedirectResponse(target, 303)
    answer.set_cookie(
        who.COOKIE,
        token,
        max_age=int(SIGNED_IN.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


async def sign_out(request: Request) -> Response:
    token = request.cookies.get(who.COOKIE)
    if token:
        await run_in_threadpool(Accounts(opened.register()).sign_out, token)
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(who.COOKIE)
    return answer


async def first_page(request: Request) -> Response:
    """Streamlit knows its first page by the bare address alone; by its name it says that there is no such page."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/", 307)


ROUTES = [
    Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
    Route(SIGN_OUT, sign_out),
    Route(f"/{DEFAULT}", first_page),
]


def _may_pass(token: str | None) -> bool:
    if who.company_sign_in():
        return True
    accounts = Accounts(opened.register())
    if not accounts.configured():
        return True  # the application says what to do
    return token is not None and accounts.signed_in(token) is not None


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(_OPEN_FOLDERS)


def _wants_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _token(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(who.COOKIE)
            except CookieError:
                continue
            if found is not None:
                return found.value
    return None


def _same_place(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _inside(target: str | None) -> str:
    """Where to go after signing in: a page of this application, nothing else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\n" in target:
        return "/"
    return target


def _language(request: Request) -> str:
    asked = request.query_params.get("lang") or _inside(request.query_params.get("next")).partition("lang=")[2][:2]
    return asked if asked in LANGUAGES else Settings().lang


def _form(texts: Texts, target: str, problem: str = "", name: str = "", status: int = 200) -> HTMLResponse:
    words = {
        "language": texts.language,
        "title": texts("signin.title"),
        "name_label": texts("signin.name"),
        "password_label": texts("signin.password"),
        "button": texts("signin.button"),
        "problem": problem,
        "name": name[:200],
        "action": f"{SIGN_IN}?next={quote(target)}&lang={texts.language}",
    }
    page = files("ui.web").joinpath("signin.html").read_text(encoding="utf-8")
    for key, value in words.items():
        page = page.replace("{{" + key + "}}", html.escape(value))
    policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    return HTMLResponse(page, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})
