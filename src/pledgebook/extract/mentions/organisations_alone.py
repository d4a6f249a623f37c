"""Names that act without an article where common nouns have one or are known: "Nordwind investiert", "Sunbit bouwt"."""

from bisect import bisect_left

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_introduced import sites
from pledgebook.extract.mentions.organisations_runs import Run, introduces, opens_sentence
from pledgebook.extract.mentions.organisations_whence import behind_origin
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.vocabulary import load_vocabulary

_LONGEST_FRONT = 90
_SHORTEST = 4
_FULL_STOPS = (".", "!", "?", '."', ".»", ".“", ".”")
_KINDS = ("introduce", "person", "office", "officeholder", "government", "ministry", "school", "town")


def stands_alone(run: Run, context: Context) -> bool:
    """Whether a word that no article introduces acts in a sentence, where common nouns would have one.

    It opens the sentence ("Nordwind investiert 3 Millionen Euro."), or stands right behind a verb in front of which
    there is only where, when or what for ("In Emden baut Nordwind für 3 Millionen Euro."). Headlines leave articles out
    and tell nothing.
    """
    words, language = context.words, context.language
    verbs = language.words("acts_alone")
    if not verbs or run.last > run.first or not _is_in_sentence(run, context) or is_common(run, context):
        return False
    if not language.nouns_have_capitals and (not run.opens or not is_unknown(run, context)):
        return False
    if run.opens:
        subjects, verb = language.words("subjects"), behind_origin(run, context) or run.last + 1
        return _word_behind(verb, context) in verbs and _word_behind(verb + 1, context) not in subjects
    before = words.word(run.first - 1)
    return before in verbs and words.gap(run.first) == " " and _opens_with_front(run.first - 1, context)


def is_led(run: Run, context: Context) -> bool:
    """Whether a word for who leads a company stands before a name: "Anna Berg, Chefin von Nordwind"."""
    words, language, at = context.words, context.language, run.first - 2
    is_close = words.gap(run.first) == " " and at >= 0 and words.gap(run.first - 1) == " "
    if not is_close or words.word(at + 1) not in language.words("agent_of"):
        return False
    return words.word(at) in language.words("leads") and (run.last > run.first or not is_common(run, context))


def has_site(run: Run, context: Context) -> bool:
    """Whether a site is told to be of a name of one word: "der Bau des Rechenzentrums von Nordwind"."""
    words, language, of = context.words, context.language, run.first - 1
    is_close = run.first == run.last and of >= 1 and words.gap(run.first) == words.gap(of) == " "
    if not is_close or words.word(of) not in language.words("agent_of"):
        return False
    site = words.word(of - 1)
    is_site = not {site, site.removesuffix("s")}.isdisjoint(sites(language.code))
    return (
        is_site
        and is_unknown(run, context)
        and not is_common(run, context)
        and not is_town(words.word(run.first), context)
    )


def _word_behind(index: int, context: Context) -> str:
    """The word at `index`, "" where more than a blank and a bracket stands before it."""
    words = context.words
    return words.word(index) if index < len(words.starts) and words.gap(index) in (" ", ") ") else ""


def _is_in_sentence(run: Run, context: Context) -> bool:
    """Whether the line of a word ends as sentences do."""
    text = context.words.text
    end = text.find("\n", context.words.ends[run.last])
    return text[: end if end >= 0 else len(text)].rstrip().endswith(_FULL_STOPS)


def _opens_with_front(verb: int, context: Context) -> bool:
    """Whether a sentence opens with a word of `fronts`, and goes on to the verb at `verb` without a comma."""
    words, text = context.words, context.words.text
    start = max(text.rfind(mark, 0, words.starts[verb]) for mark in (". ", "\n", "! ", "? ", ": ", "; "))
    first = bisect_left(words.starts, max(start, 0))
    if first >= verb or words.starts[verb] - words.starts[first] > _LONGEST_FRONT:
        return False
    if not opens_sentence(words, first):
        return False
    if words.word(first) in context.language.words("subordinates") and words.gap(verb) == ", ":
        return True  # "Während Havnord abzieht, baut Nordwind"
    if words.word(first) not in context.language.words("fronts"):
        return False
    return not any("," in words.gap(at) and len(words.gap(at)) > 1 for at in range(first + 1, verb + 1))


def is_unknown(run: Run, context: Context) -> bool:
    """Whether neither a text nor the tables of its language know a word, where only names have capitals."""
    words, key = context.words, run.key(context.words)
    return len(key) >= _SHORTEST and key not in words.small and not load_vocabulary(context.language.code).is_form(key)


def is_common(run: Run, context: Context) -> bool:
    """Whether a word is one for a sort of person or body, or ends as words for things do: "Ansiedlung", "Netzfirma"."""
    words, language = context.words, context.language
    word = words.word(run.first)
    if any(introduces(word, language.words(kind)) for kind in _KINDS) or word in language.words("not_names"):
        return True
    if word.endswith(tuple(language.words("noun_endings").whole)) or not word.isalpha():
        return True
    return _has_article_elsewhere(word, context)


def _has_article_elsewhere(word: str, context: Context) -> bool:
    """Whether the text has the word with an article in front of it, too."""
    words, quantities = context.words, load_language(context.language.code).quantities
    articles = {*quantities.definite, *quantities.indefinite}
    return any(
        words.tokens[at] == word and words.word(at - 1) in articles and words.gap(at) == " " for at in words.large if at
    )
