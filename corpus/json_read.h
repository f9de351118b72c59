/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_read.h - the one door to the JSON parser (yajl): the strings and
 * numbers of a text with the names of where they stand.
 */
#ifndef NEWS_CORPUS_JSON_READ_H
#define NEWS_CORPUS_JSON_READ_H

#include "base/error.h"
#include "base/span.h"

enum {
    JSON_READ_DEPTH_MAX = 64,
    JSON_READ_PATH_MAX = 256, /* bytes; deeper names are not told */
};

/* Called for each string, number and boolean; `path` is the names of the
 * objects it is in with dots between ("byline.original"); arrays add nothing to
 * it.  Both are valid during the call; the value is unescaped, and its bytes
 * may be invalid UTF-8. */
typedef void json_on_value(void *payload, struct span path, struct span value);

/* Read one JSON text.  BAD_RECORD says at which byte it is wrong; what came
 * before was told. */
enum status json_read(struct span text, json_on_value *on_value, void *payload,
                      struct error *err);

#endif
