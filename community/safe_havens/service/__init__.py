"""What other rooms ask of Safe Havens, and the verbs of their desk."""
