"""Collects the rules: every Markdown file's articles with the claims expected of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from told_rules import Rule, UnkeptError, check, read_rules


class RuleItem(pytest.Item):
    """One article and its claims."""

    rule: Rule

    @classmethod
    def of(cls, parent: "RuleFile", rule: Rule) -> "RuleItem":
        item: RuleItem = cls.from_parent(parent, name=rule.name)
        item.rule = rule
        if rule.is_known_gap:
            item.add_marker(pytest.mark.xfail(raises=UnkeptError, strict=True, reason="a known gap"))
        return item

    def runtest(self) -> None:
        check(self.rule)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        del style
        if isinstance(excinfo.value, UnkeptError):
            return f"{self.path.name}, line {self.rule.line}: {self.rule.name}\n{excinfo.value}"
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.rule.line - 1, self.rule.name


class RuleFile(pytest.File):
    """A Markdown file of rules."""

    def collect(self) -> Iterator[RuleItem]:
        for rule in read_rules(self.path.read_text(encoding="utf-8")):
            yield RuleItem.of(self, rule)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RuleFile | None:
    if file_path.suffix == ".md" and file_path.name != "README.md":
        return RuleFile.from_parent(parent, path=file_path)
    return None
