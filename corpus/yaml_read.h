/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * yaml_read.h - the one door to libyaml: the scalars of a YAML 1.1 document
 * with the names of where they stand, as json_read.h tells them.
 */
#ifndef NEWS_CORPUS_YAML_READ_H
#define NEWS_CORPUS_YAML_READ_H

#include "corpus/json_read.h"

enum { YAML_READ_DEPTH_MAX = 32 };

/* Aliases are not followed.  BAD_RECORD; what came before was told. */
enum status yaml_read(struct span text, json_on_value *on_value, void *payload,
                      struct error *err);

#endif
