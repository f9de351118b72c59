/* SPDX-License-Identifier: GPL-2.0-or-later */
/* language_code.h - the one code of a language that has many names. */
#ifndef NEWS_TEXT_LANGUAGE_CODE_H
#define NEWS_TEXT_LANGUAGE_CODE_H

#include "base/span.h"

/* The ISO 639-1 code of a language by any code of ISO 639 ("deu", "ger", the
 * withdrawn "iw"), its English name, or how large ones call themselves
 * ("Deutsch"); in any case, with or without a region ("pt-BR").  Constant text;
 * empty where it is none of these. */
struct span language_code(struct span name);

#endif
