"""Which variables the messages of a workspace may use, and their values for leads."""

from __future__ import annotations

from domain.message_variables import VARIABLES, MessageVariable
from persistence.database import Reading


async def known_variables(_db: Reading) -> tuple[MessageVariable, ...]:
    """List the variables, in the order in which they are shown."""
    return VARIABLES
