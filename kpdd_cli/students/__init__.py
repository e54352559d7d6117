"""The small model: what it reads and writes, how it is trained, kept and run."""

import os

# torch's threads wait for one another by spinning, which takes the cores from each other and from
# every other process: steps of a tiny model got 10 times slower on two busy cores. Brief spinning
# costs nothing on idle ones. It has to be set before torch is imported; the user's value stays.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")
