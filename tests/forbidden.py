"""Addresses that fetching must never reach, in all the spellings that get past a careless check."""

FORBIDDEN = (
    # this machine
    "http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.8.9.10/", "http://localhost/", "http://LOCALHOST./",
    "http://0.0.0.0/", "http://0/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://127.0.0.01/",
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
    # private and shared networks
    "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/", "http://192.168.1.1/",
    "http://3232235777/", "http://0xc0a80101/", "http://0300.0250.1.1/", "http://100.64.0.1/", "http://[fd00::1]/",
    "http://[fc00::1]/", "http://[fec0::1]/", "http://[::ffff:192.168.1.1]/", "http://[::ffff:a00:1]/",
    # link-local and what clouds keep for themselves
    "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://169.254.1.1/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.169.254]/",
    "http://100.100.100.200/", "http://168.63.129.16/", "http://192.0.0.192/",
    # an IPv4 address in an IPv6 one: NAT64, 6to4, Teredo
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:7f00:1::1]/",
    # nobody's, everybody's, tests'
    "http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/", "http://198.18.0.1/", "http://192.0.2.1/",
    "http://203.0.113.7/", "http://[ff02::1]/", "http://[2001:db8::1]/",
    # no http, strange ports, names in the URL, signs that two readers of URLs read differently
    "ftp://news.example/", "file:///etc/passwd", "gopher://news.example/", "http://news.example:22/",
    "https://news.example:6379/", "http://user:secret@news.example/", "http://news.example@127.0.0.1/",
    "http://127.0.0.1\\@news.example/", "http://news.example\t/", "http:///etc/passwd", "http://-x.example/",
    "http://news.example%2f@127.0.0.1/",
)  # fmt: skip

# Names whose addresses are not public: a resolver would say so, and connecting checks what it says.
NAMES = {
    "inside.example": ["10.1.2.3"],
    "meta.example": ["169.254.169.254"],
    "six.example": ["::1", "fe80::1%lo"],
    "mapped.example": ["::ffff:10.0.0.1"],
    "nat.example": ["64:ff9b::7f00:1"],
    "shared.example": ["100.64.1.1"],
    "zero.example": ["0.0.0.0"],  # noqa: S104 - to be refused
}
