"""Headers that keep a page to itself, on whatever this server answers: a layer around Streamlit's server (ASGI).

They stand here and not in ``deploy/nginx.conf``, so that a bare server has them too and none comes twice.
"""

from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""What a page may load. Streamlit makes its styles as it draws, compiles what charts and components bring, and starts
workers from memory: that much has to be allowed. Nothing from elsewhere is."""
HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",  # for browsers that know no frame-ancestors
        "Referrer-Policy": "same-origin",  # a link holds a reader's settings
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
)


class SafeHeaders:
    """The layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; its answer gets each of the headers that it does not say itself."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    said.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)
