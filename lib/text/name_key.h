/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_key.h - the key under which spellings of one name meet, in an article
 * and across the archive.
 */
#ifndef NEWS_TEXT_NAME_KEY_H
#define NEWS_TEXT_NAME_KEY_H

#include "base/name.h"
#include "base/str.h"

/*
 * Append the key: folded words with single blanks between (folding.h,
 * text_fold).  Of organisations "Dept" is "department", "and" and "&" are
 * dropped, and so is a last "Inc", "Corp", "Ltd", ... that is not the whole
 * name.  Nothing for what has no letter.
 */
void name_key(struct str *out, enum name_kind kind, struct span name);

#endif
