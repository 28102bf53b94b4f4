"""The endpoint: chat completions, models, files and batches over real HTTP."""

from __future__ import annotations

import json
import threading
import time
import uuid
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

MODEL = "scripted-1"


@dataclass(frozen=True)
class Reply:
    """What the endpoint answers: ``content`` is the message of a completion unless ``body`` gives the whole answer.

    ``cut`` sends half of the bytes and closes the connection; ``delay`` waits so many seconds before.
    """

    content: str = ""
    finish: str = "stop"
    refusal: str | None = None
    model: str = MODEL
    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    tokens: tuple[int, int] | None = (100, 20)


Script = Callable[[dict[str, Any]], Reply]
"""From the body of a chat request to its reply."""


def error(status: int, code: str, message: str = "scripted", **headers: str) -> Reply:
    """An error as the endpoint words it; ``headers`` with `_` for `-`."""
    body = json.dumps({"error": {"message": message, "type": code, "code": code}}).encode()
    return Reply(status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


class ScriptedServer:
    """Serves ``script`` on a free port of loopback while it is entered. ``requests`` are the chat requests received,
    ``authorisations`` their headers, ``paths`` their addresses; batches are done at once, but for the custom ids in
    ``batch_fails``."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[dict[str, Any]] = []
        self.authorisations: list[str] = []
        self.paths: list[str] = []
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.batch_fails: frozenset[int] = frozenset()
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()

    def vector(self, text: str) -> list[float]:
        """A text's vector: which of 64 letter triples it has, so that texts with like words lie close together."""
        triples = Counter(zlib.crc32(text[at : at + 3].lower().encode()) % 64 for at in range(max(1, len(text) - 2)))
        return [float(triples[number]) for number in range(64)]

    def note(self, request: dict[str, Any], authorisation: str) -> None:
        with self._lock:
            self.requests.append(request)
            self.authorisations.append(authorisation)

    def run_batch(self, input_file: str) -> dict[str, Any]:
        lines = [json.loads(line) for line in self.files[input_file].splitlines() if line.strip()]
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for number, line in enumerate(lines):
            if number in self.batch_fails:
                problem = {"code": "server_error", "message": "scripted"}
                failed.append({"custom_id": line["custom_id"], "response": None, "error": problem})
                continue
            reply = self.script(line["body"])
            response = {"status_code": reply.status, "body": json.loads(completion(reply))}
            done.append({"custom_id": line["custom_id"], "response": response, "error": None})
        output = {"output_file_id": self.keep(done), "error_file_id": self.keep(failed)}
        id_ = f"batch_{uuid.uuid4().hex[:8]}"
        counts = {"total": len(lines), "completed": len(done), "failed": len(failed)}
        self.batches[id_] = {
            "id": id_, "object": "batch", "endpoint": "/v1/chat/completions", "input_file_id": input_file,
            "completion_window": "24h", "status": "completed", "created_at": int(time.time()), "request_counts": counts,
            **{name: file for name, file in output.items() if file},
        }  # fmt: skip
        return self.batches[id_]

    def keep(self, lines: list[dict[str, Any]]) -> str | None:
        if not lines:
            return None
        id_ = f"file-{uuid.uuid4().hex[:8]}"
        self.files[id_] = "\n".join(map(json.dumps, lines)).encode()
        return id_


def completion(reply: Reply) -> bytes:
    """The body of a chat completion."""
    if reply.body is not None:
        return reply.body
    sent, received = reply.tokens or (0, 0)
    answer: dict[str, Any] = {
        "id": f"chatcmpl-{uuid.uuid4().hex[:8]}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": reply.model,
        "choices": [
            {
                "index": 0,
                "finish_reason": reply.finish,
                "message": {"role": "assistant", "content": reply.content, "refusal": reply.refusal},
            }
        ],
    }
    if reply.tokens is not None:
        answer["usage"] = {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}
    return json.dumps(answer).encode()


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = self.path.split("?")[0].strip("/").split("/")
            if parts == ["v1", "models"]:
                self._json({"object": "list", "data": [{"id": MODEL, "object": "model"}]})
            elif parts[:2] == ["v1", "batches"] and parts[-1] in server.batches:
                self._json(server.batches[parts[-1]])
            elif parts[:2] == ["v1", "files"] and parts[-1] == "content" and parts[2] in server.files:
                self._send(200, server.files[parts[2]], {"Content-Type": "application/octet-stream"})
            else:
                self._json({"error": {"message": "not found", "code": "not_found"}}, 404)

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if (path := self.path.split("?")[0]).startswith("/openai/deployments/"):
                path = f"/v1/{path.split('/', 4)[-1]}"  # as Azure's dated interface has it
            match path:
                case "/v1/chat/completions":
                    server.paths.append(self.path)
                    request = json.loads(content)
                    server.note(request, self.headers.get("Authorization", self.headers.get("api-key", "")))
                    self._reply(server.script(request))
                case "/v1/embeddings":
                    asked = json.loads(content)
                    server.note(asked, self.headers.get("Authorization", ""))
                    self._json({"object": "list", "model": asked["model"], "data": [
                        {"object": "embedding", "index": number, "embedding": server.vector(text)}
                        for number, text in enumerate(asked["input"])
                    ]})  # fmt: skip
                case "/v1/files":
                    id_ = f"file-{uuid.uuid4().hex[:8]}"
                    server.files[id_] = _uploaded(content)
                    self._json({"id": id_, "object": "file", "bytes": len(content), "created_at": 0, "filename": "x",
                                "purpose": "batch", "status": "processed"})  # fmt: skip
                case "/v1/batches":
                    self._json(server.run_batch(json.loads(content)["input_file_id"]))
                case _:
                    self._json({"error": {"message": "not found", "code": "not_found"}}, 404)

        def _reply(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            body = completion(reply)
            headers = {"Content-Type": "application/json", **reply.headers}
            if reply.cut:
                self.send_response(reply.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                self.close_connection = True
                self.connection.close()
                return
            self._send(reply.status, body, headers)

        def _json(self, value: Any, status: int = 200) -> None:
            self._send(status, json.dumps(value).encode(), {"Content-Type": "application/json"})

        def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the client no longer waits

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    return Handler


def _uploaded(form: bytes) -> bytes:
    """The file in a multipart form with one file: the part that holds JSON lines."""
    boundary = form.split(b"\r\n", 1)[0]
    for part in form.split(boundary):
        head, _, body = part.partition(b"\r\n\r\n")
        if b"filename=" in head:
            return body.rstrip(b"\r\n")
    return b""
