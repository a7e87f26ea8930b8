"""Sequences in the graph."""
