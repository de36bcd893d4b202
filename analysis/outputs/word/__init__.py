"""A document as a Word file, for those who must edit it or comment on it."""
