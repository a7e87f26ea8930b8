"""A made-up workspace to look around in: people, pipelines, and leads with the histories that they would have had."""
