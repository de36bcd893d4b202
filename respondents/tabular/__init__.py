"""Tables that people keep in files: read with every problem named, written so that nothing in them can act."""
