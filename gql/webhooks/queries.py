"""The part of the root that is about webhooks."""

from __future__ import annotations

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from gql.webhooks.types import WebhookEndpoint
from persistence.webhooks import all_webhook_endpoints


@strawberry.type
class WebhookQueries:
    """The part of `Query` that is about webhooks."""

    webhook_endpoints: Connection[WebhookEndpoint] = to_pages(
        "The receivers of events, by name.", listing=all_webhook_endpoints, order="NAME", descending=False, key=None
    )
