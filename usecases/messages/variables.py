"""Which variables the messages of a workspace may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.message_variables import VARIABLES, MessageVariable
from persistence.database import Reading


async def known_variables(_db: Reading) -> tuple[MessageVariable, ...]:
    """List the variables, in the order in which they are shown."""
    return VARIABLES


async def variables_of_workspace(db: Reading, keys: Sequence[str]) -> Mapping[str, Sequence[MessageVariable]]:
    """Answer the variables to whoever loads in batches; the workspace is the viewer's."""
    return dict.fromkeys(keys, await known_variables(db))
