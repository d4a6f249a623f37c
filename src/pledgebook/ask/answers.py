"""Answers that were given before: the same question is not paid for twice, and gets the same answer."""

import hashlib
import json
import os
import tempfile
from pathlib import Path


class Answers:
    """Remembers answers, in a folder where one is named, else as long as the program runs.

    >>> answers = Answers()
    >>> answers.remember("a question", "its answer")
    >>> answers.recall("a question"), answers.recall("another")
    ('its answer', None)
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Takes the folder, which is made where there is none."""
        self._folder = folder
        self._known: dict[str, str] = {}

    def recall(self, question: str) -> str | None:
        """The answer to a question, None where it was never given, or can't be read any more."""
        key = _key(question)
        if key in self._known:
            return self._known[key]
        if self._folder is None:
            return None
        try:
            told = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            answer = told["answer"] if told["question"] == question else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return answer if isinstance(answer, str) else None

    def remember(self, question: str, answer: str) -> None:
        """Keeps an answer, whole or not at all."""
        key = _key(question)
        self._known[key] = answer
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{key[:8]}.", dir=self._folder)
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            json.dump({"question": question, "answer": answer}, stream)
        Path(name).replace(self._folder / f"{key}.json")


def _key(question: str) -> str:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()
