"""Note key use: when a key was last used, to the minute."""

from __future__ import annotations

from datetime import timedelta

from persistence import api_keys
from usecases.verbs import Work, verb

# A key in constant use costs one write in this time, whatever the number of requests and processes.
EVERY = timedelta(minutes=1)


@verb
async def note_key_use(work: Work) -> None:
    """Write that the viewer's key was used, unless that is known to less than a minute."""
    await api_keys.note_use(work.tx, work.viewer.key_id, work.at, work.at - EVERY)
