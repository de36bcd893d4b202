"""What the register's pages show, in words and addresses that are ready to be set."""
