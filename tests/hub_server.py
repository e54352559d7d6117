"""A server on the loopback that takes uploads as the hub of models does, with its faults.

Weights go by Git LFS, other files with the commit, and the card's front matter is checked first. It
knows one token. The official client talks to it; nothing of the client is replaced.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "hf_of_the_test"


class Hub:
    """Files by repository and name; ``fails`` is how many uploads it puts off."""

    def __init__(self) -> None:
        self.repositories: dict[str, dict[str, bytes]] = {}
        self.private: dict[str, bool] = {}
        self.uploads: dict[str, bytes] = {}
        self.fails = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Hub:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Status and content of the reply to a POST by someone it knows."""
        if path == "/api/repos/create":
            asked = json.loads(body)
            name = "/".join(filter(None, (asked.get("organization", "me"), asked["name"])))
            if name.startswith("others/"):
                return 403, {"error": "You don't have the rights to create a model there"}
            if name in self.repositories:
                return 409, {"error": "You already created this model repo", "url": self._at(name)}
            self.repositories[name] = {}
            self.private[name] = asked.get("visibility") == "private"
            return 200, {"url": self._at(name), "name": name}
        if path == "/api/validate-yaml":
            front = json.loads(body)["content"].split("---\n")[1]
            wrong = [] if "library_name" in front else [{"message": "no library_name"}]
            return (400 if wrong else 200), {"errors": wrong, "warnings": []}
        if found := re.fullmatch(r"/api/models/(.+)/preupload/main", path):
            return 200, {"files": [_place(file) for file in json.loads(body)["files"]]}
        if re.fullmatch(r"/.+\.git/info/lfs/objects/batch", path):
            objects = json.loads(body)["objects"]
            for one in objects:
                one["actions"] = {"upload": {"href": f"{self.endpoint}/lfs/{one['oid']}"}}
            return 200, {"transfer": "basic", "objects": objects}
        if found := re.fullmatch(r"/api/models/(.+)/commit/main", path):
            for line in body.splitlines():
                self._commit(found[1], **json.loads(line))
            return 200, {"commitUrl": f"{self._at(found[1])}/commit/1", "commitOid": "1" * 40}
        return 404, {"error": f"no such path: {path}"}

    def _commit(self, name: str, key: str, value: dict[str, Any]) -> None:
        if key == "file":
            self.repositories[name][value["path"]] = base64.b64decode(value["content"])
        elif key == "lfsFile":
            self.repositories[name][value["path"]] = self.uploads[value["oid"]]

    def _at(self, name: str) -> str:
        return f"{self.endpoint}/{name}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self._read()
                if hub.fails and "/preupload/" in self.path:
                    hub.fails -= 1
                    self._reply(503, {"error": "come back later"})
                elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    self._reply(401, {"error": "Invalid username or password."})
                else:
                    self._reply(*hub.answer(self.path, body))

            def do_PUT(self) -> None:
                body = self._read()
                oid = self.path.rpartition("/")[2]
                if hashlib.sha256(body).hexdigest() == oid:
                    hub.uploads[oid] = body
                self._reply(200 if oid in hub.uploads else 400, {})

            def _read(self) -> bytes:
                if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                    return self.rfile.read(int(self.headers.get("Content-Length", 0)))
                content = b""
                while size := int(self.rfile.readline(), 16):
                    content += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return content

            def _reply(self, status: int, content: dict[str, Any]) -> None:
                text = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None: ...

        return Handler


def _place(file: dict[str, Any]) -> dict[str, Any]:
    is_large = file["path"].endswith((".safetensors", ".bin", ".model"))
    mode = "lfs" if is_large else "regular"
    return {"path": file["path"], "uploadMode": mode, "shouldIgnore": False}
