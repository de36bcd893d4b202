"""What each process may do in PostgreSQL: the owner changes tables, web and worker use them, analysts read."""
