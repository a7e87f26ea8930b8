"""Message templates: their words, their versions, how they read for a lead."""
