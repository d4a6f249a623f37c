"""Companies that are called by a domain and begin with a small letter: "nordwind.ai"."""

import re
from collections.abc import Iterator
from functools import cache

from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.lexicon.organisations_types import load_name_types


def called_by_domains(context: Context) -> Iterator[Found]:
    """The names that end with a domain of those that companies are called by; no address of a page or a mailbox.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("Havn will get a lab from nordwind.ai.", "en")]
    ['nordwind.ai']
    """
    text = context.words.text
    for match in _pattern().finditer(text):
        if is_free(context, match.start(), match.end()):
            yield found_company(text, match.start(), match.end(), 0.6, "domain")


@cache
def _pattern() -> re.Pattern[str]:
    endings = "|".join(sorted(load_name_types().called))
    return re.compile(rf"(?<![\w@/.:&=-])[a-z][a-z0-9]{{2,}}\.(?:{endings})(?![\w@/-]|\.\w)")
