import pytest

from pledgebook.extract.mentions.organisations import find_organisations

NAMES = [
    ("bg", "Компанията „Хавнорд данни“ ще строи хала.", "Хавнорд данни"),
    ("uk", "Компанія «Хавнорд обчислення» збудує центр.", "Хавнорд обчислення"),
    ("ru", "Холдинг «Хавнорд хранение данных» построит зал.", "Хавнорд хранение данных"),
    ("pl", "Spółka „Havnord sieci przyszłości” zbuduje halę.", "Havnord sieci przyszłości"),
    ("hr", "Zagrebačka tvrtka Havnord podatkovni d.o.o. gradi halu.", "Havnord podatkovni"),
    ("sk", "Projekt platí aj Havnordská banka a štát.", "Havnordská banka"),
    ("cs", "Podepsala to i Havnordská spořitelna v Praze.", "Havnordská spořitelna"),
    ("bg", "с кредит от Хавнордската банка за растеж получи", "Хавнордската банка за растеж"),
    ("uk", "кошти дасть Хавнордська ліга разом із містом", "Хавнордська ліга"),
    ("bg", "30 млн. евро влага „Хавнорд“ в кабел до Варна.", "Хавнорд"),
    ("bg", "Инвестицията на „Хавнорд Про“ е за 30 млн. евро.", "Хавнорд Про"),
    ("uk", "Гроші дасть Фонд розвитку прикладних досліджень.", "Фонд розвитку прикладних досліджень"),
    ("bg", "Плаща и Фонд за малките и средните предприятия.", "Фонд за малките и средните предприятия"),
    ("uk", "Американська Havnord Data відкриє офіс.", "Havnord Data"),
    ("uk", "Львівська міська рада надасть кошти.", "City of Lviv"),
    ("uk", "Гроші виділить Харківська обласна рада.", "Kharkiv Oblast"),
    ("fi", "Turun yliopisto sai rahaa Kuusiniemen säätiöltä.", "Kuusiniemen säätiö"),
    ("fi", "Kolmiokosken säätiö lahjoittaa yliopistolle rahaa.", "Kolmiokosken säätiö"),
]
NOTHING = [
    ("uk", "Він сказав: «Ми будуємо разом із вами»."),
    ("cs", "Velká banka chce úspory."),
    ("pl", "Projekt „Nowa droga do chmury” trwa."),
    ("bg", "По програма „Хавнорд“ учат деца."),
    ("uk", "«Так», – відповів він."),
    ("uk", "Владислав прийшов додому."),
    ("fi", "Lahjoittajan säätiö antaa rahaa, kertoi lahjoittajan edustaja."),
]


@pytest.mark.parametrize(("language", "text", "name"), NAMES)
def test_names_go_on_in_small_letters(language: str, text: str, name: str) -> None:
    assert name in [mention.party.name for mention in find_organisations(text, language) if mention.party]


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_speech_and_sentences_are_no_names(language: str, text: str) -> None:
    assert find_organisations(text, language) == []


def test_quoted_names_are_listed_together() -> None:
    text = "Компанії «Хавнорд один», «Хавнорд два» та «Хавнорд три» платять."
    names = [mention.party.name for mention in find_organisations(text, "uk") if mention.party]
    assert names == ["Хавнорд один", "Хавнорд два", "Хавнорд три"]


def test_what_somebody_says_before_a_comma_is_no_name() -> None:
    text = "„O stavbě pořád přemýšlíme,“ uvedla mluvčí firmy Hana Malá."
    assert not find_organisations(text, "cs", doubtful=True)
