#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/landlock.h>

#include <seccomp.h>

#include "base/locked.h"
#include "locked/lock.h"

enum { LONGEST_FILTER = 512 };		/* instructions */

/* The child's list, translated once: that takes longer than a small file. */
static struct sock_filter code[LONGEST_FILTER];
static struct sock_fprog child_list = { .filter = code };

static unsigned missing;

static void limit(int what, rlim_t most)
{
	const struct rlimit r = { most, most };

	if (setrlimit(what, &r) != 0)
		_exit(1);
}

/* No path leads anywhere. Kernels before 5.13 lack it, and then the list of
 * system calls says the same again. */
static void forget_files(void)
{
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};
	int rules = (int) syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);

	if (rules < 0 || syscall(SYS_landlock_restrict_self, rules, 0) != 0)
		missing |= LOCKED_LANDLOCK;
	if (rules < 0)
		return;
	close(rules);
}

/* The lists. */

static bool add(scmp_filter_ctx list, uint32_t what, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(list, what, calls[i], 0) != 0)
			return false;
	return true;
}

#define COUNT(calls)	(sizeof(calls) / sizeof(*(calls)))

static bool allow_simple(scmp_filter_ctx list)
{
	static const int calls[] = {
		SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek),
		SCMP_SYS(fstat), SCMP_SYS(close), SCMP_SYS(brk),
		SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
		SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime),
		SCMP_SYS(gettimeofday), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
		SCMP_SYS(sched_yield), SCMP_SYS(exit), SCMP_SYS(exit_group),
	};

	return add(list, SCMP_ACT_ALLOW, calls, COUNT(calls));
}

/* Memory, but none that can be executed; writing, but only our two answers. */
static bool allow_with_care(scmp_filter_ctx list)
{
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	const struct scmp_arg_cmp answer = SCMP_A0(SCMP_CMP_EQ, ANSWER_FD);
	const struct scmp_arg_cmp quiet = SCMP_A0(SCMP_CMP_EQ, QUIET_FD);
	const struct scmp_arg_cmp product = SCMP_A0(SCMP_CMP_EQ, PRODUCT_FD);
	const uint32_t yes = SCMP_ACT_ALLOW;

	return !seccomp_rule_add(list, yes, SCMP_SYS(mmap), 1, no_code)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(mprotect), 1, no_code)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(write), 1, answer)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(write), 1, quiet)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(write), 1, product);
}

/* Libraries that look for a file live on without it. On both lists, since of
 * two answers the kernel takes the harder one. */
static bool refuse_kindly(scmp_filter_ctx list)
{
	static const int calls[] = {
		SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access),
		SCMP_SYS(readlink), SCMP_SYS(ioctl),
	};

	return add(list, SCMP_ACT_ERRNO(1), calls, COUNT(calls));
}

/* fstat() of newer libraries; not stat(). */
static bool allow_fstat(scmp_filter_ctx list)
{
	const struct scmp_arg_cmp no_path = SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH);
	const struct scmp_arg_cmp path = SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH);

	return !seccomp_rule_add(list, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, no_path)
		&& !seccomp_rule_add(list, SCMP_ACT_ERRNO(1), SCMP_SYS(newfstatat), 1, path);
}

/* What the server needs, and its children until they are locked up: to fork,
 * but no thread and no name space; to limit itself, but nobody else. */
static bool allow_serving(scmp_filter_ctx list)
{
	static const int calls[] = {
		SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(wait4),
		SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(getpid),
		SCMP_SYS(getppid), SCMP_SYS(gettid), SCMP_SYS(set_robust_list),
	};
	const struct scmp_arg_cmp fork = SCMP_A0(SCMP_CMP_MASKED_EQ,
		~(uint64_t) (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID), SIGCHLD);
	const struct scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, 0);
	const struct scmp_arg_cmp death = SCMP_A0(SCMP_CMP_EQ, PR_SET_PDEATHSIG);
	const struct scmp_arg_cmp filter = SCMP_A0(SCMP_CMP_EQ, SECCOMP_SET_MODE_FILTER);
	const uint32_t yes = SCMP_ACT_ALLOW;

	return add(list, yes, calls, COUNT(calls))
		&& !seccomp_rule_add(list, yes, SCMP_SYS(clone), 1, fork)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(prlimit64), 1, own)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(prctl), 1, death)
		&& !seccomp_rule_add(list, yes, SCMP_SYS(seccomp), 1, filter);
}

static scmp_filter_ctx new_list(void)
{
	scmp_filter_ctx list = seccomp_init(SCMP_ACT_KILL_PROCESS);

	if (!list || !allow_simple(list) || !allow_with_care(list)
	    || !allow_fstat(list) || !refuse_kindly(list))
		_exit(1);
	return list;
}

static void translate_child_list(void)
{
	scmp_filter_ctx list = new_list();
	int file = memfd_create("list", MFD_CLOEXEC);
	ssize_t n;

	if (file < 0 || seccomp_export_bpf(list, file) != 0)
		_exit(1);
	n = pread(file, code, sizeof(code), 0);
	if (n <= 0 || n == sizeof(code))
		_exit(1);
	child_list.len = (unsigned short) ((size_t) n / sizeof(*code));
	close(file);
	seccomp_release(list);
}

/* Is there anything that filters? Kernels may be built without. */
static bool has_seccomp(void)
{
	uint32_t kill = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &kill) == 0;
}

static void take_calls(void)
{
	scmp_filter_ctx list;

	if (!has_seccomp()) {
		missing |= LOCKED_SECCOMP;
		return;
	}
	translate_child_list();
	list = new_list();
	if (!allow_serving(list) || seccomp_load(list) != 0)
		_exit(1);
	seccomp_release(list);
}

unsigned lock_server(const struct lock_limits *limits)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		_exit(1);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, limits->file);
#ifndef AFTERSALE_SANITIZE
	limit(RLIMIT_DATA, limits->memory);	/* ASan reserves terabytes */
	limit(RLIMIT_AS, limits->addresses);
#endif
	forget_files();
	limit(RLIMIT_NOFILE, MOST_FDS);
	take_calls();
	return missing;
}

void lock_child(const struct lock_limits *limits)
{
	limit(RLIMIT_CPU, limits->seconds);
	limit(RLIMIT_NOFILE, 0);	/* no new ones; those open stay */
	limit(RLIMIT_NPROC, 0);
	if (!(missing & LOCKED_SECCOMP)
	    && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &child_list) != 0)
		_exit(1);
}
