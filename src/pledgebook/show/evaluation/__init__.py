"""How well a reader reads: its claims against gold claims.

Takes gold files and what a reader made of their content; gives precision, recall and F1 of strict claims, of amounts
and of every field, by language. Measures only: it never changes what a reader finds.
"""

from pledgebook.show.evaluation.gold import Gold, gold_page, read_gold
from pledgebook.show.evaluation.score import Score, score_documents
from pledgebook.show.evaluation.sheet import RECORD_PATHS, score_json, score_records, scores_sheets

__all__ = [
    "RECORD_PATHS",
    "Gold",
    "Score",
    "gold_page",
    "read_gold",
    "score_documents",
    "score_json",
    "score_records",
    "scores_sheets",
]
