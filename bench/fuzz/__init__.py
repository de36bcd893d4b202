"""Hostile inputs for every form, command, importer and endpoint: what must never come back is a server error."""
