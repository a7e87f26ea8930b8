"""Verbs about the demo workspace."""
