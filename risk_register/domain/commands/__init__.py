"""What a person can do, verbs by noun. Each returns a Command: a pure function from today's book to an edit."""
