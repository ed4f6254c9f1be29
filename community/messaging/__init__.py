"""Text messages in and out: the provider, its signatures, and what a message costs. Nothing else."""
