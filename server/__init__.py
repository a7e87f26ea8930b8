"""The only wiring: settings, HTTP, the command line."""
