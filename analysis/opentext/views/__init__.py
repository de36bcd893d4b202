"""Doors to what boards wrote."""
