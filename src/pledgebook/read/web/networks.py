"""Which addresses are out on the public internet, and which are opened beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from pledgebook.domain import SettingError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Our own list beside `is_global`, which changes between releases of Python: the registries of special-purpose
# addresses, and what clouds answer on that the registries call public.
_CLOSED_V4 = tuple(
    IPv4Network(words)
    for words in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's host, which hands out settings of the machine
    )
)  # fmt: skip
_PUBLIC_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(words)
    for words in (
        "2001::/23",  # Teredo, ORCHID, benchmarks: tunnels and tests
        "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip


def is_public(address: Address) -> bool:
    """Whether `address` is one that everybody on the internet may reach.

    An IPv6 address that wraps an IPv4 one (mapped, NAT64, 6to4, Teredo) is not: whoever runs the network decides
    where it leads.

    >>> is_public(ip_address("93.184.215.14")), is_public(ip_address("::ffff:93.184.215.14"))
    (True, False)
    """
    if isinstance(address, IPv6Address):
        inside = address in _PUBLIC_V6 and not any(address in network for network in _CLOSED_V6)
        return inside and address.is_global and address.scope_id is None
    return address.is_global and not any(address in network for network in _CLOSED_V4)


@dataclass(frozen=True, slots=True)
class Networks:
    """What fetching may reach: the public internet, and the networks `opened` by whoever runs the program."""

    opened: tuple[Network, ...] = ()

    def allow(self, address: Address) -> bool:
        """Whether fetching may connect to `address`."""
        return is_public(address) or self.opens(address)

    def opens(self, address: Address) -> bool:
        """Whether `address` lies in a network that was opened by name."""
        return any(address in network for network in self.opened)


def read_networks(words: str | Iterable[str]) -> Networks:
    """The networks that words like "127.0.0.0/8, fd00::/8" open; none for no words.

    Raises SettingError for what is no network.

    >>> read_networks("127.0.0.1").allow(ip_address("127.0.0.1"))
    True
    """
    names = words.split(",") if isinstance(words, str) else words
    opened = []
    for name in filter(None, map(str.strip, names)):
        try:
            opened.append(ip_network(name))
        except ValueError as error:
            raise SettingError("allow_networks", f"{name!r} ({error})", "Write networks as 127.0.0.0/8.") from error
    return Networks(tuple(opened))


def literal(host: str) -> Address | None:
    """The address that `host` is, where it is one and no name.

    >>> literal("[::1]"), literal("news.example")
    (IPv6Address('::1'), None)
    """
    try:
        return ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
