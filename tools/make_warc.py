"""Writes a made-up crawl as WARC files, and the truth about the pledges in it.

    python tools/make_warc.py --pages 4000 --files 2 --seed 1 DIR

The same arguments give the same bytes. Towns, people, papers and figures are made up. A page weighs some 120 kB, most
of it scripts and styles; one in two hundred tells a pledge, in its text or only in its JSON-LD, some in an old charset
or in entities. Two in a hundred only advertise such an article, one in a hundred speaks of other money for AI, and
menus, scripts and tickers are full of the words that a simple test would look for. `--bad N` damages N records a file.

truth.jsonl has a line for every page that tells, advertises or only resembles a pledge.
"""

# ruff: noqa: E501 - tables of sentences are easier to compare when each is a line
import argparse
import gzip
import html
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

CODECS = {"gz": ".warc.gz", "zst": ".warc.zst", "none": ".warc"}
OLD = {
    "en": "windows-1252", "de": "iso-8859-1", "fr": "windows-1252", "es": "iso-8859-1", "nl": "iso-8859-1",
    "pl": "iso-8859-2", "ru": "windows-1251", "ja": "shift_jis",
}  # fmt: skip
WEIGHTS = {"en": 30, "de": 14, "fr": 12, "es": 14, "nl": 8, "pl": 8, "ru": 8, "ja": 6}
INVESTORS = ("Microsoft", "Amazon", "Google", "Oracle", "Brookfield", "SoftBank")
TELLS = {
    "en": ("{i} will invest ${n} billion in data centres in {t}", "The company said on Tuesday that the money is to be spent by {y}. It creates {j} jobs and brings {g} GPUs."),
    "de": ("{i} investiert {n} Milliarden Euro in Rechenzentren in {t}", "Das teilte der Konzern am Dienstag mit. Bis {y} sollen {j} Arbeitsplätze entstehen, dazu {g} Grafikprozessoren."),
    "fr": ("{i} investira {n} milliards d'euros dans des centres de données à {t}", "Le groupe l'a annoncé mardi. D'ici {y}, {j} emplois seront créés et {g} GPU installés."),
    "es": ("{i} invertirá {n} mil millones de euros en centros de datos en {t}", "La compañía lo anunció el martes. Hasta {y} se crearán {j} empleos y se instalarán {g} GPU."),
    "nl": ("{i} investeert {n} miljard euro in datacenters in {t}", "Dat maakte het bedrijf dinsdag bekend. Tot {y} komen er {j} banen en {g} GPU's bij."),
    "pl": ("{i} zainwestuje {n} mld euro w centra danych w {t}", "Firma ogłosiła to we wtorek. Do {y} roku powstanie {j} miejsc pracy i {g} procesorów graficznych."),
    "ru": ("{i} инвестирует {n} млрд евро в дата-центры в городе {t}", "Об этом компания сообщила во вторник. К {y} году появится {j} рабочих мест и {g} графических процессоров."),
    "ja": ("{i}は{t}のデータセンターに{n}兆円を投資する", "同社が火曜日に発表した。{y}年までに{j}人の雇用を生み、GPUを{g}基導入する。"),
}  # fmt: skip
PLAIN = {
    "en": ("The festival in {t} drew {a} visitors.", "{p} has run the bakery for {b} years.", "Rain is expected near {t} by the weekend.", "The match ended {b} to 1.", "The bank earned ${b}.{c} billion in the quarter.", "A court fined the chain €{b} million over its adverts."),
    "de": ("Zum Fest in {t} kamen {a} Besucher.", "{p} führt die Bäckerei seit {b} Jahren.", "Am Wochenende wird in {t} Regen erwartet.", "Das Spiel endete {b} zu 1.", "Die Bank verdiente im Quartal {b},{c} Milliarden Euro."),
    "fr": ("La fête de {t} a attiré {a} visiteurs.", "{p} tient la boulangerie depuis {b} ans.", "De la pluie est attendue à {t} ce week-end.", "La banque a gagné {b},{c} milliards d'euros au trimestre."),
    "es": ("La fiesta de {t} atrajo a {a} visitantes.", "{p} lleva la panadería desde hace {b} años.", "Se espera lluvia en {t} el fin de semana.", "El banco ganó {b}.{c}00 millones de euros en el trimestre."),
    "nl": ("Het feest in {t} trok {a} bezoekers.", "{p} heeft al {b} jaar de bakkerij.", "Dit weekend wordt in {t} regen verwacht.", "De bank verdiende {b},{c} miljard euro in het kwartaal."),
    "pl": ("Festyn w {t} przyciągnął {a} gości.", "{p} prowadzi piekarnię od {b} lat.", "W weekend w {t} spodziewany jest deszcz.", "Bank zarobił {b},{c} mld złotych w kwartale."),
    "ru": ("Праздник в городе {t} собрал {a} гостей.", "{p} держит пекарню {b} лет.", "В выходные в городе {t} ждут дождя.", "Банк заработал {b},{c} млрд рублей за квартал."),
    "ja": ("{t}の祭りには{a}人が訪れた。", "{p}さんは{b}年間パン屋を営む。", "週末の{t}は雨の見込みだ。", "銀行の四半期利益は{b}億円だった。"),
}  # fmt: skip
DECOYS = {
    "en": "The market for artificial intelligence could be worth ${b} billion by {y}, a survey says.",
    "de": "Der Markt für künstliche Intelligenz könnte {y} {b} Milliarden Dollar wert sein, so eine Umfrage.",
    "fr": "Le marché de l'intelligence artificielle pourrait valoir {b} milliards de dollars en {y}.",
    "es": "El mercado de la inteligencia artificial podría valer {b} mil millones de dólares en {y}.",
}
WORDS = [
    "queue",
    "layer",
    "cache",
    "metric",
    "widget",
    "render",
    "token",
    "slot",
    "frame",
    "bundle",
    "locale",
    "panel",
    "probe",
    "route",
    "theme",
    "vendor",
]
NOISE = ["cloud", "AI", "million", "billion", "invest", "investor", "datacenter", "fund", "GPU"]
SYLLABLES = ["ba", "ken", "lo", "mar", "tis", "ved", "or", "un", "sal", "hel", "ran", "dor", "fi", "ze"]


