/* SPDX-License-Identifier: GPL-2.0-or-later */
/* value_counts.h - how often different values were seen: a hash table. */
#ifndef NEWS_BASE_VALUE_COUNTS_H
#define NEWS_BASE_VALUE_COUNTS_H

#include "base/arena.h"

struct value_count {
    struct span value; /* in the table's memory */
    uint64_t hash, count;
};

struct value_counts {
    struct arena *memory;
    struct value_count *places; /* count 0: free; at most half full */
    size_t capacity, count;
    size_t limit; /* different values; further ones are not counted */
    bool cut;     /* and there were some */
};

void value_counts_begin(struct value_counts *counts, size_t limit);
void value_counts_release(struct value_counts *counts);
void value_counts_clear(struct value_counts *counts);

/* Count a value `count` (over 0) times; it is copied when new. */
void value_counts_add(struct value_counts *counts, struct span value,
                      uint64_t count);

/* How often it was counted. */
uint64_t value_counts_get(const struct value_counts *counts, struct span value);

/* Move the values to the front of `places`; nothing may be added after. */
void value_counts_gather(struct value_counts *counts);

#endif
