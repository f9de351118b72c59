/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clean_value.h - what is written for a person, a place or a language into the
 * one form that it is compared in.
 *
 * All functions take valid UTF-8 and append valid UTF-8; a value is one line.
 */
#ifndef NEWS_CORPUS_CLEAN_VALUE_H
#define NEWS_CORPUS_CLEAN_VALUE_H

#include "base/str.h"

/* "JANE DOE-ROE" into "Jane Doe-Roe"; what has small letters stays. */
void clean_case(struct str *out, struct span text);

/* "Doe, Jane", "DOE, JANE", "jane-doe" and "Jane Doe's" into "Jane Doe". */
void clean_person(struct str *out, struct span text);

/* Slugs: "opec" into "OPEC", "imf" into "IMF", "worldbank" into "Worldbank";
 * "usa" into "USA", "el-salvador" into "El Salvador", "peru" into "Peru".
 * What has a capital stays. */
void clean_org(struct str *out, struct span text);
void clean_place(struct str *out, struct span text);

/* "PARIS, May 3 (Wire) - " without the dash; nothing where it is a time. */
void clean_dateline(struct str *out, struct span text);

/* "en-US", "English", "eng" into "en"; what is no language into nothing. */
void clean_language(struct str *out, struct span text);

#endif
