"""Where learners look for places and companies offer them, for a sector's coach: from the figures of the day only."""
