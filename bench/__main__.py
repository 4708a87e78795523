"""`python -m bench [NAME ...]`: runs all benchmarks, or those whose name holds a word."""

import sys
import tempfile
from pathlib import Path

from bench import edits, heat_maps, hub, registers, start, tables
from bench.measure import Result, shown

BENCHMARKS = (
    start.first_paint,
    edits.commit,
    registers.opening,
    registers.importing,
    tables.keystroke,
    heat_maps.paint,
    hub.hub,
    hub.crowd,
)


def main(words: list[str]) -> int:
    """Print a line for each figure. Returns 1 where one is beyond its goal."""
    results: list[Result] = []
    for benchmark in BENCHMARKS:
        if words and not any(word in benchmark.__name__ for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            for result in benchmark(Path(folder)):
                print(shown(result), flush=True)
                results.append(result)
    return int(any(not result.met for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
