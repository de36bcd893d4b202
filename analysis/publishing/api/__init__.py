"""The read-only statistics API: what is published, for programs; the same rows and the same clock as the pages."""