class Paper:
    """One made-up paper: its language, how it writes its pages, and what is the same on all of them."""

    def __init__(self, dice: random.Random, number: int, size: int) -> None:
        """Takes its number, and how many bytes its pages have on average."""
        self.language = dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        self.host = f"www.{name(dice).lower()}{number}.example"
        self.charset = OLD[self.language] if dice.random() < 0.06 else "utf-8"
        self.has_entities = dice.random() < 0.05
        self.in_script = dice.random() < 0.04
        self.ticker = dice.random() < 0.3
        self.style = code(dice, int(size * 0.28), is_style=True)
        self.scripts = [code(dice, int(size * 0.26)) for _ in range(2)]
        links = "".join(
            f'<li class="m{n}"><a href="/{dice.choice(WORDS)}/{n}">AI &amp; Cloud {name(dice)}</a></li>'
            for n in range(90)
        )
        self.menu = f"<nav><ul>{links}</ul></nav>"

    def page(self, dice: random.Random, title: str, paragraphs: list[str], teasers: list[str]) -> bytes:
        """The bytes of one page."""
        record = {"@type": "NewsArticle", "headline": title, "datePublished": "2024-11-19T08:00:00Z"}
        body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        if self.in_script:
            record["articleBody"], body = "\n".join(paragraphs), '<div id="root"></div>'
        cards = "".join(f'<li class="card"><a href="#"><h3>{html.escape(text)}</h3></a></li>' for text in teasers)
        prices = " ".join(f"{name(dice)} {dice.randint(2, 900)}.{dice.randint(0, 9)} billion AI" for _ in range(4))
        ticker = f'<div class="ticker">{prices}</div>' if self.ticker else ""
        page = (
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="{self.charset}">'
            f"<title>{html.escape(title)}</title><style>{self.style}</style><script>{self.scripts[0]}</script>"
            f'<script type="application/ld+json">{json.dumps(record)}</script></head><body>{ticker}{self.menu}'
            f"<main><article><h1>{html.escape(title)}</h1>{body}</article></main>"
            f"<aside><h2>More</h2><ul>{cards}</ul></aside><script>{self.scripts[1]}</script></body></html>"
        )
        if self.has_entities:
            page = page.encode("ascii", "xmlcharrefreplace").decode()
        return page.encode(self.charset, "xmlcharrefreplace")


def name(dice: random.Random) -> str:
    """A made-up name."""
    return "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 3))).capitalize()


def code(dice: random.Random, size: int, *, is_style: bool = False) -> str:
    """So many bytes of what looks like a script or a style, with the words in it that would fool a simple test."""
    pieces, length = [], 0
    while length < size:
        word, other = dice.choice(NOISE if dice.random() < 0.02 else WORDS), dice.choice(WORDS)
        if is_style:
            piece = f".{word}-{other}{{margin:{dice.randint(0, 40)}px;color:#{dice.getrandbits(24):06x}}}\n"
        elif dice.random() < 0.3:
            piece = f'"{word}{other}":{{"id":"{dice.getrandbits(40):010x}","slots":[{dice.randint(1, 999)}]}},\n'
        else:
            piece = f"function {word}(e){{return e.{other}?e.{other}({dice.randint(0, 4096)}):null}}\n"
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)


def sentence(dice: random.Random, pattern: str, **known: object) -> str:
    """A sentence from its pattern."""
    values = {
        "t": name(dice), "p": name(dice), "a": dice.randint(200, 9000), "b": dice.randint(2, 90),
        "c": dice.randint(1, 9), "y": dice.randint(2026, 2032),
    }  # fmt: skip
    return pattern.format(**(values | known))


def prose(dice: random.Random, language: str, paragraphs: int) -> list[str]:
    """Paragraphs about nothing much."""
    return [
        " ".join(sentence(dice, dice.choice(PLAIN[language])) for _ in range(dice.randint(2, 5)))
        for _ in range(paragraphs)
    ]


