"""The hashes by which spaCy numbers strings and thinc finds the rows of a hash table, without loading either library.

Loading both takes 1.6 s and 100 MB of each process, for two functions of murmurhash, which offers them to compiled
code only: through the table of C functions of its module, each under the types it takes.
"""

import ctypes
from typing import Any

from murmurhash import mrmr

_pointer: Any = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = (ctypes.py_object, ctypes.c_char_p)


def _function(name: str, types: bytes, result: Any, *arguments: Any) -> Any:
    """A C function of murmurhash; raises ValueError where it takes other types than these."""
    return ctypes.PYFUNCTYPE(result, *arguments)(_pointer(mrmr.__pyx_capi__[name], types))


_hash64 = _function(
    "hash64", b"uint64_t (void *, int, uint64_t)", ctypes.c_uint64, ctypes.c_char_p, ctypes.c_int, ctypes.c_uint64
)
_hash128 = _function(
    "hash128_x64",
    b"void (void const *, int, uint32_t, void *)",
    None,
    ctypes.c_char_p,
    ctypes.c_int,
    ctypes.c_uint32,
    ctypes.c_void_p,
)
_FourKeys = ctypes.c_uint32 * 4

#: spaCy numbers its own labels and attributes one by one; these a token, a part or the shape of one can spell
_LABELS = """
acomp advcl advmod agent amod appos attr aux auxpass cc ccomp complm conj cop csubj csubjpass dep det dobj expl hmod
hyph infmod intj iobj mark meta neg nmod nn npadvmod nsubj nsubjpass num number oprd obj obl parataxis partmod pcomp
pobj poss possessive preconj prep prt punct quantmod relcl rcmod root xcomp acl
"""
SYMBOLS = {"X": 101, "_": 456} | {symbol: number for number, symbol in enumerate(_LABELS.split(), 398)}


def string_id(value: str) -> int:
    """The number that spaCy gives a string, 0 for the empty one."""
    if not value:
        return 0
    if value in SYMBOLS:
        return SYMBOLS[value]
    encoded = value.encode()
    return int(_hash64(encoded, len(encoded), 1))


def four_keys(number: int, seed: int) -> tuple[int, ...]:
    """The four numbers whose remainders are the rows that thinc adds up for a key of a hash table."""
    keys = _FourKeys()
    _hash128(number.to_bytes(8, "little"), 8, seed, keys)
    return tuple(keys)
