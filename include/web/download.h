/*
 * download - the files of messages, for whoever may read the message.
 *
 * Each program serves them under its own cookie: GET /file/:id is the file,
 * always as a download; GET /file/:id/thumb the small picture we made of it.
 * A file of somebody else's, or of a note, is not there for a customer.
 */
#ifndef WEB_DOWNLOAD_H
#define WEB_DOWNLOAD_H

#include "web/req.h"

page_fn web_download, web_download_thumb;

#endif