def telling(dice: random.Random, language: str) -> tuple[str, list[str]]:
    """Title and paragraphs of an article that tells a pledge."""
    head, more = TELLS[language]
    known = {
        "i": dice.choice(INVESTORS), "n": dice.randint(2, 40), "t": name(dice), "y": dice.randint(2026, 2032),
        "j": dice.randint(2, 90) * 50, "g": dice.randint(2, 60) * 500,
    }  # fmt: skip
    title = head.format(**known)
    stop = "。" if language == "ja" else ". "
    return title, [title + stop + more.format(**known), *prose(dice, language, dice.randint(4, 9))]


def record(kind: str, uri: str, ident: int, block: bytes) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-11-19T03:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{ident:032x}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packer(codec: str) -> Callable[[bytes], bytes]:
    """What packs a record."""
    if codec == "gz":
        return lambda data: gzip.compress(data, 6, mtime=0)
    if codec == "zst":
        import pyarrow as pa  # noqa: PLC0415 - only where it is asked for

        return lambda data: pa.compress(data, "zstd", asbytes=True)
    return lambda data: data


def make(
    folder: Path, *, pages: int, files: int = 1, seed: int = 1, codec: str = "gz", size: int = 120_000,
    rate: float = 0.005, teasers: float = 0.02, decoys: float = 0.01, bad: int = 0,
) -> list[dict[str, object]]:  # fmt: skip
    """The truth about a crawl that is now in `folder`: a row for each page that has to do with pledges."""
    folder.mkdir(parents=True, exist_ok=True)
    dice, pack = random.Random(seed), packer(codec)  # noqa: S311 - the same crawl each time
    papers = [Paper(dice, number, size) for number in range(max(8, min(300, pages // 40)))]
    tellers = set(dice.sample(range(pages), max(1, round(pages * rate))))
    truth: list[dict[str, object]] = []
    for number in range(files):
        numbers = range(number * pages // files, (number + 1) * pages // files)
        broken = set(dice.sample(numbers, min(bad, len(numbers)))) - tellers
        with (folder / f"MADE-UP-{number:05d}{CODECS[codec]}").open("wb") as out:
            for packed, entry in _records(dice, papers, numbers, tellers, pack, teasers, decoys, broken):
                out.write(packed)
                if entry is not None:
                    truth.append(entry | {"file": number})
    text = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in truth)
    (folder / "truth.jsonl").write_text(text, encoding="utf-8")
    return truth


def _records(
    dice: random.Random, papers: list[Paper], numbers: range, tellers: set[int], pack: Callable[[bytes], bytes],
    teasers: float, decoys: float, broken: set[int],
) -> Iterator[tuple[bytes, dict[str, object] | None]]:  # fmt: skip
    for n in numbers:
        paper = dice.choice(papers)
        uri = f"https://{paper.host}/{dice.choice(WORDS)}/{n}.html"
        title, paragraphs = sentence(dice, PLAIN[paper.language][0]), prose(dice, paper.language, dice.randint(4, 16))
        cards = [sentence(dice, dice.choice(PLAIN[paper.language])) for _ in range(24)]
        role, kind = "", dice.random()
        if n in tellers:
            role, (title, paragraphs) = "telling", telling(dice, paper.language)
        elif paper.language in DECOYS and kind < decoys:
            role = "decoy"
            paragraphs.insert(1, sentence(dice, DECOYS[paper.language]))
        elif kind < decoys + teasers:
            role = "teaser"
            cards[dice.randrange(len(cards))] = telling(dice, paper.language)[0]
        status, media = ("404 Not Found", "text/html") if not role and kind > 0.98 else ("200 OK", "text/html")
        body = paper.page(dice, title, paragraphs, cards) if status == "200 OK" else b"<html>gone</html>"
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {media}; charset={paper.charset}\r\n\r\n".encode() + body
        asked = f"GET /{n}.html HTTP/1.1\r\nHost: {paper.host}\r\n\r\n".encode()
        yield pack(record("request", uri, 2 * n, asked)), None
        packed = pack(record("response", uri, 2 * n + 1, answer))
        if n in broken:
            # What a broken transfer leaves: half of it, then rubbish.
            yield packed[: len(packed) // 2] + dice.randbytes(200), {"uri": uri, "role": "damaged"}
            continue
        text_in = "json-ld" if paper.in_script else "html"
        yield packed, {"uri": uri, "role": role, "language": paper.language, "text_in": text_in} if role else None


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pages", type=int, default=4000)
    options.add_argument("--files", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--codec", choices=CODECS, default="gz")
    options.add_argument("--bad", type=int, default=0)
    given = options.parse_args()
    truth = make(given.folder, pages=given.pages, files=given.files, seed=given.seed, codec=given.codec, bad=given.bad)
    print(f"{given.pages} pages, {sum(row['role'] == 'telling' for row in truth)} tellings -> {given.folder}")


if __name__ == "__main__":
    main()
