"""The desk of a sector coach: his sectors, their offers and companies. Counts of applications, never who applied."""
