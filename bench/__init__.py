"""The speed harness, and the results that it recorded."""
