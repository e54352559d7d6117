"""The official client, connected: its credential, its address, its connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpdd_cli.errors import TeacherError

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_OFFICIAL_HOST = "api.anthropic.com"

#: A connection pool looks at all its connections with every request and every reply, so that its
#: cost grows with the square of the concurrency; several small pools keep it flat.
CONNECTIONS_A_POOL = 8


def connect(base_url: str | None, concurrency: int, timeout_s: float) -> list[AsyncAnthropic]:
    """Clients that share a credential, each with connections of its own. Nothing is sent yet.

    The client finds the credential itself: environment, token, profile. A server of the user's own
    (``base_url``, or ANTHROPIC_BASE_URL) needs none. Raises :class:`TeacherError`.
    """
    import anthropic
    import httpx2

    certificates = httpx2.create_ssl_context()  # read once for all pools

    def pool() -> httpx2.AsyncClient:
        return anthropic.DefaultAsyncHttpxClient(
            verify=certificates,
            timeout=timeout_s,
            limits=httpx2.Limits(
                max_connections=None, max_keepalive_connections=2 * CONNECTIONS_A_POOL
            ),
        )

    try:
        client = anthropic.AsyncAnthropic(
            base_url=base_url,
            timeout=timeout_s,
            max_retries=0,  # retries are paced and counted in wire.py
            open_telemetry=False,  # spans for each request, which nobody here reads
            http_client=pool(),
        )
    except httpx2.InvalidURL as error:
        raise TeacherError(f"--base-url {base_url}: {error}") from error
    except (anthropic.AnthropicError, ValueError) as error:
        raise TeacherError(f"the credential cannot be used: {error}") from error
    if not _has_credential(client):
        if client.base_url.host == _OFFICIAL_HOST:
            raise TeacherError(
                "no credential for the Anthropic API: set ANTHROPIC_API_KEY, or use --teacher gold "
                "(no model) or --base-url URL (a server of your own)"
            )
        client = client.copy(api_key="none")  # the server asks for none, but the client does
    pools = -(-concurrency // CONNECTIONS_A_POOL)
    return [client, *(client.copy(http_client=pool()) for _ in range(pools - 1))]


def _has_credential(client: AsyncAnthropic) -> bool:
    in_headers = {"authorization", "x-api-key"} & {name.lower() for name in client.default_headers}
    return bool(client.api_key or client.auth_token or client.credentials or in_headers)
