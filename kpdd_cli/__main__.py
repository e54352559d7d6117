"""``python -m kpdd_cli``, as ``torchrun`` and ``accelerate launch`` call it, is ``kpdd``."""

from kpdd_cli.main import main

if __name__ == "__main__":
    main()
