/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user and the model say of names: the first byte tells which parser
 * reads the rest (a aliases, s stops, else rules). */
#include <stdlib.h>

#include "base/utf8.h"
#include "indexer/names/name_lists.h"
#include "indexer/names/name_rules.h"
#include "tests/fuzz/fuzz.h"

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool check_key(void *payload, enum name_kind kind, struct span key)
{
    const struct name_lists *lists = payload;
    require(kind < NAME_KIND_COUNT && key.size);
    struct name_alias alias = name_lists_alias(lists, kind, key);
    require(alias.form.size || name_lists_stops(lists, kind, key));
    require(!alias.form.size == !alias.key.size);
    require(utf8_valid_prefix(alias.form) == alias.form.size);
    require(utf8_valid_prefix(alias.key) == alias.key.size);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = { (const char *)data, size };
    char which = size ? text.data[0] : 'a';
    text = span_slice(text, size ? 1 : 0, size);
    struct error err = ERROR_INIT;
    if (which != 'a' && which != 's') {
        struct name_rules *rules;
        if (!name_rules_read(&rules, text, &err))
            name_rules_free(rules);
        return 0;
    }
    struct name_lists *lists = name_lists_new();
    enum status rc = which == 'a'
                         ? name_lists_read_aliases(lists, text, "list", &err)
                         : name_lists_read_stops(lists, text, "list", &err);
    require(!rc || rc == STATUS_BAD_FORMAT);
    name_lists_each(lists, check_key, lists);
    name_lists_free(lists);
    return 0;
}
