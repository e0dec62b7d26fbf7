"""Views of a list that somebody keeps under a name: filters and order, as the address bar holds them."""
