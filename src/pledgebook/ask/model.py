"""A model that is asked about documents, with a memory and a purse."""

import json
from dataclasses import dataclass

from pledgebook.ask.answers import Answers
from pledgebook.ask.endpoint import Endpoint
from pledgebook.ask.prompt import MOST_WRITTEN, chunks_of, fingerprint, question
from pledgebook.ask.proposals import Proposal, read_answer
from pledgebook.ask.purse import Purse
from pledgebook.domain import Document

# A token is some four letters of English and about one sign of Chinese: better to expect too many than too few.
_LETTERS_PER_TOKEN = 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a model makes of a document: its proposals, and how many of its answers could not be read."""

    proposals: tuple[Proposal, ...]
    broken: int = 0


class Model:
    """Asks an endpoint about documents, piece by piece; what was answered once is not asked again."""

    def __init__(self, endpoint: Endpoint, *, answers: Answers | None = None, purse: Purse | None = None) -> None:
        """Takes where to ask, where answers are kept, and what may be spent."""
        self._endpoint = endpoint
        self._answers = Answers() if answers is None else answers
        self.purse = Purse() if purse is None else purse

    @property
    def version(self) -> str:
        """The model's name and that of the question: another of either may find something else."""
        return f"{self._endpoint.model}-{fingerprint()}"

    def opinion(self, document: Document) -> Opinion:
        """What the model proposes.

        Raises EndpointError where it does not answer, and PurseEmptyError where the question would cost too much.
        """
        proposals: list[Proposal] = []
        broken = 0
        for chunk in chunks_of(document):
            found = read_answer(self._answer(document, chunk))
            broken += found is None
            proposals += found or ()
        return Opinion(tuple(proposals), broken)

    def _answer(self, document: Document, chunk: str) -> str:
        body = question(document, chunk, self._endpoint.model)
        asked = json.dumps(body, sort_keys=True)
        known = self._answers.recall(asked)
        if known is not None:
            self.purse.remembered += 1
            return known
        expected = len(asked) // _LETTERS_PER_TOKEN
        self.purse.check(expected, MOST_WRITTEN)
        reply = self._endpoint.ask(body)
        self.purse.pay(reply.read or expected, reply.written or len(reply.words) // _LETTERS_PER_TOKEN)
        self._answers.remember(asked, reply.words)
        return reply.words
