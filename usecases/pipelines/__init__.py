"""What people do with pipelines, their stages and the deals in them."""
