/* SPDX-License-Identifier: GPL-2.0-or-later */
/* language.h - the language of a text; the one door to CLD2. */
#ifndef NEWS_TEXT_LANGUAGE_H
#define NEWS_TEXT_LANGUAGE_H

#include "base/span.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { LANGUAGE_LOOK_MAX = 1200 }; /* bytes of the text that are looked at */

/* The ISO 639 code of the language that valid UTF-8 is written in ("en", "de",
 * "zh"), or empty where it cannot be told.  Constant text.  Thread-safe. */
struct span language_detect(struct span text);

#ifdef __cplusplus
}
#endif

#endif
