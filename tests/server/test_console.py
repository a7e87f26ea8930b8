"""The console is one page with files of our own, and asks nobody else for anything."""

import json
import re
from html.parser import HTMLParser

import httpx
from starlette.applications import Starlette

from server.http.console import FILES, ConsoleSettings, console_routes
from server.http.front_door import FrontDoor, FrontDoorSettings


class References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag in ("script", "link") and name in ("src", "href") and value is not None]


async def get(path: str, settings: ConsoleSettings) -> httpx.Response:
    app = FrontDoor(Starlette(routes=console_routes(settings)), FrontDoorSettings())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        return await client.get(path)


async def test_every_file_of_the_page_is_ours() -> None:
    page = await get("/graphiql", ConsoleSettings())
    references = References()
    references.feed(page.text)
    files = [reference for reference in references.found if reference != "data:,"]
    assert len(files) == 6
    for file in files:
        assert file.startswith("/graphiql/files/")
        assert (await get(file, ConsoleSettings())).status_code == 200


async def test_the_page_starts_with_the_key_and_query_that_the_server_passes() -> None:
    query = '{ lead(id: "</script><script>alert(1)</script>") { id } }'
    page = await get("/graphiql", ConsoleSettings(key="dev_key", query=query, title="<leads>"))
    config = re.search(r'<script id="config" type="application/json">(.*?)</script>', page.text, re.DOTALL)
    assert config is not None
    assert json.loads(config[1]) == {"endpoint": "/graphql", "headers": {"authorization": "Bearer dev_key"}, "query": query}
    assert "<title>&lt;leads&gt;</title>" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_the_policy_allows_scripts_and_connections_to_this_origin_only() -> None:
    policy = dict(part.split(" ", 1) for part in (await get("/graphiql", ConsoleSettings())).headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")


async def test_nothing_beside_the_files_is_served() -> None:
    for path in (
        "/graphiql/files/vendor/../index.html",
        "/graphiql/files/vendor/%2e%2e/vendor.sh",
        "/graphiql/files/vendor.sh",
        "/graphiql/files/",
    ):
        assert (await get(path, ConsoleSettings())).status_code == 404


def test_the_files_are_small_and_carry_their_licences() -> None:
    files = list((FILES / "vendor").iterdir())
    assert sum(file.stat().st_size for file in files) < 2_500_000
    assert {file.name for file in files if file.name.startswith("LICENSE")} == {"LICENSE.graphiql", "LICENSE.react", "LICENSE.react-dom"}
    styles = (FILES / "vendor" / "graphiql.min.css").read_text(encoding="utf-8")
    assert {address[:5] for address in re.findall(r"url\(([^)]*)\)", styles)} == {"data:"}
