"""How a register file of one version becomes one of the next."""
