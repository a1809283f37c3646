/*
 * shape - a struct that can describe itself.
 *
 * A shape lists the fields of one row struct, once. From that single list
 * port/db fills the struct from a result row, port/view shows it to a
 * template, and tests compare two of them. FIELD() takes the kind from the
 * C type; a type it does not know does not compile.
 */
#ifndef BASE_SHAPE_H
#define BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that may hold NULs: a raw SHA-256, a picture. at NULL: SQL NULL. */
struct bytes {
	const void *at;
	size_t n;
};

enum kind { KIND_I64, KIND_INT, KIND_BOOL, KIND_TEXT, KIND_BYTES, KIND_ENUM };

struct field {
	const char *name;		/* column name and template name */
	size_t offset;
	enum kind kind;
	const char *const *codes;	/* KIND_ENUM: code text by value */
};

struct shape {
	const char *name;
	size_t size;
	size_t n;
	const struct field *fields;
};

/* A table of rows, all of one shape. */
struct rows {
	void *at;
	size_t n;
};

#define FIELD(S, F) {							\
	.name = #F, .offset = offsetof(struct S, F),			\
	.kind = _Generic(((struct S *) 0)->F,				\
		int64_t: KIND_I64, int: KIND_INT,			\
		bool: KIND_BOOL, const char *: KIND_TEXT,		\
		struct bytes: KIND_BYTES) }

#define FIELD_ENUM(S, F, CODES) {					\
	.name = #F, .offset = offsetof(struct S, F),			\
	.kind = KIND_ENUM, .codes = (CODES) }

#define SHAPE(S, FIELDS) {						\
	.name = #S, .size = sizeof(struct S),				\
	.n = sizeof(FIELDS) / sizeof(*(FIELDS)), .fields = (FIELDS) }

struct arena;

/* Copies n rows with the texts and bytes they point at into another arena. */
void *shape_copy(struct arena *a, const struct shape *shape,
		 const void *rows, size_t n);

#endif
