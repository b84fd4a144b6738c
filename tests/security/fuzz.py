"""Send odd requests to the site for as long as somebody wants.

    make fuzz                       ten minutes, from a seed of its own
    make fuzz SEED=7 MINUTES=60     those of seed 7, for longer
    DATABASE_URL=postgres://… make fuzz

It says with which seed it begins. Whatever the site answers with 500 fails, and is shown with what
was sent. ``tests/security/test_fuzzing.py`` sends the first some hundred of one seed.
"""

import argparse
import os
import random
import sys

import pytest

SEED, MINUTES = "PLN_FUZZ_SEED", "PLN_FUZZ_MINUTES"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Send odd requests to the site.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args(arguments)
    os.environ[SEED], os.environ[MINUTES] = str(asked.seed), str(asked.minutes)
    print(f"SEED={asked.seed} MINUTES={asked.minutes:g}", flush=True)
    files = ["tests/security/test_fuzzing.py", "-k", "as_long_as"]
    return int(pytest.main([*files, "-q", "-s", "-vv", "--show-capture=no"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
