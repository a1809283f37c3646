/*
 * canonical - is this HTML of the kind port/html_clean writes, and no other?
 *
 * A reader of its own, as strict as can be and without libxml2: tags that are
 * listed, closed in their order, attributes that are listed, in double quotes,
 * with values of the expected form, and text without < and >.
 */
#ifndef CANONICAL_H
#define CANONICAL_H

/* NULL: it is; else what is wrong there. */
const char *html_uncanonical(const char *html);

#endif
