"""Executes queries breadth-first from compiled plans: each field once for all objects of a level, not once per object.

Only `server` may import it. Without it every query runs on graphql-core, slower and otherwise the same.
"""

from gql.engine.running import QueryEngine

__all__ = ["QueryEngine"]
