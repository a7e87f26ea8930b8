"""The outside world: what this service calls, one module or folder for each kind of party."""
