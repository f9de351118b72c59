/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_file.h - one language's recogniser in one file, mapped and not copied.
 *
 *     "newsname"      8 bytes
 *     version         uint32, MODEL_FILE_VERSION: of this format and of the
 *                     features that the weights are for
 *     byte order      uint32, 0x01020304
 *     size            uint64, of the file
 *     checksum        uint64, XXH64 of all that follows
 *     sections        MODEL_SECTIONS times: offset and size, uint64 each
 *     the sections, each at a multiple of 64 bytes
 *
 * Numbers are little-endian.  A file is checked as a whole when it is opened:
 * what comes out may be read without checks.
 */
#ifndef NEWS_INDEXER_NAMES_MODEL_FILE_H
#define NEWS_INDEXER_NAMES_MODEL_FILE_H

#include "base/error.h"
#include "base/str.h"
#include "indexer/names/crf.h"
#include "indexer/names/lexicon.h"

enum {
    MODEL_FILE_VERSION = 1,
    MODEL_FILE_SIZE_MAX = 64 * 1024 * 1024,
};

enum model_section {
    MODEL_CARD,  /* text: data, licences, scores; its first line is a title */
    MODEL_RULES, /* text (rules.h) */
    MODEL_SCALE, /* uint32: score units of one nat */
    MODEL_TRANSITIONS,  /* struct crf_transitions */
    MODEL_FINGERPRINTS, /* uint32 for each row: of its feature; 0: no row */
    MODEL_ROWS,         /* int8 for each lane */
    MODEL_CLASSES,      /* the tables of struct lexicon */
    MODEL_WORDS,
    MODEL_PHRASES,
    MODEL_PATHS,
    MODEL_SECTIONS
};

struct model_row {
    int8_t lanes[CRF_LANES];
};

struct model {
    struct span sections[MODEL_SECTIONS];
    struct span card, rules;
    uint32_t scale;
    const struct crf_transitions *transitions;
    const uint32_t *fingerprints;
    const struct model_row *rows;
    uint32_t row_capacity;
    struct lexicon lexicon;
    void *mapping; /* of the whole file; NULL where memory is borrowed */
    size_t mapping_size;
};

/* Map a file.  NOT_FOUND; BAD_FORMAT where it is no model; CORRUPT; MISMATCH
 * where another version of the program wrote it. */
enum status model_open(struct model *out, const char *path, struct error *err);

/* The same from memory aligned to 8 bytes, which must outlive the model. */
enum status model_read(struct model *out, struct span file, struct error *err);
void model_close(struct model *model);

/* The weights of a feature, or NULL. */
const struct model_row *model_row(const struct model *model, uint64_t feature);

static inline void model_row_add(struct crf_scores *sum,
                                 const struct model_row *row)
{
    for (int i = 0; i < CRF_LANES; i++)
        sum->lanes[i] = (int16_t)(sum->lanes[i] + row->lanes[i]);
}

/* Where the search for a feature's row begins; and fetch what it will touch. */
static inline uint32_t model_row_start(uint32_t capacity, uint64_t feature)
{
    return (uint32_t)((feature & 0xFFFFFFFF) * capacity >> 32);
}

static inline void model_fetch(const struct model *model, uint64_t feature)
{
    __builtin_prefetch(
        &model->fingerprints[model_row_start(model->row_capacity, feature)]);
}

/* Where a feature's row is or should be put; for building tables. */
uint32_t model_row_place(const uint32_t *fingerprints, uint32_t capacity,
                         uint64_t feature);
uint32_t model_fingerprint(uint64_t feature);

/* Append a model file made of these sections. */
void model_write(struct str *out, const struct span sections[MODEL_SECTIONS]);

#endif
