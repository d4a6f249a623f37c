"""Real cases from short articles, through the reader that comes with the product, to the totals.

What the reader manages is asserted here. From claims only, in the modules beside this one: Microsoft's unstated share
of the sum of two (its part is not drawn out of the text), the press total of 8.8 billion over three currencies (its
parts are not told apart from the sum), Stargate's sites as part of the whole and the headline that has millions for
billions, and the state visit around the Tech Prosperity Deal.
"""

from datetime import date

import pytest

from factory import RATES, Ledger
from pledgebook.domain import Page, ReadDocument
from pledgebook.flow import entries_of, load_reader, read_page

READER = load_reader("rules")


def book(*articles: tuple[str, str], as_of: str | None = None) -> Ledger:
    """The ledger of articles, each with the day of its publication."""
    documents = []
    for number, (day, text) in enumerate(articles):
        page = Page(f"{number}.txt", text.encode(), language="en", published=date.fromisoformat(day), name=str(number))
        found = read_page(page, READER)
        assert isinstance(found, ReadDocument)
        documents.append(found)
    lines = entries_of(documents, rates=RATES, as_of=None if as_of is None else date.fromisoformat(as_of))
    return Ledger(tuple(line.pledge for line in lines if not line.is_rest), lines)


def each(country: str, parts: dict[str, str]) -> str:
    return " ".join(f"{name} will invest {words} in {country}." for name, words in parts.items())


FRANCE = (
    "2024-05-13",
    "PARIS, 13 May 2024 - The Choose France summit brought pledges of 15 billion euros in 56 projects, the French "
    "presidency said on Monday. "
    + each(
        "France",
        {
            "Microsoft": "4 billion euros",
            "FertigHy": "1.3 billion euros",
            "Amazon": "1.2 billion euros",
            "AstraZeneca": "365 million euros",
            "McCain": "350 million euros",
            "Pfizer": "500 million euros",
            "IBM": "45 million euros",
        },
    ),
)
MICROSOFT_EUROS = (
    "2024-05-14",
    (
        "Microsoft will invest 4 billion euros in cloud and AI in France by the end of 2025 and install 25,000 GPUs, the "
        "company announced on Monday, 13 May 2024."
    ),
)
MICROSOFT_DOLLARS = (
    "2024-05-14",
    (
        "Microsoft will invest 4 billion dollars in cloud and AI in France and bring 25,000 GPUs there, it was announced on "
        "13 May 2024."
    ),
)
PAIR = (
    "2024-05-14",
    (
        "Tech giants ready .6 billion for France\n\nMicrosoft and Amazon will together invest 5.6 billion dollars in France, "
        "the presidency announced on Monday, 13 May 2024. Of this, Amazon will invest 1.2 billion euros."
    ),
)


def test_choose_france_is_15_with_7_24_unnamed() -> None:
    found = book(FRANCE)
    whole = found.total("EUR", "FR", by="country")
    assert float(whole.central / 10**9) == pytest.approx(15)
    assert float(whole.unnamed / 10**9) == pytest.approx(7.24)
    assert float(whole.naive / 10**9) == pytest.approx(22.76)
    assert found.bn("EUR", "Microsoft", by="investor") == 4
    named = sum(float(line.central or 0) for line in found.lines if line.counted and not line.is_rest)
    assert named == pytest.approx(7.76e9)


def test_a_headline_that_lost_a_digit_reads_as_the_body_and_leaves_about_four_to_microsoft() -> None:
    found = book(PAIR)
    (whole,) = [it for it in found.pledges if len(it.investors) == 2]
    assert whole.amount is not None
    assert (float(whole.amount.value), whole.amount.basis.value) == (5.6e9, "repaired")
    assert found.bn("EUR") == pytest.approx(5.187, abs=0.001)
    (rest,) = [line for line in found.lines if line.is_rest]
    assert float((rest.central or 0) / 10**9) / 1.0795 == pytest.approx(4.0, abs=0.05)


