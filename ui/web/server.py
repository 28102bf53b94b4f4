"""The server that `contratheque web` runs: Streamlit's application behind the door, warm before it listens."""

from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

import ui.web.frame  # noqa: F401  # the first page that is asked for does not wait for its modules
from ui.web.door import ROUTES, Guard
from ui.web.warming import warmed

app = App(Path(__file__).with_name("app.py"), routes=ROUTES, middleware=[Middleware(Guard)], lifespan=warmed)
