"""The other reports: each board beside the nation, topline, one page, methodology, comparison, non-response."""
