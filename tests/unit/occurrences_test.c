/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/occurrences.h"

#include "tests/unit/test.h"

TEST(occurrences_bring_positions_together)
{
    struct occurrences *text = occurrences_new();
    /* Numbers that the text before had do not shine through. */
    for (int again = 0; again < 2; again++) {
        occurrences_begin(text);
        occurrences_add(text, 5, 1, 3);
        occurrences_add(text, 900000, 2, 1);
        occurrences_add(text, 5, 3, 1);
        occurrences_add(text, 7, 0, 2);
        occurrences_add(text, 5, 1003, 1);
        CHECK_NUMBER(occurrences_end(text), 3);
        struct occurrences_term term = occurrences_at(text, 0);
        CHECK_NUMBER(term.number, 5);
        CHECK_NUMBER(term.wdf, 5);
        CHECK_NUMBER(term.position_count, 3);
        CHECK_NUMBER(term.positions[0], 1);
        CHECK_NUMBER(term.positions[1], 3);
        CHECK_NUMBER(term.positions[2], 1003);
        term = occurrences_at(text, 1);
        CHECK_NUMBER(term.number, 900000);
        CHECK_NUMBER(term.positions[0], 2);
        term = occurrences_at(text, 2);
        CHECK_NUMBER(term.wdf, 2);
        CHECK_NUMBER(term.position_count, 0);
        occurrences_begin(text);
        CHECK_NUMBER(occurrences_end(text), 0);
        occurrences_begin(text);
        for (uint32_t i = 0; i < 300000; i++)
            occurrences_add(text, i % 11 + 1, i + 1, 1);
        CHECK_NUMBER(occurrences_end(text), 11);
        term = occurrences_at(text, 10);
        CHECK_NUMBER(term.positions[0], 11);
        CHECK_NUMBER(term.positions[term.position_count - 1],
                     11 * term.position_count);
    }
    occurrences_free(text);
    occurrences_free(NULL);
}
