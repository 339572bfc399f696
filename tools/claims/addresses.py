"""Section 1 of docs/claims.md: addresses and their texts."""

import re

from .keccak import keccak256

BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

_EVM = re.compile("0x[0-9a-fA-F]{40}")
_SOLANA = re.compile(f"[{BASE_58}]{{32,44}}")


def evm_text(address):
    """The text of 20 bytes as EIP-55 writes it."""
    digits = address.hex()
    return "0x" + "".join(
        digit.upper() if nibble >= "8" else digit for digit, nibble in zip(digits, keccak256(digits.encode()).hex()))


def evm(text):
    """The 20 bytes of an address; ValueError where the text is none."""
    if not isinstance(text, str) or not _EVM.fullmatch(text):
        raise ValueError(f"{text!a:.100} is no EVM address")
    address = bytes.fromhex(text[2:])
    if evm_text(address) != text:
        raise ValueError(f"{text} is not written as EIP-55 says, {evm_text(address)}")
    return _not_zero(address)


def solana_text(key):
    """The text of 32 bytes to the base 58."""
    number, digits = int.from_bytes(key, "big"), []
    while number:
        number, digit = divmod(number, 58)
        digits.append(BASE_58[digit])
    return "1" * (len(key) - len(key.lstrip(b"\0"))) + "".join(reversed(digits))


def solana(text):
    """The 32 bytes of a Solana key; ValueError where the text is none."""
    if not isinstance(text, str) or not _SOLANA.fullmatch(text):
        raise ValueError(f"{text!a:.100} is no Solana key")
    number = 0
    for character in text:
        number = number * 58 + BASE_58.index(character)
    key = number.to_bytes(33, "big")[1:] if number < 1 << 256 else b""
    if solana_text(key) != text:
        raise ValueError(f"{text} is no Solana key of 32 bytes")
    return _not_zero(key)


def _not_zero(address):
    if not any(address):
        raise ValueError("an address of zeros alone")
    return address