BOTH = (
    "2024-05-14",
    (
        "Tech giants ready .6 billion for France\n\nMicrosoft and Amazon will together invest 5.6 billion dollars in France, "
        "the presidency announced on Monday, 13 May 2024. Microsoft will bring 25,000 of the most advanced graphics "
        "processors to France by the end of 2025. Amazon will invest 1.2 billion euros in France."
    ),
)


def test_microsofts_unstated_share_follows_and_is_its_pledge_of_about_four() -> None:
    alone = book(BOTH)
    (microsoft,) = [it for it in alone.pledges if [party.name for party in it.investors] == ["Microsoft"]]
    assert microsoft.amount is not None
    assert microsoft.amount.basis.value == "implied"
    assert alone.bn("EUR", "Microsoft", by="investor") == pytest.approx(4.0, abs=0.05)
    assert alone.bn("EUR") == pytest.approx(5.187, abs=0.01)
    together = book(FRANCE, BOTH)
    (microsoft,) = [it for it in together.pledges if [party.name for party in it.investors] == ["Microsoft"]]
    assert (len(microsoft.tellings), together.bn("EUR", "Microsoft", by="investor")) == (2, 4)
    assert together.bn("EUR") == 15


def test_dollars_for_euros_is_a_named_conflict_and_counts_once() -> None:
    found = book(FRANCE, MICROSOFT_EUROS, MICROSOFT_DOLLARS)
    (pledge,) = [it for it in found.pledges if [party.name for party in it.investors] == ["Microsoft"]]
    assert [conflict.name for conflict in pledge.conflicts] == ["wrong-currency"]
    assert pledge.amount is not None
    assert (pledge.amount.currency, len(pledge.tellings)) == ("EUR", 3)
    assert found.bn("EUR") == 15


ARAGON = (
    (
        "2021-03-25",
        (
            "Amazon Web Services will invest 2.5 billion euros in data centres in Aragón, Spain, the regional government "
            "announced on 25 March 2021."
        ),
    ),
    (
        "2024-05-22",
        (
            "Amazon Web Services raises its plan for data centres in Aragón, Spain, from 2.5 to 15.7 billion euros by 2033, "
            "it announced on Wednesday, 22 May 2024. The plan replaces the 2.5 billion euros announced in 2021. It will add "
            "21.6 billion euros to the GDP of Spain and support 17,500 jobs."
        ),
    ),
    (
        "2026-03-02",
        (
            "Amazon Web Services will invest another 18 billion euros in data centres in Aragón, Spain, it announced on "
            "Monday, 2 March 2026. They come on top of the 15.7 billion euros announced in May 2024, so that Amazon now plans "
            "33.7 billion euros in Aragón in all by 2035."
        ),
    ),
)


