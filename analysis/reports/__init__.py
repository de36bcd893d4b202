"""Reports beside the main one: each board beside the nation, topline, one page, methodology, comparison, non-response."""
