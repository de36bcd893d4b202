"""The two acts of analysis in a wave's life: its plan is dated before closing, its data are frozen after."""
