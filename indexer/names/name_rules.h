/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * name_rules.h - the few things that a recogniser is told rather than taught.
 *
 * Lines of text, which come with the model (model_file.h); a tab behind the
 * first word, '#' begins a remark:
 *
 *     person|org|place NAME   whoever is called exactly so is of that kind
 *     seat NAME              an organisation wherever it is written so, also
 *                            before an office (White House Press Secretary)
 *     country NAME            may stand before an office and then belongs to it
 *     office WORDS            what the name of an office begins with
 *     given NAME              a first name: behind an office a person begins
 *                             there (Department of Defense John Kirby)
 *     none NAME              whoever is called exactly so is no name
 *     group WORD             what an organisation's people are called: a name
 *                            before it, as in "Boko Haram insurgents", is no
 *                            person's wherever it stands in the text
 *     region WORD            what the name of a region ends with: where a place
 *                            is "Rivers State", "Rivers" is one in all the text
 *     button TEXT             what pages have to press: no name in it where it
 *                             has several words, nor in a line of such texts
 *
 * Names and words are compared by their keys (name_clean.h).
 */
#ifndef NEWS_INDEXER_NAMES_NAME_RULES_H
#define NEWS_INDEXER_NAMES_NAME_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "indexer/names/recogniser.h"

struct name_rules;

/* BAD_FORMAT names the line. */
enum status name_rules_read(struct name_rules **out, struct span text,
                            struct error *err);
void name_rules_free(struct name_rules *rules); /* NULL is fine */

/* The entities of a text as the rules have them, in `memory`: "US" and
 * "Department of Defense" side by side are one, so are "University of" and
 * "Lagos". */
void name_rules_apply(const struct name_rules *rules, struct entities *out,
                      struct span text, const struct entities *entities,
                      struct arena *memory);

#endif
