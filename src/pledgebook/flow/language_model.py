"""The readers that ask a language model: alone, or to propose what the rules then check."""

from pledgebook.ask import EndpointError, Model, PurseEmptyError
from pledgebook.domain import Claim, Document, DocumentError, Finding, Severity
from pledgebook.extract import Extraction
from pledgebook.flow.grounded import enter
from pledgebook.flow.grounds import Grounds
from pledgebook.flow.rules import Rules

# Alone, a sum that our own reader holds for almost certainly something else (revenue, a price) stays out. Beside the
# rules, which take a sum from one half on, a model's word is worth something: but not everything.
_ALONE, _BESIDE = 0.1, 0.2
_SHOWN = 80


class ModelReader:
    """Reads a document by asking a model; with `rules`, what these find stands, and the model adds to it.

    Nothing that the model says is taken on its word: a value enters only with words that the text has, letter by
    letter, and from which our own finders read that very value. The figures of the claims are ours.
    """

    def __init__(self, model: Model, *, rules: Rules | None = None) -> None:
        """Takes the model and, where the rules are to check, these."""
        self.model, self._rules, self._finders = model, rules, Rules()

    @property
    def name(self) -> str:
        """What it is called in the book."""
        return "llm" if self._rules is None else "rules+llm"

    @property
    def version(self) -> str:
        """The fingerprint of the finders, and the names of the model and the question."""
        return f"{self._finders.version}-{self.model.version}"

    def read(self, document: Document) -> Extraction:
        """The claims of `document`. Raises DocumentError where the model does not answer, or costs too much."""
        own = Extraction(()) if self._rules is None else self._rules.read(document)
        try:
            opinion = self.model.opinion(document)
        except (EndpointError, PurseEmptyError) as error:
            raise DocumentError(document.source, str(error).rstrip(".")) from error
        grounds = Grounds(document)
        claims = list(own.claims)
        for proposal in opinion.proposals:
            enter(claims, grounds, grounds.ground(proposal), least=_ALONE if self._rules is None else _BESIDE)
        ordered = tuple(sorted(claims, key=_first_word)) if self._rules is None else tuple(claims)
        return Extraction(ordered, (*own.findings, *_findings(document, grounds, opinion.broken)))


def _first_word(claim: Claim) -> tuple[int, str]:
    return (min((item.span.start for item in claim.evidence), default=0), claim.id)


def _findings(document: Document, grounds: Grounds, broken: int) -> list[Finding]:
    found = []
    if grounds.dropped:
        dropped = ", ".join(f"{count} {name}" for name, count in sorted(grounds.dropped.items()))
        message = (
            f"{document.source}: of what the model said, {grounds.dropped.total()} were dropped, because the text does"
            f" not say it or our finders read it otherwise ({dropped}); {grounds.kept.total()} stand."
        )
        found.append(Finding("ungrounded-answer", document.id, message))
    if broken:
        message = f"{document.source}: {broken} answers of the model could not be read, and count as nothing said."
        found.append(Finding("broken-answer", document.id, message, severity=Severity.WARNING))
    for span in grounds.instructions:
        words = " ".join(span.of(document.text).split())[:_SHOWN]
        message = (
            f"{document.source}: words that speak to a machine ({words!r}). What a model read in them was dropped."
        )
        found.append(Finding("instruction-in-text", document.id, message, span, Severity.WARNING))
    return found
