"""The impact matrix as a table: headings, cells with numbered reasons, folded runs.

Takes a scene and the engine's matrix and gives plain values; each distinct reason stands once and
is pointed at by number, so that the table stays small and reads well aloud.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.applicability import Answer, Column, Matrix, Row
from caveat.model import Advisory
from caveat.site.scene import Scene


def view(scene: Scene, advisory: Advisory, matrix: Matrix) -> dict[str, Any]:
    """The values of one product's table."""
    reasons = _Reasons(scene, advisory, matrix.product)
    groups = [
        {
            "folded": group.folded,
            "first": group.rows[-1].version.text,
            "last": group.rows[0].version.text,
            "rows": [_row(scene, matrix.product, row, reasons) for row in group.rows],
            "count": len(group.rows),
        }
        for group in matrix.groups
    ]
    return {
        "product": scene.product(matrix.product),
        "id": matrix.product,
        "columns": [_heading(scene, column) for column in matrix.columns],
        "width": len(matrix.columns) + 1,
        "groups": groups,
        "reasons": reasons.listed,
    }


def _row(scene: Scene, product: str, row: Row, reasons: _Reasons) -> dict[str, Any]:
    release = scene.kb.catalogues[product].release(row.version)
    return {
        "version": row.version.text,
        "date": release.date if release else None,
        "url": scene.link(urls.release(product, row.version.text)),
        "cells": reasons.cells(row.answers),
    }


def _heading(scene: Scene, column: Column) -> dict[str, Any]:
    return {"case": column.case, "parts": [scene.part(part) for part in column.parts]}


class _Reasons:
    """Numbers for the distinct reasons of one table, in the order in which they first appear."""

    def __init__(self, scene: Scene, advisory: Advisory, product: str) -> None:
        self._scene, self._product = scene, product
        self._references = {r.id: r for r in advisory.references}
        self._numbers: dict[tuple[str, str, str | None, str | None], int] = {}
        self._cells: dict[int, list[dict[str, Any]]] = {}
        self.listed: list[dict[str, Any]] = []

    def cells(self, answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
        """A row's cells; all releases of a segment share one tuple of answers."""
        if id(answers) not in self._cells:
            self._cells[id(answers)] = [
                {
                    "state": str(answer.state),
                    "word": self._scene.words(f"state.{answer.state}"),
                    "reason": self.number(answer),
                }
                for answer in answers
            ]
        return self._cells[id(answers)]

    def number(self, answer: Answer) -> int:
        """The number under which the reason of `answer` is listed."""
        text = self._scene.reason(answer)
        level = answer.evidence.level if answer.evidence else None
        source = answer.evidence.reference if answer.evidence else None
        key = (answer.state, text, level, source)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            reference = self._references.get(source) if source else None
            self.listed.append(
                {
                    "number": self._numbers[key],
                    "id": f"why-{self._product}-{self._numbers[key]}",
                    "state": answer.state,
                    "text": text,
                    "evidence": level,
                    "reference": reference,
                }
            )
        return self._numbers[key]
