"""Forms that venues fill in: what is read of them, and the words of each error. They ask the database nothing."""
