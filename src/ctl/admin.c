#include <getopt.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "ctl/ctl.h"
#include "desk/letter.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/agent.h"
#include "store/session.h"
#include "store/setting.h"

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

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 128, NAME_MOST = 120, SHOP = 1 };

struct job {
	struct ctl *ctl;
	struct db *db;
	const char *email, *name, *role, *password_file;
	bool invite;
};

#define WRONG(j, ...)	FAIL((j)->ctl->arena, ERR_BAD_REQUEST, __VA_ARGS__)

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

static struct err *read_password(struct job *j, const char **hash)
{
	struct arena *a = j->ctl->arena;
	const char *text;

	TRY(ctl_read(j->ctl, j->password_file, &text));
	text = arena_copy(a, text, strcspn(text, "\r\n"));
	if (!utf8_valid(text, strlen(text)) || utf8_count(text) < PASSWORD_LEAST ||
	    strlen(text) > PASSWORD_MOST)
		return WRONG(j, "the first line of %s has to have %d characters at"
			     " least and %d bytes at most", j->password_file,
			     PASSWORD_LEAST, PASSWORD_MOST);
	secret_password_work((int) conf_number(j->ctl->conf, "security",
					       "password_mib"));
	*hash = secret_password_hash(a, text);
	return NULL;
}

/* As told; else the first is the administrator, and all others are agents. */
static struct err *find_role(struct job *j, struct role *out)
{
	struct rows agents, roles;
	const struct role *role;

	TRY(store_agent_list(j->db, &agents));
	TRY(store_role_list(j->db, &roles));
	if (!j->role)
		j->role = agents.n ? "agent" : "administrator";
	role = roles.at;
	for (size_t i = 0; i < roles.n; i++)
		if (!strcmp(role[i].code, j->role)) {
			*out = role[i];
			return NULL;
		}
	return WRONG(j, "there is no role %s; see aftersale admin --help", j->role);
}

/* --- what is done --------------------------------------------------------- */

static struct err *note(struct job *j, int64_t id, const char *now)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = SHOP };

	TRY(store_setting_audit(j->db, &us, arena_printf(j->ctl->arena, "agent.%lld",
				(long long) id), NULL, now));
	return NULL;
}

/* The courier makes the link when it sends the letter. */
static struct err *invite(struct job *j, const struct agent *who)
{
	const struct letter_to to = {
		.kind = "agent", .id = who->id, .address = who->email,
		.name = who->name, .lang = "en", .zone = "UTC",
	};
	const struct letter_about about = {
		.shop = SHOP,
		.domain = letter_domain(j->ctl->arena,
			conf_text(j->ctl->conf, "mail", "from")),
	};
	const struct letter_facts facts = { .link = "invite" };

	TRY(letter_write(j->db, "staff_invite", &to, &about, &facts));
	return NULL;
}

static struct err *add(struct job *j)
{
	struct agent who = { .notify = NOTIFY_ALL };
	const char *hash = NULL;
	struct role role = { 0 };
	struct err *e;

	TRY(check_email(j));
	TRY(check_name(j));
	if (!j->password_file == !j->invite)
		return WRONG(j, "say either --password-file FILE or --invite");
	TRY(ctl_desk(j->ctl, &j->db));
	if (j->password_file)
		TRY(read_password(j, &hash));
	TRY(find_role(j, &role));
	who.email = j->email;
	who.name = j->name;
	who.role_id = role.id;
	TRY(db_begin(j->db));
	e = store_agent_add(j->db, &who);
	if (e && e->kind == ERR_CONFLICT)
		return FAIL(j->ctl->arena, ERR_CONFLICT, "%s has an account already;"
			    " see aftersale admin password", j->email);
	TRY(e);
	if (hash)
		TRY(store_agent_set_password(j->db, who.id, hash));
	else
		TRY(invite(j, &who));
	TRY(note(j, who.id, arena_printf(j->ctl->arena, "added as %s", j->role)));
	TRY(db_commit(j->db));
	printf("%s <%s> may sign in as %s%s.\n", who.name, who.email, j->role,
	       hash ? "" : " after answering the mail we send");
	return NULL;
}

static struct err *set_password(struct job *j)
{
	struct agent who;
	const char *hash;
	bool found;

	TRY(check_email(j));
	if (!j->password_file)
		return WRONG(j, "--password-file is missing");
	TRY(ctl_desk(j->ctl, &j->db));
	TRY(read_password(j, &hash));
	TRY(store_agent_secret(j->db, j->email, &who, &found));
	if (!found)
		return FAIL(j->ctl->arena, ERR_NOT_FOUND, "nobody active has the"
			    " address %s", j->email);
	TRY(db_begin(j->db));
	TRY(store_agent_set_password(j->db, who.id, hash));
	TRY(store_agent_drop_tokens(j->db, who.id));
	TRY(store_session_end_agent(j->db, who.id));
	TRY(note(j, who.id, "new password"));
	TRY(db_commit(j->db));
	printf("The password of %s is changed, and all sessions have ended.\n",
	       j->email);
	return NULL;
}

static struct err *list(struct job *j)
{
	const struct agent *a;
	struct rows rows;

	TRY(ctl_desk(j->ctl, &j->db));
	TRY(store_agent_list(j->db, &rows));
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
