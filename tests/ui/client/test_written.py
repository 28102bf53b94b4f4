"""The client's written files are what today's description gives."""

from pathlib import Path

from ui.api.client import FOLDER, description, written


def test_the_client_is_that_of_todays_description() -> None:
    for name, code in written(description()).items():
        assert Path(FOLDER, name).read_text(encoding="utf-8") == code, f"{name} is not today's; run: make client"


def test_what_the_server_bounds_the_client_does_not() -> None:
    models = Path(FOLDER, "models.py").read_text(encoding="utf-8")
    for word in ("max_length", "extra=", "RootModel", "pattern"):
        assert word not in models
