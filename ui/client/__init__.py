"""A Python client of the API for other programs: needs httpx and pydantic, and nothing else of this project.

``models.py`` and ``operations.py`` are written from the OpenAPI description by `make client`; ``transport.py`` is not.
"""

from ui.client.operations import Client
from ui.client.transport import ApiError, ServerEvent

__all__ = ["ApiError", "Client", "ServerEvent"]
