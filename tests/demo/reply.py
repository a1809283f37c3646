"""reply - what comes back to a mail: an answer, an out-of-office note, a bounce.

Each function takes a Mail of sink.py and gives (sender, recipient, letter) as
a mail program or host would make it; deliver() hands that to the help desk.
"""
import datetime
import email.message
import email.mime.multipart
import email.policy
import email.utils
import re
import subprocess

POLICY = email.policy.SMTP.clone(max_line_length=76)


def whole(mail, name):
    """A header on one line."""
    return re.sub(r"\s+", " ", mail.header(name)).strip()


def me(mail):
    return mail.to[0]


def answer_to(mail):
    """Where an answer to this mail goes: a name and an address."""
    return email.utils.parseaddr(whole(mail, "Reply-To") or whole(mail, "From"))


def quoted(mail):
    plain = mail.body("plain") or ""
    head = "On %s, %s wrote:" % (whole(mail, "Date"), whole(mail, "From"))
    return head + "\n" + "".join(("> " + l).rstrip() + "\n" for l in plain.splitlines())


def start(sender, to, subject, mail):
    letter = email.message.EmailMessage(policy=POLICY)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = email.utils.localtime()
    letter["Message-ID"] = email.utils.make_msgid(domain="mail.example")
    if mail is not None and whole(mail, "Message-ID"):
        letter["In-Reply-To"] = whole(mail, "Message-ID")
        letter["References"] = " ".join(
            (whole(mail, "References") + " " + whole(mail, "Message-ID")).split())
    return letter


def re_subject(mail, subject=""):
    old = whole(mail, "Subject")
    return subject or (old if old.lower().startswith("re:") else "Re: " + old)


def by_person(mail, text, sender="", subject=""):
    """What a mail program sends when somebody presses Reply."""
    to = answer_to(mail)
    sender = sender or me(mail)
    letter = start(sender, email.utils.formataddr(to), re_subject(mail, subject), mail)
    letter.set_content(text.replace("\r\n", "\n").rstrip() + "\n\n" + quoted(mail))
    return email.utils.parseaddr(sender)[1], to[1], letter


def by_machine(mail):
    """Out of office (RFC 3834)."""
    to = answer_to(mail)
    letter = start(me(mail), email.utils.formataddr(to),
                   "Out of office: " + whole(mail, "Subject"), mail)
    letter["Auto-Submitted"] = "auto-replied (vacation)"
    back = datetime.date.today() + datetime.timedelta(days=10)
    letter.set_content("I am out of the office until %s and read no mail.\n" % back)
    return "", mail.sender or to[1], letter


def part(kind, payload):
    it = email.message.Message(policy=POLICY)
    it["Content-Type"] = kind
    it.set_payload(payload)
    return it


def block(*fields):
    it = email.message.Message(policy=POLICY)
    for name, value in fields:
        it[name] = value
    return it


def by_host(mail):
    """The address does not exist (RFC 3464): to the return path alone."""
    letter = email.mime.multipart.MIMEMultipart(
        "report", report_type="delivery-status", policy=POLICY)
    letter["From"] = "Mail Delivery System <MAILER-DAEMON@mail.example>"
    letter["To"] = mail.sender
    letter["Subject"] = "Undelivered Mail Returned to Sender"
    letter["Date"] = email.utils.localtime()
    letter["Message-ID"] = email.utils.make_msgid(domain="mail.example")
    letter["Auto-Submitted"] = "auto-replied"
    letter.attach(part("text/plain", "%s: no such mailbox here\r\n" % me(mail)))
    letter.attach(part("message/delivery-status", [
        block(("Reporting-MTA", "dns; mail.example")),
        block(("Final-Recipient", "rfc822; " + me(mail)), ("Action", "failed"),
              ("Status", "5.1.1"),
              ("Diagnostic-Code", "smtp; 550 5.1.1 no such mailbox here"))]))
    letter.attach(part("text/rfc822-headers",
        mail.raw.partition(b"\r\n\r\n")[0].decode("utf-8", "replace") + "\r\n"))
    return "", mail.sender, letter


def deliver(command, sender, recipient, letter):
    """Its bytes; true: the help desk has it."""
    done = subprocess.run(command + ["--from", sender or "<>", "--to", recipient],
                          input=letter, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.returncode == 0 and not done.stdout
