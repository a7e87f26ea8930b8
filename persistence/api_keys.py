"""Reads and writes of api keys."""

from __future__ import annotations

from domain.workspaces import ApiKey
from persistence.lookups import by_id
from persistence.tables import api_keys

api_key_by_id = by_id(api_keys, ApiKey)
