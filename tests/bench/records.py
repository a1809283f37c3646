"""records - reads what a program recorded; include/web/record.h tells the form."""
import dataclasses
import struct


@dataclasses.dataclass
class Statement:
    link: str
    rows: int
    id: int
    sql: str
    values: list


@dataclasses.dataclass
class Visit:
    method: str
    path: str
    status: int
    type: str
    head: int
    body: int
    counted: int
    files: list
    statements: list


class Reader:
    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def number(self, form):
        value, = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return value

    def bytes(self):
        n = self.number("I")
        self.at += n
        return self.raw[self.at - n:self.at]

    def text(self):
        return self.bytes().decode()

    def list(self, one):
        return [one() for _ in range(self.number("I"))]

    def value(self):
        kind = self.number("c").decode()
        if kind == "n":
            return None
        if kind == "i":
            return self.number("q")
        return self.text() if kind == "t" else self.bytes()

    def statement(self):
        return Statement(self.number("c").decode(), self.number("q"), self.number("q"),
                         self.text(), self.list(self.value))

    def visit(self):
        self.number("I")
        return Visit(self.text(), self.text(), self.number("I"), self.text(),
                     self.number("I"), self.number("Q"), self.number("I"),
                     self.list(lambda: self.number("Q")), self.list(self.statement))


def read(raw):
    reader, visits = Reader(raw), []
    while reader.at < len(raw):
        visits.append(reader.visit())
    return visits
