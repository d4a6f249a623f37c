"""How well a reader reads: its claims against gold claims.

Takes gold files and what a reader made of their content; gives precision, recall and F1 of strict claims, of amounts
and of every field, by language and by kind of document, and a page that shows where the two disagree. Measures only: it
never changes what a reader finds.
"""

from pledgebook.show.evaluation.gold import Gold, gold_page, read_gold, read_names
from pledgebook.show.evaluation.page import scores_page
from pledgebook.show.evaluation.score import Score, Scores, score_documents
from pledgebook.show.evaluation.sheet import (
    RECORD_PATHS,
    score_json,
    score_lines,
    score_records,
    scores_json,
    scores_sheets,
)

__all__ = [
    "RECORD_PATHS",
    "Gold",
    "Score",
    "Scores",
    "gold_page",
    "read_gold",
    "read_names",
    "score_documents",
    "score_json",
    "score_lines",
    "score_records",
    "scores_json",
    "scores_page",
    "scores_sheets",
]
