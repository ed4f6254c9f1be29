"""The verbs of the surveys room: answering, withdrawing, publishing, and the counts that move with them."""
