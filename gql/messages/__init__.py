"""Message templates in the graph."""
