"""Key-Point-Driven Mathematical Reasoning Distillation (arXiv 2407.10167)."""

__version__ = "0.1.0"
