"""Headers of every response."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not no-referrer: browsers would then send "Origin: null" with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
    (b"cache-control", b"no-cache, private"),
)
_FRAMES = b"frame-ancestors *"
Headers = list[tuple[bytes, bytes]]


def with_safe_headers(headers: Headers, *, is_secure: bool) -> Headers:
    """The headers and those that every response has; what a response says itself stays.

    A policy of its own that lets others frame it takes the older header's word away, too.
    """
    said = {name.lower(): value for name, value in headers}
    framed = _FRAMES in said.get(b"content-security-policy", b"")
    left_out = {b"x-frame-options", b"cross-origin-resource-policy"} if framed else set()
    more = [pair for pair in _ALWAYS if pair[0] not in said and pair[0] not in left_out]
    if is_secure and b"strict-transport-security" not in said:
        more.append((b"strict-transport-security", b"max-age=31536000"))
    return [*headers, *more]
