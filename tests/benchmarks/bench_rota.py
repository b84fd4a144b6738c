"""Posts with a comment before the last day, with the reply rota, in a simulated course.

    python -m tests.benchmarks.bench_rota         500 courses for each number of posts
    python -m tests.benchmarks.bench_rota 50      as many as you say

The course is that of tests.blog.rota.simulation.py: forty students, six of whom never show up; the
others comment on three of four posts that they are given or offered, and on no other. The figures
are printed as the table of docs/rota.md; the last line says how long one assignment takes.
"""

import sys
import time

from blog.rota import RotaFacts, draw
from tests.blog.rota.simulation import SEEDS, share_with_comment, simulate

POSTS = (1, 2, 3)
CLASSES = (40, 200, 500)


def main(count: int) -> None:
    print(
        "| posts for each student | with a comment two days before | before the last day |", end=""
    )
    print(" courses with a post left |")
    print("|---|---|---|---|")
    for posts in POSTS:
        runs = [simulate(seed, posts) for seed in range(count)]
        published = sum(len(run.published) for run in runs)
        before = sum(run.before_offers for run in runs) / published
        left = sum(run.with_comment != run.published for run in runs) / count
        after = share_with_comment(runs)
        print(f"| {posts} | {before:.1%} | {after:.1%} | {left:.0%} |")
    for students in CLASSES:
        print(f"{students} students, 2 posts each: {timed(students) * 1e3:.0f} ms")


def timed(students: int) -> float:
    """Return the seconds of a processor that a first assignment takes, the best of three."""
    taken = []
    for seed in range(3):
        start = time.process_time()
        draw(RotaFacts(authors={1000 + key: key for key in range(students)}, seed=seed))
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else len(SEEDS))
