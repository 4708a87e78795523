"""What a register holds and what a person can do with it: pure Python, the standard library only."""
