"""References to objects, harvested from everything that one person sees, and sent by another who may not have them."""
