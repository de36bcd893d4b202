"""Reports as values: what a template says, and what it becomes once its tokens are filled. Pure."""
