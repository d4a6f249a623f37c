"""Companies that a hyphen joins to a word for who leads them: "sagte Nordwind-Chefin Anna Berg"."""

from collections.abc import Iterator

from pledgebook.extract.mentions.organisations_context import Context, Found, is_town
from pledgebook.extract.mentions.organisations_judged import found_name
from pledgebook.lexicon.vocabulary import load_vocabulary

_SHORTEST = 4


def joined_to_bosses(context: Context) -> Iterator[Found]:
    """The names of one word that a hyphen joins to such a word, where the language has no common noun like them.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("Das sagte Nordwind-Chefin Anna Berg.", "de")]
    ['Nordwind']
    """
    words, bosses = context.words, context.language.words("leads")
    for index in words.large if bosses else ():
        after = index + 1
        if after >= len(words.starts) or words.gap(after) != "-" or words.word(after) not in bosses:
            continue
        if words.gap(index) != "-" and not context.taken[words.starts[index]] and _is_name(index, context):
            yield found_name(context, index, index, 0.6, "subject")


def _is_name(index: int, context: Context) -> bool:
    words, vocabulary = context.words, load_vocabulary(context.language.code)
    word = words.word(index)
    if len(word) < _SHORTEST or word in words.small or is_town(word, context) or word in context.countries.names:
        return False
    if word in context.types.generic or word in context.language.words("not_names"):
        return False
    return not any(vocabulary.is_form(form) for form in (word, word.removesuffix("s"), f"{word}e"))
