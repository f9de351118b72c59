/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * repair.h - text that is in no declared character set, or was read in the
 * wrong one before it came to us, as UTF-8.
 */
#ifndef NEWS_CORPUS_REPAIR_H
#define NEWS_CORPUS_REPAIR_H

#include "base/str.h"

/*
 * The set that a text which is not UTF-8 seems to be in (uchardet); empty
 * where that is Windows-1252, which utf8_repair() reads, or cannot be told.
 * Constant text.
 */
struct span repair_charset(struct span text);

/*
 * UTF-8 that was read as Windows-1252 and written as UTF-8 once more: "â€™"
 * for an apostrophe, "Ã©" for e with acute.  Appends valid UTF-8 with such
 * characters as they were meant; returns how many.  `text` is valid UTF-8.
 */
size_t repair_mojibake(struct str *out, struct span text);

/* False where there is none for certain; fast. */
bool repair_may_have_mojibake(struct span text);

#endif
