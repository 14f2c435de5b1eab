"""How fast this machine is at the moment: what a test says in seconds holds for one at rest.

Takes nothing; gives how many times longer a fixed piece of work takes now, at least once.
"""

import time

#: Processor's seconds of the work below on the machine on which the tests' seconds were measured.
_AT_REST = 0.08


def slower() -> float:
    """By how much seconds of the processor are to be stretched."""
    taken = []
    for _ in range(3):
        begin, total = time.process_time(), 0
        for number in range(1_000_000):
            total += number * number % 7
        taken.append(time.process_time() - begin)
    return max(1.0, max(taken) / _AT_REST)
