/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * byline_words.h - the words of bylines that are no names: agencies, outlets,
 * what someone is, and what stands in front.
 */
#ifndef NEWS_CORPUS_BYLINE_WORDS_H
#define NEWS_CORPUS_BYLINE_WORDS_H

#include "base/str.h"

struct span byline_first_word(struct span text);
size_t byline_count_words(struct span text);
bool byline_is_capital(struct span text); /* the first letter */
bool byline_is_shouted(struct span text); /* all letters of ASCII, and some */

/* The agency, as it writes itself, that the text names, or that its first words
 * name where the rest says what someone is there: "AP Business Writer". */
struct span byline_agency(struct span text);

bool byline_is_role(struct span text);      /* "Staff Writer" */
bool byline_is_role_word(struct span word); /* "Staff": may begin a role */
bool byline_is_outlet(struct span text);    /* "BBC News", "Orr Ltd" */
bool byline_is_city(struct span text);      /* of two words or more */
bool byline_is_degree(struct span text);    /* "M.D." */
bool byline_is_suffix(struct span text);    /* "Jr." */

enum byline_lead_kind {
    BYLINE_LEAD_PEOPLE,
    BYLINE_LEAD_PARTICLE, /* may also begin a surname: "von", "di" */
    BYLINE_LEAD_OURS,     /* "our correspondent": who, if at all, follows */
    BYLINE_LEAD_OTHERS,   /* those who did not write it */
};

/* Leads of one kind and language, and what stands before places in it. */
struct byline_lead {
    const char *texts;
    enum byline_lead_kind kind;
    const char *place;
};

/* The longest lead that the text begins with, and what follows it; NULL. */
const struct byline_lead *byline_lead_of(struct span text, struct span *rest);

#endif
