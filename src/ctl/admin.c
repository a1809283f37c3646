#include <getopt.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "ctl/ctl.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/staff.h"
#include "port/conf.h"
#include "port/secret.h"

static const char help[] =
"usage: aftersale admin add --email EMAIL --name NAME [--role ROLE]\n"
"                           (--password-file FILE | --invite)\n"
"       aftersale admin password --email EMAIL --password-file FILE\n"
"       aftersale admin list\n"
"\n"
"The people who answer. Afterwards they care for each other in the settings;\n"
"the first one is made here.\n"
"\n"
"  --role ROLE           administrator (default for the first) or agent\n"
"  --password-file FILE  the password is the first line of FILE\n"
"  --invite              mail a link with which to choose a password\n"
"\n"
"password sets a new password and ends all sessions of that person.\n";

enum { NAME_MOST = 120, SHOP = 1 };

/* Who sits at the machine may do everything. */
static const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SHOP };

struct job {
	struct ctl *ctl;
	struct desk desk;
	const char *email, *name, *role, *password_file;
	bool invite;
};

#define WRONG(j, ...)	FAIL((j)->ctl->arena, ERR_BAD_REQUEST, __VA_ARGS__)

static struct err *open_desk(struct job *j)
{
	struct catalog *c;

	j->desk.arena = j->ctl->arena;
	TRY(ctl_desk(j->ctl, &j->desk.db));
	TRY(catalog_load(j->ctl->arena, j->desk.db, SHOP, &c));
	j->desk.catalog = c;
	secret_password_work((int) conf_number(j->ctl->conf, "security",
					       "password_mib"));
	return NULL;
}

/* --- what was told -------------------------------------------------------- */

static struct err *check_email(struct job *j)
{
	if (!j->email)
		return WRONG(j, "--email is missing");
	j->email = address_lower(j->ctl->arena, j->email);
	if (!utf8_valid(j->email, strlen(j->email)) || !address_valid(j->email))
		return WRONG(j, "--email is no e-mail address");
	return NULL;
}

static struct err *check_name(struct job *j)
{
	if (!j->name || !utf8_valid(j->name, strlen(j->name)))
		return WRONG(j, "--name is missing, or not in UTF-8");
	j->name = utf8_line(j->ctl->arena, j->name);
	if (!*j->name || utf8_count(j->name) > NAME_MOST)
		return WRONG(j, "--name has to have 1 to %d characters", NAME_MOST);
	return NULL;
}

/* The first line of the file. */
static struct err *read_password(struct job *j, const char *name, const char **out)
{
	const char *complaint;

	TRY(ctl_read(j->ctl, j->password_file, out));
	*out = arena_copy(j->ctl->arena, *out, strcspn(*out, "\r\n"));
	if (!utf8_valid(*out, strlen(*out)))
		return WRONG(j, "%s is not in UTF-8", j->password_file);
	complaint = staff_password_complaint(j->ctl->arena, *out, j->email, name);
	if (complaint)
		return WRONG(j, "the password in %s cannot be taken. %s",
			     j->password_file, complaint);
	return NULL;
}

/* As told; else the first is the administrator, and all others are agents. */
static struct err *find_role(struct job *j, int64_t *id)
{
	struct rows agents, roles;
	const struct role *role;

	TRY(staff_list(&j->desk, &us, &agents));
	TRY(staff_roles(&j->desk, &us, &roles));
	if (!j->role)
		j->role = agents.n ? "agent" : "administrator";
	role = roles.at;
	for (size_t i = 0; i < roles.n; i++)
		if (!strcmp(role[i].code, j->role)) {
			*id = role[i].id;
			return NULL;
		}
	return WRONG(j, "there is no role %s; see aftersale admin --help", j->role);
}

/* --- what is done --------------------------------------------------------- */

static struct err *add(struct job *j)
{
	const char *password = NULL;
	enum staff_answer answer;
	struct agent who = { 0 };

	TRY(check_email(j));
	TRY(check_name(j));
	if (!j->password_file == !j->invite)
		return WRONG(j, "say either --password-file FILE or --invite");
	if (j->password_file)
		TRY(read_password(j, j->name, &password));
	TRY(open_desk(j));
	TRY(find_role(j, &who.role_id));
	who.email = j->email;
	who.name = j->name;
	TRY(staff_add(&j->desk, &us, &who, password, &answer));
	if (answer == STAFF_TAKEN)
		return FAIL(j->ctl->arena, ERR_CONFLICT, "%s has an account already;"
			    " see aftersale admin password", j->email);
	printf("%s <%s> may sign in as %s%s.\n", who.name, who.email, who.role,
	       password ? "" : " with the link we mail");
	return NULL;
}

static struct err *set_password(struct job *j)
{
	const char *password;
	bool found;

	TRY(check_email(j));
	if (!j->password_file)
		return WRONG(j, "--password-file is missing");
	TRY(read_password(j, "", &password));
	TRY(open_desk(j));
	TRY(staff_set_password(&j->desk, &us, j->email, password, &found));
	if (!found)
		return FAIL(j->ctl->arena, ERR_NOT_FOUND, "nobody active has the"
			    " address %s", j->email);
	printf("The password of %s is changed, and all sessions have ended.\n",
	       j->email);
	return NULL;
}

static struct err *list(struct job *j)
{
	const struct agent *a;
	struct rows rows;

	TRY(open_desk(j));
	TRY(staff_list(&j->desk, &us, &rows));
	a = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		printf("%-32s %-16s %-8s %s\n", a[i].email, a[i].role,
		       a[i].active ? "active" : "left", a[i].name);
	if (!rows.n)
		printf("There is nobody yet: aftersale admin add\n");
	return NULL;
}

/* --- the command ---------------------------------------------------------- */

static bool read_options(struct job *j, int argc, char **argv)
{
	static const struct option options[] = {
		{ "email", required_argument, NULL, 'e' },
		{ "name", required_argument, NULL, 'n' },
		{ "role", required_argument, NULL, 'r' },
		{ "password-file", required_argument, NULL, 'p' },
		{ "invite", no_argument, NULL, 'i' },
		{ 0 }
	};
	int o;

	optind = 0;
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (o) {
		case 'e': j->email = optarg; break;
		case 'n': j->name = optarg; break;
		case 'r': j->role = optarg; break;
		case 'p': j->password_file = optarg; break;
		case 'i': j->invite = true; break;
		default: return false;
		}
	}
	return optind == argc;
}

static const struct {
	const char *name;
	struct err *(*run)(struct job *j);
} verbs[] = {
	{ "add", add }, { "password", set_password }, { "list", list },
};

enum ctl_exit ctl_admin(struct ctl *c, int argc, char **argv)
{
	struct job j = { .ctl = c };

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return CTL_DONE;
	}
	for (size_t i = 0; argc > 1 && i < sizeof(verbs) / sizeof(*verbs); i++) {
		struct err *e;

		if (strcmp(argv[1], verbs[i].name))
			continue;
		if (!read_options(&j, argc - 1, argv + 1))
			break;
		e = verbs[i].run(&j);
		return e ? ctl_sorry(e) : CTL_DONE;
	}
	fputs(help, stderr);
	return CTL_USAGE;
}
