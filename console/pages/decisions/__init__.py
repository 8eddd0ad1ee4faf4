"""A decision on a page: AWS's flow chart with its path lit, and each layer's statements."""