def test_aragon_is_33_7_of_which_18_are_new_in_2026() -> None:
    found = book(*ARAGON)
    assert found.bn("EUR", "ES", by="country") == pytest.approx(33.7)
    row = found.total("EUR", since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert (float(row.new or 0), float(row.outstanding or 0)) == pytest.approx((18e9, 33.7e9))
    assert not [it for it in found.pledges if it.amount is not None and it.amount.value == 21_600_000_000]
    assert book(*ARAGON, as_of="2024-05-21").bn("EUR") == pytest.approx(2.5)
    assert book(*ARAGON, as_of="2025-01-01").bn("EUR") == pytest.approx(15.7)


EUROPE = (
    (
        "2023-11-30",
        (
            "Microsoft will invest 2.5 billion pounds in AI data centres in the United Kingdom over three years, the company "
            "announced on 30 November 2023."
        ),
    ),
    (
        "2024-02-15",
        (
            "Microsoft will invest 3.2 billion euros in AI data centres in Germany by the end of 2025, the company announced "
            "in Berlin on Thursday, 15 February 2024."
        ),
    ),
    (
        "2024-02-15",
        (
            "Microsoft plans to invest about 3.3 billion euros in artificial intelligence in Germany in the next two years, "
            "it said on 15 February 2024."
        ),
    ),
    (
        "2024-02-16",
        "Microsoft will invest 3 billion euros in AI in Germany, it announced on Thursday, 15 February 2024.",
    ),
    (
        "2024-02-16",
        (
            "German politicians welcome Microsoft's decision to invest 3.2 billion euros in AI data centres in Germany, which "
            "the company announced on Thursday, 15 February 2024."
        ),
    ),
    (
        "2024-02-19",
        (
            "Microsoft will invest 2.1 billion dollars in AI and cloud infrastructure in Spain within two years, its "
            "president announced on Monday, 19 February 2024."
        ),
    ),
)


def test_microsoft_in_europe_is_8_70_at_the_days_rates() -> None:
    found = book(*EUROPE)
    assert found.bn("USD") == pytest.approx(8.70, abs=0.01)
    (germany,) = [it for it in found.pledges if it.destinations == ("DE",)]
    assert germany.amount is not None
    assert (len(germany.tellings), float(germany.amount.value)) == (4, 3.2e9)


PRESS = (
    (
        "2024-02-20",
        (
            "Microsoft has now pledged a total of 8.8 billion dollars for artificial intelligence in Europe. Microsoft will "
            "invest 2.5 billion pounds in the United Kingdom, it said in November 2023. It will invest 3.2 billion euros in "
            "Germany, it announced on 15 February 2024. It will invest 2.1 billion dollars in Spain, it announced on Monday, "
            "19 February 2024."
        ),
    ),
    (
        "2024-02-20",
        (
            "Microsoft is investing heavily in Europe. In November it announced 2.5 billion pounds for the United Kingdom, "
            "last week 3.2 billion euros for Germany and on Monday 2.1 billion dollars for Spain. Together that makes 8.8 "
            "billion dollars in four months."
        ),
    ),
)


@pytest.mark.parametrize("press", PRESS, ids=["the total first", "the total last"])
def test_the_press_total_of_8_8_counts_through_its_three_parts(press: tuple[str, str]) -> None:
    found = book(*EUROPE, press)
    assert found.bn("USD") == pytest.approx(8.70, abs=0.01)
    (whole,) = [line for line in found.lines if line.pledge.destinations == ("150",) and not line.is_rest]
    assert (whole.counted, len([r for r in whole.pledge.relations if r.type.value == "total_of"])) == (False, 3)


AMAZON_GERMANY = (
    (
        "2024-05-15",
        (
            "Amazon Web Services will invest 7.8 billion euros in its sovereign cloud in Brandenburg, Germany, by 2040, it "
            "announced on 15 May 2024. That will add 17.2 billion euros to the gross domestic product."
        ),
    ),
    (
        "2024-06-19",
        (
            "Amazon will invest another 10 billion euros in Germany, it announced on Wednesday, 19 June 2024. 8.8 billion "
            "euros of this will go into data centres in Frankfurt, 1.2 billion euros into logistics. With the 7.8 billion "
            "euros announced for Brandenburg in May, Amazon plans 17.8 billion euros for Germany in all."
        ),
    ),
    (
        "2024-06-20",
        "Since 2010, Amazon has already invested a total of more than 77 billion euros in Germany, the company says.",
    ),
)


def test_amazon_in_germany_is_17_8() -> None:
    found = book(*AMAZON_GERMANY)
    assert found.bn("EUR", "DE", by="country") == pytest.approx(17.8)
    # Every report added up: the five sums of June make 45.6, May's report tells 7.8 again, and 77 are past.
    assert float(found.total("EUR").naive / 10**9) == pytest.approx(45.6 + 7.8 + 77)
    assert not [it for it in found.pledges if it.amount is not None and it.amount.value == 17_200_000_000]


INTEL = (
    (
        "2022-03-15",
        (
            "Intel will invest 17 billion euros in two chip factories in Magdeburg, Germany, and create 3,000 jobs, it "
            "announced on Tuesday, 15 March 2022."
        ),
    ),
    (
        "2023-06-19",
        (
            "Intel will invest 30 billion euros in two chip factories in Magdeburg, Germany, instead of the 17 billion euros "
            "announced in March 2022, it said on Monday, 19 June 2023."
        ),
    ),
    (
        "2023-06-19",
        (
            "Intel raises its investment in two chip factories in Magdeburg, Germany, from 17 to 30 billion euros, it "
            "announced on Monday, 19 June 2023."
        ),
    ),
    (
        "2024-09-17",
        (
            "Intel delays its chip factories in Magdeburg, Germany, by about two years, it announced on Monday, 16 September "
            "2024. The company wanted to invest 30 billion euros there, as announced in June 2023."
        ),
    ),
    (
        "2025-07-25",
        (
            "Intel has cancelled its chip factories in Magdeburg, Germany, it announced on Thursday, 24 July 2025. It had "
            "planned to invest 30 billion euros there."
        ),
    ),
)


def test_intel_in_magdeburg_is_30_in_2024_delayed_and_0_in_the_end() -> None:
    assert book(*INTEL, as_of="2022-12-31").bn("EUR") == 17
    assert book(*INTEL, as_of="2024-01-01").bn("EUR") == 30
    delayed = book(*INTEL, as_of="2024-10-01")
    assert delayed.bn("EUR") == 30
    assert any("delayed" in line.flags for line in delayed.lines if line.counted)
    assert book(*INTEL).bn("EUR") == 0


def test_stargate_is_500_however_often_it_is_told() -> None:
    found = book(
        (
            "2025-01-21",
            (
                "OpenAI, Oracle and SoftBank will invest 500 billion dollars in AI data centres in the United States over four "
                "years under the name of Stargate, they announced on Tuesday, 21 January 2025."
            ),
        ),
        (
            "2025-01-22",
            (
                "OpenAI, Oracle and SoftBank will invest 500 billion dollars in data centres with a capacity of 10 gigawatts "
                "in the United States by January 2029, they announced on 21 January 2025."
            ),
        ),
    )
    assert found.bn("USD") == 500
    assert len(found.pledges) == 1


LAUNCH = (
    "2025-01-22",
    (
        "OpenAI, Oracle and SoftBank will invest 500 billion dollars in data centres in the United States over four years, "
        "they announced on Tuesday, 21 January 2025. The partners will invest 100 billion dollars of it immediately."
    ),
)
SITES = (
    "2025-09-24",
    (
        "Five more sites bring Stargate to $400m\n\nOpenAI, Oracle and SoftBank have named five more sites for data centres in "
        "the United States, they announced on Tuesday, 23 September 2025. With them the partners plan to invest more than 400 "
        "billion dollars in nearly 7 gigawatts over three years. That is part of the 500 billion dollars and 10 gigawatts "
        "that OpenAI, Oracle and SoftBank announced in January 2025."
    ),
)


def test_what_comes_at_once_and_what_has_sites_are_parts_of_stargates_500() -> None:
    assert book(LAUNCH).bn("USD") == 500
    sites = book(SITES)
    assert sites.bn("USD") == 500
    (named,) = [it for it in sites.pledges if it.amount is not None and it.amount.value == 400 * 10**9]
    assert named.amount is not None
    assert (named.amount.basis.value, named.amount.qualifier.value) == ("repaired", "at_least")
    together = book(LAUNCH, SITES)
    assert together.bn("USD") == 500
    assert sorted(int(it.amount.value / 10**9) for it in together.pledges if it.amount) == [100, 400, 500]


MALAYSIA = (
    "2024-10-10",
    "KUALA LUMPUR, 10 October 2024 - Technology companies have pledged 23.3 billion dollars for data centres in "
    "Malaysia, the ministry said. "
    + each(
        "Malaysia",
        {
            "Amazon": "6.2 billion dollars",
            "Microsoft": "2.2 billion dollars",
            "Google": "2 billion dollars",
            "Oracle": "6.5 billion dollars",
            "ByteDance": "2.1 billion dollars",
            "Nvidia": "4.3 billion dollars",
        },
    ),
)


def test_malaysia_is_23_3_with_nothing_unnamed() -> None:
    found = book(MALAYSIA)
    assert found.bn("USD", "MY", by="country") == pytest.approx(23.3)
    assert found.total("USD").unnamed == 0


DEAL = (
    "2025-09-16",
    "LONDON, 16 September 2025 - American companies have pledged 31 billion pounds for data centres in the United Kingdom, "
    "the ministry said on Tuesday. "
    + each(
        "the United Kingdom",
        {
            "Microsoft": "22 billion pounds",
            "Google": "5 billion pounds",
            "CoreWeave": "1.5 billion pounds",
            "Salesforce": "1.4 billion pounds",
            "BlackRock": "500 million pounds",
        },
    ),
)


def test_the_tech_prosperity_deal_is_31_and_flags_running_costs() -> None:
    found = book(
        DEAL,
        (
            "2025-09-17",
            (
                "Microsoft will invest 22 billion pounds in the United Kingdom, it announced on Tuesday, 16 September 2025. "
                "The figure includes operating expenses."
            ),
        ),
    )
    (microsoft,) = [it for it in found.lines if [party.name for party in it.pledge.investors] == ["Microsoft"]]
    assert "includes-running-costs" in microsoft.flags
    assert len(microsoft.pledge.tellings) == 2
    assert found.bn("GBP") == pytest.approx(31)
    assert float(found.total("GBP").unnamed / 10**9) == pytest.approx(0.6)


PARIS = (
    (
        "2025-02-10",
        "PARIS, 10 February 2025 - The AI summit brought pledges of 109 billion euros for France, the French presidency "
        "said on Sunday, 9 February. "
        + each(
            "France",
            {
                "The United Arab Emirates": "30 to 50 billion euros",
                "Brookfield": "20 billion euros",
                "Amazon": "6 billion euros",
                "Digital Realty": "6 billion euros",
                "Fluidstack": "10 billion euros",
                "Iliad": "3 billion euros",
            },
        ),
    ),
    (
        "2025-02-11",
        (
            "The AI summit brought pledges of 112.5 billion dollars for France, President Macron said on Sunday, 9 February "
            "2025."
        ),
    ),
)


VISIT = (
    "2025-09-18",
    (
        "American companies have pledged 150 billion pounds for the United Kingdom during the state visit, the government "
        "announced on Thursday, 18 September 2025. Of this, Blackstone will invest 90 billion pounds over ten years. The "
        "total includes the 31 billion pounds that technology companies pledged for data centres in the United Kingdom on "
        "Tuesday, 16 September 2025."
    ),
)


def test_the_deal_lies_inside_the_150_of_the_state_visit() -> None:
    visit = book(VISIT)
    assert visit.bn("GBP", "GB", by="country") == 150
    assert float((visit.total("GBP").unnamed or 0) / 10**9) == pytest.approx(29)
    together = book(DEAL, VISIT)
    assert together.bn("GBP", "GB", by="country") == 150
    assert together.bn("GBP", "Blackstone", by="investor") == 90
    assert together.bn("GBP", "Microsoft", by="investor") == 22


def test_the_paris_summit_is_109_and_its_range_stays_one() -> None:
    found = book(*PARIS)
    whole = found.total("EUR")
    assert float(whole.low) == float(whole.central) == float(whole.high) == 109e9
    (emirates,) = [line for line in found.lines if [it.name for it in line.pledge.investors] == ["UAE government"]]
    assert [float((it or 0) / 10**9) for it in (emirates.low, emirates.central, emirates.high)] == [30, 40, 50]
    (summit,) = [it for it in found.pledges if it.amount is not None and it.amount.value == 109 * 10**9]
    assert (len(summit.tellings), summit.conflicts) == (2, ())


def test_two_currencies_at_the_days_rate_restate_each_other() -> None:
    found = book(
        (
            "2024-02-19",
            "Microsoft will invest 2.1 billion dollars in AI and cloud in Spain, it announced on Monday, 19 February 2024.",
        ),
        (
            "2024-02-19",
            "Microsoft will invest 1.95 billion euros in AI and cloud in Spain, it announced on Monday, 19 February 2024.",
        ),
    )
    (pledge,) = found.pledges
    assert pledge.conflicts == ()
    assert found.bn("EUR") == pytest.approx(1.949, abs=0.002)


def test_coreweaves_total_in_britain_is_2_5_of_which_1_5_lie_in_the_deal() -> None:
    found = book(
        (
            "2025-09-16",
            (
                "CoreWeave will invest 1.5 billion pounds in AI data centres in the United Kingdom, it announced on Tuesday, "
                "16 September 2025. With the 1 billion pounds announced in 2024, CoreWeave plans 2.5 billion pounds for the "
                "United Kingdom in all."
            ),
        )
    )
    assert found.bn("GBP", "CoreWeave", by="investor") == pytest.approx(2.5)
    assert float(found.total("GBP").naive / 10**9) == pytest.approx(5)


def test_rounded_dollars_for_one_sum_of_pounds_are_restatements() -> None:
    found = book(
        *(
            (
                "2025-09-17",
                (
                    f"American companies will invest {words} in the United Kingdom under the Tech Prosperity Deal, the "
                    "government announced on Tuesday, 16 September 2025."
                ),
            )
            for words in ("31 billion pounds", "42 billion dollars", "42.3 billion dollars")
        )
    )
    (pledge,) = found.pledges
    assert (len(pledge.tellings), pledge.conflicts) == (3, ())
    assert found.bn("GBP") == pytest.approx(31, abs=0.1)


def test_what_goes_into_data_centres_is_no_second_pledge() -> None:
    found = book(
        (
            "2025-02-09",
            (
                "Brookfield will invest 20 billion euros in AI in France by 2030, it announced on Sunday, 9 February 2025. "
                "15 billion euros of this will go into data centres."
            ),
        )
    )
    assert found.bn("EUR", "Brookfield", by="investor") == 20


def test_jobs_of_a_country_are_not_added_to_those_of_its_region() -> None:
    found = book(
        (
            "2024-05-22",
            (
                "Amazon Web Services will invest 15.7 billion euros in data centres in Aragón, Spain, by 2033, it announced on "
                "Wednesday, 22 May 2024. The plan will support 17,500 jobs in Spain, 6,800 of them in Aragón, and create 1,000 "
                "direct jobs. That multiplies the first plan by six."
            ),
        )
    )
    (pledge,) = found.pledges
    assert {it.kind.value: int(it.count) for it in pledge.deliverables} == {"jobs_supported": 17500, "jobs": 1000}
    assert found.bn("EUR") == pytest.approx(15.7)


def test_state_aid_is_the_governments_own_and_one_report_of_300_jobs_does_not_outweigh_two_of_3000() -> None:
    first, raised, *_ = INTEL
    found = book(
        first,
        raised,
        (
            "2023-06-20",
            (
                "Intel will invest 30 billion euros in two chip factories in Magdeburg, Germany, and create 300 jobs, it "
                "announced on Monday, 19 June 2023."
            ),
        ),
        (
            "2023-06-21",
            (
                "Intel will invest 30 billion euros in two chip factories in Magdeburg, Germany, and create 3,000 jobs, it "
                "announced on Monday, 19 June 2023. The German government supports the project with 9.9 billion euros."
            ),
        ),
        (
            "2023-06-23",
            (
                "The mayor of Magdeburg is looking for land for flats and schools. On 19 June 2023, Intel announced that it "
                "will invest 30 billion euros in two chip factories in Magdeburg, Germany, and create 3,000 jobs."
            ),
        ),
    )
    assert found.bn("EUR", "Intel", by="investor") == 30
    assert found.bn("EUR", "German government", by="investor") == pytest.approx(9.9)
    (intel,) = [
        line.pledge
        for line in found.lines
        if line.counted and [party.name for party in line.pledge.investors] == ["Intel"]
    ]
    assert [int(it.count) for it in intel.deliverables if it.kind.value == "jobs"] == [3000]


def test_a_sum_of_another_perimeter_and_currency_does_not_merge_with_the_pledges_of_its_year() -> None:
    found = book(
        MALAYSIA,
        (
            "2024-10-10",
            (
                "Malaysia has approved digital investments of 141.7 billion ringgit in the first ten months of 2024, the "
                "Malaysian Investment Development Authority said on 10 October 2024."
            ),
        ),
    )
    (other,) = [it for it in found.pledges if it.amount is not None and it.amount.currency == "MYR"]
    assert len(other.tellings) == 1
    assert not other.relations
    named = ("Amazon", "Microsoft", "Google", "Oracle", "ByteDance", "Nvidia")
    assert sum(found.bn("USD", name, by="investor") for name in named) == pytest.approx(23.3)
