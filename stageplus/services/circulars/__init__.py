"""A coach writes to several companies of a sector at once; each may say that it wants no more."""
