"""Python's `gql`, from an environment of its own, asks and watches a running server: python live_gql.py URL KEY.

Leaves the lead with its status. The name is also that of a package of this project, which is why neither ever sees the other.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module
from typing import Any

gql: Any = import_module("gql")
aiohttp: Any = import_module("gql.transport.aiohttp")
websockets: Any = import_module("gql.transport.websockets")

BEGIN = "{ events { cursor } leads(first: 1) { nodes { id status } } }"
CHANGE = "mutation ($input: ChangeLeadStatusInput!) { changeLeadStatus(input: $input) { errors { __typename } } }"
WATCH = "subscription ($leadIds: [ID!], $after: Cursor) { leadStatusChanged(leadIds: $leadIds, after: $after) { cursor status } }"


def question(text: str, **variables: Any) -> Any:
    """Write a request as version 4 of the client wants it: the variables belong to it."""
    return gql.GraphQLRequest(text, variable_values=variables)


async def told(transport: Any, lead: str, after: str, count: int) -> list[dict[str, str]]:
    """Watch from a place in the feed until so much was told, over a socket of its own."""
    async with gql.Client(transport=transport()) as session:
        changes: list[dict[str, str]] = []
        async for answer in session.subscribe(question(WATCH, leadIds=[lead], after=after)):
            changes.append(answer["leadStatusChanged"])
            if len(changes) == count:
                break
        return changes


async def main(url: str, key: str) -> None:
    """Change a lead there and back; who watches from before is told both, and who goes on from the first, the second alone."""
    bearer = {"authorization": f"Bearer {key}"}
    async with gql.Client(transport=aiohttp.AIOHTTPTransport(url=url, headers=bearer)) as session:
        begin = await session.execute(question(BEGIN))
        (lead,) = begin["leads"]["nodes"]
        statuses = ["CONTACTED" if lead["status"] == "NURTURING" else "NURTURING", lead["status"]]
        for status in statuses:
            input = {"leadId": lead["id"], "status": status, "force": True, "reason": "The client test moves it there and back"}
            changed = await session.execute(question(CHANGE, input=input))
            assert changed["changeLeadStatus"]["errors"] == [], changed

    socket = url.replace("http", "ws", 1)
    ways = {
        "with the key in the greeting": lambda: websockets.WebsocketsTransport(url=socket, init_payload=bearer),
        "with the key in the handshake": lambda: websockets.WebsocketsTransport(url=socket, headers=bearer),
    }
    for way, transport in ways.items():
        first, second = await told(transport, lead["id"], begin["events"]["cursor"], 2)
        assert [first["status"], second["status"]] == statuses, way
        assert await told(transport, lead["id"], first["cursor"], 1) == [second], way


asyncio.run(main(*sys.argv[1:]))
