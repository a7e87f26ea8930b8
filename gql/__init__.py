"""The graph: translation between GraphQL and what the rest of the system knows."""
