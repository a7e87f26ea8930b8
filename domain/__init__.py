"""Nouns and rules of lead management: plain data and pure functions."""
