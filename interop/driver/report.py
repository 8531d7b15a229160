"""The matrix as text, Markdown and JSON."""

import datetime

from .scenario import ROWS


def text(columns):
    """Tables of at most eight columns each, so that a terminal can show them."""
    blocks = []
    for start in range(0, len(columns), 8):
        part = columns[start:start + 8]
        heads = [f"{c['asker']}→{c['answerer']}" for c in part]
        widths = [max(8, len(h)) for h in heads]
        first = max(map(len, ROWS))
        lines = [" " * first + "  " + "  ".join(h.ljust(w) for h, w in zip(heads, widths))]
        for row in ROWS:
            cells = [c["cells"][row][0].ljust(w) for c, w in zip(part, widths)]
            lines.append(row.ljust(first) + "  " + "  ".join(cells))
        blocks.append("\n".join(line.rstrip() for line in lines))
    return "\n\n".join(blocks)


def notes(columns):
    """The reasons of all cells that are not ok, equal ones together."""
    grouped = {}
    for column in columns:
        pair, reasons = f"{column['asker']}→{column['answerer']}", {}
        for row in ROWS:
            reasons.setdefault(column["cells"][row], []).append(row)
        for (state, reason), rows in reasons.items():
            if state != "ok":
                rows = ["every row"] if len(rows) == len(ROWS) else rows
                grouped.setdefault((state, reason), []).extend(f"{row} {pair}" for row in rows)
    return [(state, wheres, reason) for (state, reason), wheres in grouped.items()]


def markdown(columns, versions, today=None):
    today = today or datetime.date.today().isoformat()
    heads = [f"{c['asker']} → {c['answerer']}" for c in columns]
    lines = [
        "# Interoperability", "",
        f"Run on {today} by `interop/run`, on loopback, over TCP, Noise and Yamux.",
        "In a column `A → B` the peer A asks and B answers.", "",
        "| | " + " | ".join(heads) + " |",
        "|---|" + "---|" * len(heads),
    ]
    for row in ROWS:
        lines.append(f"| {row} | " + " | ".join(c["cells"][row][0] for c in columns) + " |")
    lines += ["", "## Versions", ""]
    lines += [f"- {impl}: {version}" for impl, version in sorted(versions.items())]
    lines += ["", "## Rows", ""]
    lines += [f"- **{row}**: {meaning}." for row, meaning in ROWS.items()]
    found = notes(columns)
    if found:
        lines += ["", "## Cells that are not ok", ""]
        lines += [f"- **{state}** {', '.join(wheres)}: {reason}" for state, wheres, reason in found]
    return "\n".join(lines) + "\n"


def as_json(columns, versions, seconds):
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
        "versions": versions,
        "cells": [
            {
                "row": row, "asker": c["asker"], "answerer": c["answerer"], "state": state, "reason": reason,
                "seconds": round(c["seconds"].get(row, 0), 2),
            }
            for c in columns for row, (state, reason) in c["cells"].items()
        ],
    }
