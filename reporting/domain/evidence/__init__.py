"""What she adds to her words: files, links and accounts, what is known of each, and what a file is by its content."""
