"""The text of a wave's report: written in the browser, kept version by version, shown before it is built."""
