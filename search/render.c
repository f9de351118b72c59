/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "search/render.h"

#include <string.h>

const struct renderer *const renderers[] = {
    &renderer_text, &renderer_json, &renderer_jsonl,
    &renderer_tsv,  &renderer_ids,  NULL,
};

const struct renderer *renderer_by_name(const char *name)
{
    for (size_t i = 0; renderers[i]; i++)
        if (!strcmp(renderers[i]->name, name))
            return renderers[i];
    return NULL;
}
