"""Lines of the log: those of one turn of the loop are one write, and none is lost."""

from __future__ import annotations

import asyncio
from io import StringIO
from typing import TextIO, cast

from server.log_lines import Lines


class Writes(StringIO):
    """A stream that keeps what each write brought."""

    def __init__(self) -> None:
        super().__init__()
        self.each: list[str] = []

    def write(self, text: str, /) -> int:
        self.each.append(text)
        return len(text)


async def test_the_lines_of_one_turn_are_written_together_and_in_their_order() -> None:
    stream = Writes()
    lines = Lines(cast(TextIO, stream))
    lines.info("first")
    lines.error("second")
    assert stream.each == []
    await asyncio.sleep(0)
    assert stream.each == ["first\nsecond\n"]

    lines.msg("third")
    await asyncio.sleep(0)
    assert stream.each[1:] == ["third\n"]


async def test_whoever_wants_them_at_once_has_them_at_once() -> None:
    stream = Writes()
    Lines(cast(TextIO, stream), at_once=True).info("first")
    assert stream.each == ["first\n"]


def test_without_a_loop_each_line_is_written_when_it_comes() -> None:
    stream = Writes()
    lines = Lines(cast(TextIO, stream))
    lines.info("before")
    lines.info("the loop")
    assert stream.each == ["before\n", "the loop\n"]


def test_what_waits_when_the_loop_ends_is_written_at_the_end() -> None:
    stream = Writes()
    lines = Lines(cast(TextIO, stream))

    async def last() -> None:
        lines.info("farewell")

    loop = asyncio.new_event_loop()
    loop.run_until_complete(last())
    loop.close()
    # What the interpreter does when it ends.
    lines.flush()
    assert "".join(stream.each) == "farewell\n"
