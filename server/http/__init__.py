"""The HTTP door: requests decoded, answers encoded, nothing decided."""
