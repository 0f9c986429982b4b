"""Speed and scale, each beside a baseline of the same run."""
