"""Forms of a wave's life. Each says beside the field what is wrong and how to put it right."""
