/*
 * incoming - letters of a test, decided upon by a help desk of its own.
 *
 *	struct desk_in s = desk_in();
 *	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe@example.com"),
 *		.subject = "Lid broken", .text = "It broke." });
 *
 * Whatever a letter does not say is filled in: a Message-ID of its own, a
 * text, no files. Every letter differs from every other.
 */
#ifndef TEST_INCOMING_H
#define TEST_INCOMING_H

#include "desk/incoming.h"
#include "desk/loop.h"
#include "desk/notify.h"
#include "desk/seal.h"
#include "desk/trace.h"
#include "fixture.h"
#include "port/mail.h"
#include "store/message.h"
#include "store/message_mail.h"
#include "store/ticket.h"

enum { IN_SHOP = 51 };

#define FROM(ADDRESS)	.from = { .address = (ADDRESS) }, .n_from = 1
/* What our own mail host says, and nobody else may. */
#define PASS(DOMAIN)	.results = (const char *const []) {		\
	"mx.shop.example; dmarc=pass header.from=" DOMAIN }, .n_results = 1
#define FAILS(DOMAIN)	.results = (const char *const []) {		\
	"mx.shop.example; dmarc=fail header.from=" DOMAIN }, .n_results = 1
#define ANSWERS(ID)	.in_reply_to = (const char *const []) { (ID) },	\
	.n_in_reply_to = 1
#define SENT_TO(ADDRESS)						\
	.delivered_to = (const char *const []) { (ADDRESS) }, .n_delivered_to = 1

struct desk_in {
	struct desk d;
	struct incoming in;
	struct actor us, anna;
	struct agent anna_row;
};

/* A new request of the test: what the one before left open is undone. */
struct desk_in desk_in(void);
/* The settings as they are now. */
void desk_in_again(struct desk_in *s);

/* Comes in and is decided. */
struct mail_row arrives(struct desk_in *s, struct mail m);
/* Comes in, not decided: a claimed row. */
struct mail_row waits(struct desk_in *s, struct mail *m);
struct mail_row row_of(struct desk_in *s, int64_t id);

struct ticket ticket_of(struct desk_in *s, const struct mail_row *r);
struct message message_of(struct desk_in *s, const struct mail_row *r);
struct message_mail beside_of(struct desk_in *s, const struct mail_row *r);
const char *status_of(struct desk_in *s, int64_t ticket_id);
void set_status(struct desk_in *s, int64_t ticket_id, const char *code);
/* The agent answers. */
int64_t answers(struct desk_in *s, int64_t ticket_id, const char *words);
/* How many letters of that name are about the ticket (0: about none). */
int64_t letters_about(struct desk_in *s, int64_t ticket_id, const char *name);
/* The Message-ID of the last of them. */
const char *id_of_letter(struct desk_in *s, int64_t ticket_id, const char *name);
const char *reply_address(struct desk_in *s, int64_t ticket_id,
			  enum seal_reader reader, int64_t reader_id);
/* Moves everything of a ticket into the past. */
void ages(struct desk_in *s, int64_t ticket_id, int days);
/* With all that lies in it. */
void forget_folder(const char *path);
/* Is the code in the row's trace? */
bool traced(struct desk_in *s, const struct mail_row *r, const char *code);

#endif
