"""``python -m kpdd_cli`` (what ``torchrun`` and ``accelerate launch`` call) is the same as ``kpdd``."""

from kpdd_cli.main import main

if __name__ == "__main__":
    main()
