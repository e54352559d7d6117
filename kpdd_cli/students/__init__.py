"""The small model: what it reads and writes, how it is trained, kept and run."""
