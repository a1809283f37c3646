"""Seals a password as the help desk does: seal.py KEYFILE PASSWORD prints it
as hex. The key is made when there is none."""
import ctypes
import os
import sys

sodium = ctypes.CDLL("libsodium.so.23")
path, password = sys.argv[1], sys.argv[2].encode()
if not os.path.exists(path):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as f:
        f.write(os.urandom(32))
with open(path, "rb") as f:
    key = f.read()
nonce = os.urandom(24)
box = ctypes.create_string_buffer(len(password) + 16)
sodium.crypto_secretbox_easy(box, password, ctypes.c_ulonglong(len(password)),
                             nonce, key)
print((nonce + box.raw).hex())
