"""A language model's opinion of a text.

Takes the text of a document, asks an endpoint that speaks OpenAI's protocol, gives proposals: who, where, how much,
each with the words that are said to tell it. Believes nothing: whoever takes a proposal has to find its words in the
text and read the same from them. The text goes out as data; nothing in it is an instruction. This room alone talks to
a model, keeps its answers, and minds what they cost.
"""

from pledgebook.ask.answers import Answers
from pledgebook.ask.endpoint import Endpoint, EndpointError
from pledgebook.ask.model import Model, Opinion
from pledgebook.ask.proposals import Proposal, Said
from pledgebook.ask.purse import Prices, Purse, PurseEmptyError
from pledgebook.ask.suspicion import find_instructions

__all__ = [
    "Answers",
    "Endpoint",
    "EndpointError",
    "Model",
    "Opinion",
    "Prices",
    "Proposal",
    "Purse",
    "PurseEmptyError",
    "Said",
    "find_instructions",
]
