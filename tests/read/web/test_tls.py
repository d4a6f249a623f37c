"""Certificates are for names and are checked, though connections go to addresses."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from local_site import fetcher
from pledgebook.read.web import PostponedError
from pledgebook.read.web import fetch as fetching

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Path]]:
    """A port on which secure.example answers, and its certificate, which nobody has signed."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"],
        check=True, capture_output=True,
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"words")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _, port, *__, **___: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )
    yield server.server_port, certificate
    server.shutdown()
    server.server_close()


def test_a_certificate_is_checked_against_the_name(secured: tuple[int, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    port, certificate = secured
    with pytest.raises(PostponedError, match="self-signed certificate"):
        fetcher().fetch(f"https://secure.example:{port}/")
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(fetching, "tls", lambda: trusting)
    assert fetcher().fetch(f"https://secure.example:{port}/").content == b"words"
    with pytest.raises(PostponedError, match="Hostname mismatch"):
        fetcher().fetch(f"https://other.example:{port}/")
