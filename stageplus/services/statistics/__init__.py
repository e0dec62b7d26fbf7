"""Figures that OFFA follows and those open to everybody, from the same facts."""
