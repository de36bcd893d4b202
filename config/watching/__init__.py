"""The house watched while it runs: log lines without what people say, numbers for Prometheus, reports of browsers."""
