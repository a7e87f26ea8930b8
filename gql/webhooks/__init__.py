"""Receivers of events in the graph, and how what is sent to them is shaped."""
