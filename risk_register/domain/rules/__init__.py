"""What must hold of every record, whoever brought the change: a module per noun, and the check that asks them all."""
