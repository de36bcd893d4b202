"""What goes to an archive: the records of a release, what explains them, and the proof that they bear it out."""
