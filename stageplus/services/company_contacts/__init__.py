"""What the coaches of a sector share about a company: how they were in touch, and when they are again."""
