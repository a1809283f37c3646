/*
 * reader - reads letters that strangers sent, locked up.
 *
 * It speaks as include/locked/serve.h says. The answer is a struct mail as
 * src/port/mail_wire.h packs it; the decoded files go to the third descriptor,
 * one behind the other. What parses hostile bytes here (GMime, libxml2, iconv)
 * has had its holes and will have more. Whoever takes over a child can compute
 * for five seconds and lie in one answer about one letter; port/reader.c
 * believes it accordingly.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"
#include "locked/serve.h"
#include "port/mail.h"
#include "port/mail_wire.h"

static struct arena *arena;

/* Whatever libraries open or make at first use, they do with this one. */
static const char first_letter[] =
	"From: =?koi8-r?B?4c7O?= <ann@shop.example>\n"
	"To: help@shop.example\n"
	"Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\n"
	"Date: Thu, 05 Mar 2026 09:05:00 +0100\n"
	"Content-Type: multipart/mixed; boundary=b\n"
	"\n"
	"--b\n"
	"Content-Type: text/html; charset=windows-1251\n"
	"\n"
	"<p style=\"color: red\">Good <b>day</b> \344\345\n"
	"--b\n"
	"Content-Type: image/png; name*=utf-8''a.png\n"
	"Content-Transfer-Encoding: base64\n"
	"\n"
	"iVBORw0KGgo=\n"
	"--b--\n";

static bool ready(void)
{
	int letter = memfd_create("letter", MFD_CLOEXEC);
	int files = memfd_create("files", MFD_CLOEXEC);
	struct mail m;
	bool well;

	mail_ready();
	arena = arena_new("letter");
	well = letter >= 0 && files >= 0
		&& write_all(letter, first_letter, sizeof(first_letter) - 1)
		&& !mail_read(arena, letter, files, &m) && !m.unreadable;
	arena_reset(arena);
	close(letter);
	close(files);
	return well;
}

/* What it takes of a letter it takes by itself. */
static bool reach(void)
{
	return true;
}

static bool look(void)
{
	struct bytes answer;
	struct mail m;

	if (mail_read(arena, FILE_FD, PRODUCT_FD, &m))
		return false;
	answer = mail_pack(arena, &m);
	return write_all(ANSWER_FD, answer.at, answer.n);
}

int main(void)
{
	static const struct served reader = {
		.limits = {
			.seconds = 5, .memory = 256 << 20,
			.addresses = 640 << 20, .file = 32 << 20,
		},
		.ready = ready, .reach = reach, .look = look,
	};

	return serve(&reader);
}
