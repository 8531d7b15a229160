"""Cells that cannot be green because of the foreign library itself, with the place that says so.

A cell that fails and stands here is shown as n/a with the cause; one that passes is ok all the same.
"""

# (row, role, implementation) -> cause. The role is the side whose library is the cause.
CAUSES = {}


def cause(row, asker, answerer):
    return CAUSES.get((row, "asker", asker)) or CAUSES.get((row, "answerer", answerer))
