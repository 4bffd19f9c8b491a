"""Words of deadlines, Russian and English, each with its kind and value: the plan's own spellings.

Words are lower-case and without «ё». A kind is what the rows of the grammar (deadline_rows) are made of.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, NamedTuple

from pipeline.domain.deadline_values import LAST

Case = Literal["", "genitive", "any"]


class Word(NamedTuple):
    """What a word is: its kind, and its value where it has one. `case` is of months: only the genitive («марта»)
    and spellings that may be any case («мар.», "March") are told from the others."""

    kind: str
    value: int | str | None = None
    case: Case = ""


HARD = "ый ой ая ое ого ому ым ом ую ые ых ыми"
SOFT = "ий яя ее его ему им ем ей юю ие их ими"
THIRD = "ий ья ье ьего ьему ьим ьем ьей ью ьи ьих ьими"

# Stem, then its endings («-» is no ending): every case of the word is read alike.
DECLINED: tuple[tuple[Word, str, str], ...] = (
    (Word("month", 1), "январ", "ь ю ем е"),
    (Word("month", 2), "феврал", "ь ю ем е"),
    (Word("month", 3), "март", "- у ом е"),
    (Word("month", 4), "апрел", "ь ю ем е"),
    (Word("month", 5), "ма", "й ю ем е"),
    (Word("month", 6), "июн", "ь ю ем е"),
    (Word("month", 7), "июл", "ь ю ем е"),
    (Word("month", 8), "август", "- у ом е"),
    (Word("month", 9), "сентябр", "ь ю ем е"),
    (Word("month", 10), "октябр", "ь ю ем е"),
    (Word("month", 11), "ноябр", "ь ю ем е"),
    (Word("month", 12), "декабр", "ь ю ем е"),
    (Word("weekday", 0), "понедельник", "- а у ом е"),
    (Word("weekday", 1), "вторник", "- а у ом е"),
    (Word("weekday", 2), "сред", "а ы у ой е"),
    (Word("weekday", 3), "четверг", "- а у ом е"),
    (Word("weekday", 4), "пятниц", "а ы у ей е"),
    (Word("weekday", 5), "суббот", "а ы у ой е"),
    (Word("weekday", 6), "воскресень", "е я ю ем и"),
    (Word("ordinal", 1), "перв", HARD),
    (Word("ordinal", 2), "втор", HARD),
    (Word("ordinal", 3), "трет", THIRD),
    (Word("ordinal", 4), "четверт", HARD),
    (Word("last", LAST), "последн", SOFT),
    (Word("each"), "кажд", HARD),
    (Word("season", 3), "весн", "а ы у ой е"),
    (Word("season", 6), "лет", "о а у ом е"),
    (Word("season", 9), "осен", "ь и ью"),
    (Word("beginning"), "начал", "о а у ом е"),
    (Word("middle"), "середин", "а ы у ой е"),
    (Word("end"), "кон", "ец ца цу цом це"),
    (Word("day_word"), "д", "ень ня ню нем не ни ней"),
    (Word("date_word"), "чис", "ло ла лу лом ле ел лам"),
    # The genitive is a kind of its own: «раз в месяца», «раза в год» have lost their number.
    (Word("week_word"), "недел", "я ю е ей"),
    (Word("of_week"), "недел", "и ь"),
    (Word("month_word"), "месяц", "- у ем е ы ам ах"),
    (Word("of_month"), "месяц", "а ев"),
    (Word("quarter_word"), "квартал", "- а у ом е ы ов ам ах"),
    (Word("half_year"), "полугоди", "е я ю ем и й ям ях"),
    (Word("half_of"), "половин", "а ы у ой е"),
    (Word("decade"), "декад", "а ы у ой е"),
    (Word("year_word"), "год", "- у ом е"),
    (Word("of_year"), "год", "а"),
    (Word("time"), "раз", "-"),
    (Word("of_time"), "раз", "а у ов"),
)

# Words as they stand.
PLAIN: dict[Word, str] = {
    # The genitive says that a day is left out, «25 марта, июня»; «28 января; февраль» has the whole month.
    Word("month", 1, "genitive"): "января",
    Word("month", 2, "genitive"): "февраля",
    Word("month", 3, "genitive"): "марта",
    Word("month", 4, "genitive"): "апреля",
    Word("month", 5, "genitive"): "мая",
    Word("month", 6, "genitive"): "июня",
    Word("month", 7, "genitive"): "июля",
    Word("month", 8, "genitive"): "августа",
    Word("month", 9, "genitive"): "сентября",
    Word("month", 10, "genitive"): "октября",
    Word("month", 11, "genitive"): "ноября",
    Word("month", 12, "genitive"): "декабря",
    Word("month", 1, "any"): "янв january jan",
    Word("month", 2, "any"): "фев февр february feb",
    Word("month", 3, "any"): "мар march mar",
    Word("month", 4, "any"): "апр april apr",
    Word("month", 5, "any"): "may",
    Word("month", 6, "any"): "июн june jun",
    Word("month", 7, "any"): "июл july jul",
    Word("month", 8, "any"): "авг august aug",
    Word("month", 9, "any"): "сен сент september sept sep",
    Word("month", 10, "any"): "окт october oct",
    Word("month", 11, "any"): "ноя нояб november nov",
    Word("month", 12, "any"): "дек december dec",
    Word("weekday", 0): "пн monday mon",
    Word("weekday", 1): "вт tuesday tue tues",
    Word("weekday", 2): "ср wednesday wed",
    Word("weekday", 3): "чт thursday thu thur thurs",
    Word("weekday", 4): "пт friday fri",
    Word("weekday", 5): "сб saturday sat",
    Word("weekday", 6): "вс sunday sun",
    # «По вторникам», "Tuesdays": the plural alone says «each».
    Word("weekdays", 0): "понедельникам mondays",
    Word("weekdays", 1): "вторникам tuesdays",
    Word("weekdays", 2): "средам wednesdays",
    Word("weekdays", 3): "четвергам thursdays",
    Word("weekdays", 4): "пятницам fridays",
    Word("weekdays", 5): "субботам saturdays",
    Word("weekdays", 6): "воскресеньям sundays",
    Word("ordinal", 1): "first",
    Word("ordinal", 2): "second",
    Word("ordinal", 3): "third",
    Word("ordinal", 4): "fourth",
    Word("last", LAST): "last",
    Word("cardinal", 1): "один одного one",
    Word("cardinal", 2): "два две двух two",
    Word("cardinal", 3): "три трех three",
    Word("cardinal", 4): "четыре четырех four",
    Word("cardinal", 5): "пять пяти five",
    Word("cardinal", 6): "шесть шести six",
    Word("cardinal", 7): "семь семи seven",
    Word("cardinal", 8): "восемь восьми eight",
    Word("cardinal", 9): "девять девяти nine",
    Word("cardinal", 10): "десять десяти ten",
    Word("cardinal", 12): "двенадцать двенадцати twelve",
    Word("often", 1): "однократно once",
    Word("often", 2): "дважды twice",
    Word("often", 3): "трижды thrice",
    Word("often", 4): "четырежды",
    Word("rate", "day"): "ежедневно daily",
    Word("rate", "week"): "еженедельно еженед weekly",
    Word("rate", "month"): "ежемесячно ежемес monthly",
    Word("rate", "quarter"): "ежеквартально ежекварт quarterly",
    Word("rate", "year"): "ежегодно yearly annually",
    Word("undated", "standing"): "постоянно непрерывно регулярно систематически "
    "ongoing permanently continuously constantly",
    Word("season", 3): "spring",
    Word("season", 6): "summer",
    Word("season", 9): "autumn fall",
    Word("beginning"): "beginning start early",
    Word("middle"): "middle mid",
    Word("end"): "end",
    Word("late"): "late",
    Word("day_word"): "day days",
    Word("week_word"): "week",
    Word("of_week"): "weeks",
    Word("month_word"): "мес month",
    Word("of_month"): "months",
    Word("quarter_word"): "кв кварт quarter quarters",
    Word("half_year"): "полугод полуг полгода полугода",
    Word("half_of"): "half",
    Word("year_word"): "г year",
    Word("time"): "р time",
    Word("of_time"): "times",
    Word("each"): "each every",
    Word("all_year"): "круглогодично",
    Word("in"): "в во in on a an per",
    Word("from"): "с со from",
    Word("to"): "по to through",
    Word("by"): "до к ко by until till",
    Word("during"): "during throughout",
    Word("except"): "кроме исключая except excluding",
    Word("following"): "after following",
    Word("next"): "следующего next",
    Word("sep"): "и and",
    # Words that mean nothing here, and the only ones that are dropped.
    Word("filler"): "the of всего календарного включительно inclusive",
}

# Words that mean something only together; the longest is taken first. A hyphen is a word of its own.
PHRASES: dict[Word, tuple[str, ...]] = {
    Word("no_later"): ("не позднее", "не позже", "в срок не позднее", "no later than", "not later than"),
    Word("by"): ("в срок до",),
    Word("at_least"): ("не реже", "не реже чем", "не менее", "не менее чем", "at least", "no less than"),
    Word("during"): ("в течение", "в течении", "в теч", "на протяжении", "in course"),
    Word("except"): ("за исключением", "except for"),
    Word("all_year"): ("весь год", "круглый год", "all year", "all year round", "year - round", "whole year"),
    Word("middle"): ("mid -",),
    Word("half_year"): ("half - year", "half year"),
    Word("rate", "half_year"): ("half - yearly", "semi - annually"),
    Word("following"): ("следующего за отчетным", "следующего за"),
    Word("following_period"): ("следующего за отчетным периодом",),
    Word("this_month"): ("текущего месяца", "этого месяца"),
    Word("filler"): ("в период", "за период"),
    Word("this_year"): tuple(
        " ".join(words)
        for words in product(("текущего", "текущем", "сего", "этого", "this"), ("года", "году", "г", "year"))
    ),
    Word("undated", "standing"): ("на постоянной основе", "on an ongoing basis"),
    Word("undated", "as_needed"): (
        "по мере необходимости",
        "по мере надобности",
        *(
            f"по мере поступления{what}"
            for what in ("", " запросов", " заявок", " документов", " литературы", " новой литературы")
        ),
        "при необходимости",
        "по необходимости",
        "по запросу",
        "по запросам",
        "по заявкам",
        "по требованию",
        *(" ".join(words) for words in product(("as", "if", "when"), ("needed", "required", "necessary"))),
        "on request",
        "on demand",
    ),
    Word("undated", "by_schedule"): (
        *(
            f"{by}{which} {what}"
            for by, which, what in product(
                ("по", "согласно", "в соответствии с"),
                ("", " отдельному", " отдельным", " утвержденному", " утвержденным"),
                (
                    "графику",
                    "графиком",
                    "плану",
                    "планом",
                    "плану работы",
                    "планом работы",
                    "расписанию",
                    "расписанием",
                ),
            )
        ),
        "согласно графика",
        "согласно плана",
        "on schedule",
        "by schedule",
        "as scheduled",
        "according to schedule",
        "on a separate schedule",
    ),
    **{
        Word("season", number): tuple(
            f"{stem}{adjective} {noun}"
            for adjective, noun in (("ий", "период"), ("его", "периода"), ("ие", "месяцы"), ("их", "месяцев"))
        )
        for number, stem in ((6, "летн"), (3, "весенн"), (9, "осенн"))
    },
}

# Roman numerals as they are typed: with Cyrillic and other letters (and the digit 1) that look like I and V;
# «П» for II and «Ш» for III, as typewriters had it.
ROMAN_LETTERS = str.maketrans("іӏl1у", "iiiiv")
ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "п": 2, "ш": 3}

# What a number wears when it is an ordinal. A day wears the first, «5-го», "2nd"; the others are of something
# else: in «2-я октября» a word is lost.
DAY_ENDINGS = "ого|его|ому|ему|ое|ее|го|му|е|th|st|nd|rd"
RANK_ENDINGS = "ая|яя|ую|юю|ый|ий|ой|ей|ем|ом|я|й|ю|м"
# What it wears when it says how many: «не реже 4-х раз».
COUNT_ENDINGS = "х|ти|ми"


def declined_forms(stem: str, endings: str) -> Iterator[str]:
    """Every form of a word: «март», «марта», «марту» …"""
    return (stem + ending.replace("-", "") for ending in endings.split())


def all_words() -> Iterator[tuple[str, Word]]:
    """Each spelling of the tables above with what it is."""
    for word, stem, endings in DECLINED:
        yield from ((form, word) for form in declined_forms(stem, endings))
    for word, forms in PLAIN.items():
        yield from ((form, word) for form in forms.split())


WORDS: Mapping[str, Word] = dict(all_words())
BY_PHRASE: Mapping[tuple[str, ...], Word] = {
    tuple(phrase.split()): word for word, phrases in PHRASES.items() for phrase in phrases
}
LONGEST_PHRASE = max(map(len, BY_PHRASE))
