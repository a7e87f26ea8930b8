"""Refuse a request before it reaches GraphQL, in the same shape as GraphQL's own errors."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from gql.errors import TopLevelError
from server.http.negotiation import JSON


class Refusal(Exception):
    """Carry a status, a code and a message; `close` also closes the connection, whose unread body nobody wants."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        facts: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        close: bool = False,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = TopLevelError(code, message, facts=facts or {})
        self.headers = dict(headers or {}) | ({"connection": "close"} if close else {})

    def response(self, request_id: str, media_type: str = JSON) -> Response:
        """Write the refusal as an answer without `data`."""
        content = orjson.dumps({"errors": [self.error.formatted(request_id)]})
        return Response(content, self.status, {"content-type": f"{media_type}; charset=utf-8", "cache-control": "no-store", **self.headers})
