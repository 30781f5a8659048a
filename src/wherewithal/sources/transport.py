"""The connection itself: the system's certificates, the proxy of the environment, and nothing sent unasked."""

from __future__ import annotations

import logging
import re
import ssl
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter

_SECRET = re.compile(r"(?i)((?:api[_-]?key|mailto)=)[^&\s\"']+")


class _NoSecrets(logging.Filter):
    """Takes keys out of what urllib3 logs of addresses: with debugging on, it logs every one."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        cleaned = without_secrets(said)
        if cleaned != said:
            record.msg, record.args = cleaned, ()
        return True


def without_secrets(text: str) -> str:
    """``text`` with the values of keys and contact addresses in it replaced."""
    return _SECRET.sub(r"\1…", text)


class _SystemCertificates(HTTPAdapter):
    """Trusts what the system trusts: councils inspect secure traffic, with a certificate that only the system
    knows. ``REQUESTS_CA_BUNDLE`` and ``SSL_CERT_FILE`` add to it.
    """

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, ssl_context=_context(), **more)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=_context(), **more)

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:
        # Without this, requests adds the certificates that it brings along to those of the system.
        super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        if verify is True:
            conn.ca_certs = None
            conn.ca_cert_dir = None


def _context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _NoPassword(requests.auth.AuthBase):
    """Keeps requests from sending the password that a .netrc file holds for some host."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def session() -> requests.Session:
    """A session that verifies, follows no redirect by itself and retries nothing by itself: the client does."""
    made = requests.Session()
    made.auth = _NoPassword()
    made.mount("https://", _SystemCertificates(max_retries=0))
    made.mount("http://", HTTPAdapter(max_retries=0))
    logger = logging.getLogger("urllib3.connectionpool")
    if not any(isinstance(there, _NoSecrets) for there in logger.filters):
        logger.addFilter(_NoSecrets())
    return made
