"""What every column of a wave's data means: as a page, and as files to keep beside the data."""
