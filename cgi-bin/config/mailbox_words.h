/*
 * mailbox_words - what is wrong with a mailbox, for somebody who runs a shop.
 */
#ifndef CONFIG_MAILBOX_WORDS_H
#define CONFIG_MAILBOX_WORDS_H

struct arena;
struct mailbox;
struct node;

/* `why`, `todo` and `detail` (the host's own line) of as_mailbox.last_error. */
void mailbox_words_error(struct arena *a, struct node *n, const char *error);

/* The same of a test's answer, and what it found: `good`, `letters`,
 * `folders`, `makes`. */
void mailbox_words_answer(struct arena *a, struct node *n, const struct mailbox *m);

#endif
