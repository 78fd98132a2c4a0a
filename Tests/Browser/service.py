"""The real program as a child process, with its JSON API for looking behind the pages."""

import http.cookiejar
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("JIANMIAN_PROGRAM", ROOT / ".build/release/jianmian"))
OUTPUT = ROOT / "test-output"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    """`jianmian serve` on free ports, its data in a folder of its own."""

    def __init__(self, data: Path, name: str, demo: bool = True):
        self.data, self.name, self.demo = data, name, demo
        self.port = free_port()
        self.process = None
        self.url = f"http://localhost:{self.port}"

    def start(self):
        OUTPUT.mkdir(exist_ok=True)
        log = (OUTPUT / f"service-{self.name}.log").open("ab")
        command = [str(PROGRAM), "serve", "--host", "127.0.0.1", "--port", str(self.port), "--data", str(self.data)]
        self.process = subprocess.Popen(command + (["--demo"] if self.demo else []), stdout=log, stderr=log, cwd=ROOT)
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 90):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service ended with {self.process.returncode}; see test-output/service-{self.name}.log")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the service did not become ready")

    def stop(self, seconds: float = 20):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def demo_accounts(self) -> list:
        return Visitor(self).get("/api/v1/demo")["accounts"]

    def rows(self, sql: str, *arguments) -> list:
        """Looks into the embedded database, read-only."""
        database = sqlite3.connect(f"file:{self.data}/jianmian.sqlite?mode=ro", uri=True)
        database.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in database.execute(sql, arguments)]
        finally:
            database.close()


class Visitor:
    """One customer at the JSON API, with their own cookie."""

    def __init__(self, service: Service):
        self.service = service
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.csrf = None

    def call(self, method: str, path: str, body=None):
        """Returns (status, decoded body)."""
        headers = {"Accept": "application/json", "Origin": self.service.url}
        data = None
        if method not in ("GET", "HEAD"):
            headers["X-Jianmian-CSRF"] = self.csrf or self.learn_csrf()
            data = json.dumps(body or {}).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.service.url + path, data, headers, method=method)
        try:
            with self.opener.open(request, timeout=20) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as refused:
            text = refused.read()
            return refused.code, json.loads(text) if text.startswith(b"{") else text.decode(errors="replace")

    def learn_csrf(self) -> str:
        with self.opener.open(f"{self.service.url}/sign-in", timeout=20) as page:
            text = page.read().decode()
        self.csrf = text.split('name="csrf" content="', 1)[1].split('"', 1)[0]
        return self.csrf

    def get(self, path: str):
        status, body = self.call("GET", path)
        assert status == 200, (path, status, body)
        return body

    def post(self, path: str, body=None):
        status, answer = self.call("POST", path, body)
        assert 200 <= status < 300, (path, status, answer)
        return answer

    def sign_in(self, number: str, password: str):
        self.post("/api/v1/sessions", {"number": number, "password": password})
        self.csrf = None
        return self

    def order(self, content: dict) -> dict:
        """Looks at an order and confirms what was seen."""
        body = {"id": secrets.token_hex(8)} | content
        return self.post("/api/v1/me/orders", body | {"seen": self.post("/api/v1/me/orders/preview", body)["seen"]})


class Clerk(Visitor):
    """A member of the demo provider's staff at the JSON API."""

    def sign_in(self, name: str, password: str):
        self.post("/api/v1/staff/session", {"name": name, "password": password})
        code = self.get(f"/api/v1/demo/staff-code?name={name}")["code"]
        self.post("/api/v1/staff/session/code", {"code": code})
        return self

    def waiting(self, legal_name: str) -> dict:
        """The row of somebody whose identity waits for a decision; names stand there as masked."""
        rows = self.get("/api/v1/staff/verification")["items"]
        found = [row for row in rows if legal_name in json.dumps(row, ensure_ascii=False)]
        assert found, (legal_name, rows)
        return found[-1]

    def decide(self, row: dict, what: str, **fields) -> dict:
        version = self.service.rows("SELECT version FROM customers_verifications WHERE id = ?", row["id"])[0]["version"]
        return self.post(f"/api/v1/staff/verification/{row['id']}/{what}", {"purpose": "入网核实", "version": str(version)} | fields)
