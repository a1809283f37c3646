/*
 * ctl - the command line `aftersale`: what an administrator does by hand.
 *
 * Each command is a function in a file of its own in src/ctl, with its line
 * in the table of main.c. It says on standard output what it did, on standard
 * error what went wrong, in words that tell what to do, and answers with one
 * of three exit codes.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include "base/err.h"

struct arena;
struct conf;
struct db;

enum ctl_exit {
	CTL_DONE = 0,
	CTL_WRONG = 1,		/* it did not work, or a check found something */
	CTL_USAGE = 2,		/* called wrongly, or configured wrongly */
};

struct ctl {
	struct arena *arena;	/* of this call */
	const char *program;	/* argv[0]: finds aftersale.path */
	const char *given;	/* --config FILE, or NULL */
	struct conf *conf;	/* NULL before ctl_conf() */
};

/* One for each word; argv[0] is the command's own name. */
enum ctl_exit ctl_admin(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_config(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_doctor(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_mail(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_migrate(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_recount(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_search(struct ctl *c, int argc, char **argv);
enum ctl_exit ctl_shop(struct ctl *c, int argc, char **argv);

/* Read the configuration file. */
struct err *ctl_conf(struct ctl *c) MUST_CHECK;

/* Our own database under the account of [db.ctl], entered. It is closed when
 * the call ends. */
struct err *ctl_db(struct ctl *c, struct db **out) MUST_CHECK;

/* The same, with a schema that this program can work with. */
struct err *ctl_desk(struct ctl *c, struct db **out) MUST_CHECK;

/* The text of a file of at most a mebibyte. */
struct err *ctl_read(struct ctl *c, const char *path, const char **out) MUST_CHECK;

/* What is wrong, and what to do about it. */
typedef void ctl_tell(void *whom, const char *what, const char *todo);

/* Can the nine views of this shop be read? One call for each that cannot. */
struct err *ctl_shop_examine(struct ctl *c, struct db *ours, const char *id,
			     ctl_tell *tell, void *whom) MUST_CHECK;

/* "aftersale: what went wrong", and the exit code for its kind. */
enum ctl_exit ctl_sorry(const struct err *e);

#endif
