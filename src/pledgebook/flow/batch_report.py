"""What a run over a crawl has come to."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_MAX_LOST = 1_000


@dataclass(slots=True)
class Report:
    """Counts of one input, or of several together.

    `records` are all that was met, `pages` those that could hold an article. `passed_bytes` and `passed_text` came
    through the tests, `read` were read in full, `documents` of these tell claims. `refused` are counted by reason;
    `lost` are stretches of damaged bytes: input, first byte, byte behind the last, reason.
    """

    inputs: int = 0
    size: int = 0
    records: int = 0
    pages: int = 0
    passed_bytes: int = 0
    passed_text: int = 0
    read: int = 0
    documents: int = 0
    claims: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    lost_bytes: int = 0
    lost: list[tuple[str, int, int, str]] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def lose(self, source: str, start: int, end: int, reason: str) -> None:
        """Notes bytes that could not be read."""
        self.refused["damaged"] += 1
        self.lost_bytes += end - start
        if len(self.lost) < _MAX_LOST:
            self.lost.append((source, start, end, reason))

    def name(self, reason: str, message: str) -> None:
        """Notes a page that was refused and deserves to be named."""
        self.refused[reason] += 1
        if len(self.named) < _MAX_LOST:
            self.named.append(message)

    def to_json(self) -> dict[str, object]:
        """The counts under their names."""
        return {
            "inputs": self.inputs,
            "size": self.size,
            "records": self.records,
            "pages": self.pages,
            "passed_bytes": self.passed_bytes,
            "passed_text": self.passed_text,
            "read": self.read,
            "documents": self.documents,
            "claims": self.claims,
            "refused": dict(sorted(self.refused.items())),
            "lost_bytes": self.lost_bytes,
            "lost": [list(item) for item in self.lost],
            "named": list(self.named),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, object]) -> "Report":
        """The report that `to_json` wrote.

        >>> Report.from_json(Report(records=3).to_json()).records
        3
        """
        counts = {name: int(str(raw.get(name, 0))) for name in _COUNTS}
        refused, lost, named = raw.get("refused"), raw.get("lost"), raw.get("named")
        return cls(
            **counts,
            refused=Counter({str(reason): int(number) for reason, number in dict(_mapping(refused)).items()}),
            lost=[(str(item[0]), int(item[1]), int(item[2]), str(item[3])) for item in _list(lost)],
            named=[str(item) for item in _list(named)],
        )


def _mapping(raw: object) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}


def _list(raw: object) -> list[Any]:
    return raw if isinstance(raw, list) else []


def sum_reports(reports: Iterable[Report]) -> Report:
    """All of them together."""
    whole = Report()
    for report in reports:
        for name in _COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(report, name))
        whole.refused.update(report.refused)
        whole.lost.extend(report.lost[: _MAX_LOST - len(whole.lost)])
        whole.named.extend(report.named[: _MAX_LOST - len(whole.named)])
    return whole


_COUNTS = (
    "inputs", "size", "records", "pages", "passed_bytes", "passed_text", "read", "documents", "claims", "lost_bytes",
)  # fmt: skip
