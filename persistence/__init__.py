"""SQL, the database it runs on, and nothing that decides."""
