"""What the other reports are made of: lists of blocks by name, for their templates."""
