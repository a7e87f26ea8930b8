"""What is done with receivers of events: set them up, relay to them, deliver, and settle how it went."""
