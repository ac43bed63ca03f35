"""The laptop's addresses: which one the QR should carry, and how to draw a QR."""

import ipaddress
import re
from functools import lru_cache

import ifaddr
import segno

_LAST = re.compile("virtual|vethernet|vmware|docker|wsl|hyper-v|loopback|bluetooth|veth|br-|tun|tap", re.IGNORECASE)


def interfaces() -> list[tuple[str, str]]:
    """(address, adapter) of the machine's IPv4 interfaces, the likeliest for a room first: private addresses of real
    adapters, then virtual ones, then self-assigned; loopback is left out."""
    found = [
        (str(ip.ip), adapter.nice_name)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4 and not ipaddress.ip_address(str(ip.ip)).is_loopback
    ]
    return sorted(found, key=_rank)


def _rank(found: tuple[str, str]) -> tuple[bool, bool, bool, str]:
    address, adapter = ipaddress.ip_address(found[0]), found[1]
    return (address.is_link_local, bool(_LAST.search(adapter)), not address.is_private, found[0])


def addresses() -> list[str]:
    """The addresses alone."""
    return [address for address, _ in interfaces()]


def wifi_text(name: str, key: str) -> str:
    """What a Wi-Fi QR holds; special signs of the name and key are escaped."""
    kind = "WPA" if key else "nopass"
    return f"WIFI:T:{kind};S:{_escaped(name)};P:{_escaped(key)};;"


def _escaped(text: str) -> str:
    return re.sub(r'([\\;,:"])', r"\\\1", text)


@lru_cache(maxsize=64)
def qr(text: str) -> str:
    """A QR code as a data address of an SVG picture, with its quiet zone; an empty picture for more than a QR holds."""
    try:
        drawn = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError:
        return "data:,"
    return str(drawn.svg_data_uri(scale=8, border=3, dark="#2B2A28", light="#FFFFFF"))
