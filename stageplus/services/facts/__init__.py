"""Figures of each day, kept up from the logs: one truth for every desk and for the open figures."""
