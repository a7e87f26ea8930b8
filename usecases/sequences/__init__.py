"""Verbs of sequences."""
