"""The invariant checker: invariants.sql, a walk through the files, and what
was acknowledged to those who sent it.

check(house, acknowledged, tried) returns sentences about what is broken, none
when all is well. A driver writes a mark like #web-000123# into each message;
`acknowledged` maps the marks of messages that were confirmed to the number of
their files, `tried` are all marks ever sent; without both, nothing was said.
"""
import hashlib
import os
import re
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MOST = 5			# of one kind that are told
HOUR = 3600
FILES = """SELECT HEX(sha256), size FROM as_attachment UNION
SELECT HEX(sha256), size FROM as_upload UNION SELECT HEX(sha256), size FROM as_mail UNION
SELECT HEX(thumb), NULL FROM as_attachment WHERE thumb IS NOT NULL UNION
SELECT HEX(thumb), NULL FROM as_upload WHERE thumb IS NOT NULL"""


def tables(house, before=""):
    with open(HERE + "/invariants.sql", encoding="utf-8") as f:
        lines = house.sql(before + f.read()).splitlines()
    return ["%s: %s" % tuple(line.split("\t")) for line in lines]


def stored(folder):
    """Path by hash, and what else lies there."""
    found, other = {}, []
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            if re.fullmatch("[0-9a-f]{64}", name) and path.endswith("/%s/%s/%s" % (name[:2], name[2:4], name)):
                found[name] = path
            elif name != ".htaccess":
                other.append(path)
    return found, other


def age(path):
    try:
        return time.time() - os.path.getmtime(path)
    except FileNotFoundError:
        return 0


def hashed(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def files(house):
    found, other = stored(house.room + "/attachments")
    broken = []
    for line in house.sql(FILES).splitlines():
        name, size = line.lower().split("\t")
        if name not in found:
            broken.append("row without its file: " + name)
        elif size != "null" and os.path.getsize(found[name]) != int(size):
            broken.append("file of another length: " + name)
        elif hashed(found[name]) != name:
            broken.append("file with other bytes: " + name)
    known = set(house.sql("SELECT LOWER(HEX(sha256)) FROM as_blob").split())
    broken += ["file without a row: " + name for name, path in found.items()
               if name not in known and age(path) > HOUR]
    broken += ["forgotten file: " + path for path in other if age(path) > 24 * HOUR]
    return broken


def unread(house):
    """Marks of letters that nobody could read: they are in the bytes alone."""
    found = {}
    for name in house.sql("SELECT LOWER(HEX(sha256)) FROM as_mail WHERE state = 'bad'").split():
        with open("%s/attachments/%s/%s/%s" % (house.room, name[:2], name[2:4], name), "rb") as f:
            for mark in re.findall(rb"#[a-z]+-[0-9]+#", f.read()):
                found[mark.decode()] = "bad"
    return found


def acknowledgements(house, acknowledged, tried):
    there = {}
    for line in house.sql("SELECT REGEXP_SUBSTR(body, '#[a-z]+-[0-9]+#'), files FROM as_message"
                          " WHERE body RLIKE '#[a-z]+-[0-9]+#'").splitlines():
        mark, number = line.split("\t")
        there.setdefault(mark, []).append(int(number))
    waiting = dict(line.split("\t") for line in house.sql(
        "SELECT REGEXP_SUBSTR(subject, '#[a-z]+-[0-9]+#'), CONCAT(state, ', ', COALESCE(reason, last_error, ''))"
        " FROM as_mail WHERE message_id IS NULL AND subject RLIKE '#[a-z]+-[0-9]+#'").splitlines())
    waiting |= unread(house)
    broken = ["acknowledged and %s: %s" % ("no message (%s)" % waiting[mark] if mark in waiting else "lost", mark)
              for mark in acknowledged if mark not in there]
    broken += ["there twice: " + mark for mark, some in there.items() if len(some) > 1]
    broken += ["acknowledged with its files, and they are not there: " + mark
               for mark, number in acknowledged.items() if there.get(mark, [number])[0] != number]
    broken += ["nobody sent it: " + mark for mark in there if mark not in tried]
    return broken


def short(broken):
    """At most MOST of each kind."""
    kinds = {}
    for sentence in broken:
        kinds.setdefault(sentence.partition(":")[0], []).append(sentence)
    told = []
    for kind, some in kinds.items():
        told += some[:MOST]
        if len(some) > MOST:
            told.append("%s: %d more" % (kind, len(some) - MOST))
    return told


def check(house, acknowledged=None, tried=()):
    broken = tables(house) + files(house)
    if acknowledged or tried:
        broken += acknowledgements(house, acknowledged or {}, set(tried) | set(acknowledged or {}))
    return short(broken)
