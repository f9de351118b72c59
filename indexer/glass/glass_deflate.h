/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * glass_deflate.h - tags as the docdata and termlist tables compress them.
 *
 * A compressed tag is a raw deflate stream (RFC 1951, no header, no checksum)
 * of the whole tag, made before it is cut into components; a bit of each item
 * says whether its tag is compressed, so it is decided tag by tag.
 *
 * Two things that readers make us do:
 *
 *  - libxapian inflates in pieces of 8,192 bytes, and calls a stream damaged
 *    whose input is used up while inflate still holds output back.  That
 *    happens when the output passes a multiple of 8,192, counted from the
 *    beginning of a component, within the last, well packed symbols.  Streams
 *    of tags of that size therefore end in an extra empty block: there is
 *    input left whenever there is output left.
 *  - Compaction copies compressed tags and deflates the others anew, and does
 *    so without that care.  So a tag of that size that does not get smaller is
 *    written as a deflate stream all the same, in stored blocks.
 *
 * The streams are made by ISA-L: the door to its writing half.
 */
#ifndef NEWS_GLASS_DEFLATE_H
#define NEWS_GLASS_DEFLATE_H

#include "base/span.h"

enum {
    /* libxapian's writer leaves tags up to this size plain; the version file
     * tells it so. */
    GLASS_COMPRESS_MIN = 18,
    GLASS_INFLATE_PIECE = 8192,
};

struct glass_deflate;

struct glass_deflate *glass_deflate_new(void);
void glass_deflate_free(struct glass_deflate *deflator); /* NULL is fine */

/* What to store for a tag, and whether it is compressed; valid until the next
 * call, and no longer than the tag. */
struct span glass_deflate_tag(struct glass_deflate *deflator, struct span tag,
                              bool *compressed);

uint64_t glass_deflate_held(const struct glass_deflate *deflator);

#endif
