"""The decision: compiled policies, what each layer says, and how the layers are weighed."""
