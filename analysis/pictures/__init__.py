"""Pictures that staff send in: looked at and written anew in a confined process, kept once, shown by their digest."""
