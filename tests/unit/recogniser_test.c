/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small model is trained on invented sentences, then read back and used. */
#include "indexer/names/recogniser.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/names/features.h"
#include "indexer/names/training.h"
#include "tests/unit/test.h"

/* The model file, in memory aligned to 8 bytes; the caller frees it. */
static char *train(size_t *size)
{
    const struct training_options options = TRAINING_OPTIONS_INIT;
    const struct gold_style style = GOLD_STYLE_INIT;
    struct training *training = training_new(&options);
    struct error err = ERROR_INIT;
    struct str file = STR_INIT;
    CHECK_STATUS(training_add_classes(
                     training, test_path("fixtures/names/classes.tsv"), &err),
                 STATUS_OK, err);
    CHECK_STATUS(training_add_lists(
                     training, test_path("fixtures/names/lists.tsv"), &err),
                 STATUS_OK, err);
    CHECK_STATUS(training_add(training,
                              test_path("fixtures/names/invented.tags"), style,
                              &err),
                 STATUS_OK, err);
    training_run(training);
    training_write(training, span_of("invented\n"), span_of(""), &file);
    training_free(training);
    char *copy = memory_new(file.size, 1);
    memcpy(copy, file.data, file.size);
    *size = file.size;
    str_release(&file);
    return copy;
}

static void list(struct str *out, struct name_reader *reader, const char *text)
{
    static const char *const kinds[] = { "person", "org", "place" };
    const struct entities *found = name_reader_run(reader, span_of(text));
    for (size_t i = 0; i < found->count; i++) {
        const struct entity *entity = &found->items[i];
        str_addf(out, "%s%s=%.*s", i ? " " : "", kinds[entity->kind],
                 SPAN_ARGS(span_slice(span_of(text), entity->offset,
                                      entity->offset + entity->size)));
    }
}

TEST(recogniser_finds_names_that_it_was_not_taught)
{
    size_t size;
    struct model model;
    struct error err = ERROR_INIT;
    char *file = train(&size);
    CHECK_STATUS(model_read(&model, (struct span){ file, size }, &err),
                 STATUS_OK, err);
    struct name_reader *reader = name_reader_new(&model);
    struct str out = STR_INIT;
    list(&out, reader,
         "Officials in Westvale met Amina Keane and Bruno Calder on Monday.");
    CHECK_STR(out.data,
              "place=Westvale person=Amina Keane person=Bruno Calder");
    str_clear(&out);
    list(&out, reader, "it was a quiet day for the market, traders said.");
    CHECK_STR(out.data, "");
    str_release(&out);
    name_reader_free(reader);
    model_close(&model);
    free(file);
}

TEST(recogniser_training_is_repeatable)
{
    size_t one_size, two_size;
    char *one = train(&one_size), *two = train(&two_size);
    CHECK(span_equal((struct span){ one, one_size },
                     (struct span){ two, two_size }));
    free(one);
    free(two);
}

TEST(recogniser_survives_text_of_any_kind)
{
    size_t size;
    struct model model;
    struct error err = ERROR_INIT;
    char *file = train(&size);
    model_read(&model, (struct span){ file, size }, &err);
    struct name_reader *reader = name_reader_new(&model);
    struct str text = STR_INIT;
    for (int i = 0; i < 100000; i++)
        str_add_char(&text, 'A');
    str_add_text(&text, " 3-2 4-1 (5) ");
    for (int i = 0; i < 20000; i++)
        str_add_text(&text, "Ab ");
    name_reader_run(reader, str_span(&text));
    name_reader_run(reader, span_of(""));
    name_reader_run(reader, span_of("\xE5\x8C\x97\xE4\xBA\xAC \xD0\x99"));
    str_release(&text);
    name_reader_free(reader);
    model_close(&model);
    free(file);
}

TEST(recogniser_refuses_a_damaged_model)
{
    size_t size;
    struct model model;
    struct error err = ERROR_INIT;
    char *file = train(&size);
    CHECK(model_read(&model, (struct span){ file, size / 2 }, &err));
    file[size / 2] = (char)(file[size / 2] ^ 0x55);
    CHECK_STATUS(model_read(&model, (struct span){ file, size }, &err),
                 STATUS_CORRUPT, err);
    CHECK(model_read(&model, (struct span){ file, 0 }, &err));
    free(file);
}

TEST(recogniser_tells_what_is_wrong_with_a_model)
{
    size_t size;
    struct model model;
    struct error err = ERROR_INIT;
    char *file = train(&size);
    file[8]++; /* the version */
    CHECK_STATUS(model_read(&model, (struct span){ file, size }, &err),
                 STATUS_MISMATCH, err);
    file[8]--;
    CHECK_STATUS(model_read(&model, (struct span){ file, size - 64 }, &err),
                 STATUS_CORRUPT, err);
    CHECK_STATUS(model_read(&model, (struct span){ file, size }, &err),
                 STATUS_OK, err);
    file[0] = 'N';
    CHECK_STATUS(model_read(&model, (struct span){ file, size }, &err),
                 STATUS_BAD_FORMAT, err);
    CHECK_STATUS(
        model_open(&model, test_path("fixtures/names/lists.tsv"), &err),
        STATUS_BAD_FORMAT, err);
    CHECK_STATUS(model_open(&model, test_path("fixtures/names/no-such"), &err),
                 STATUS_NOT_FOUND, err);
    free(file);
}

/* The words of each run, runs between bars. */
static void list_runs(struct str *out, const char *text)
{
    struct name_tokens tokens = NAME_TOKENS_INIT;
    name_tokens_read(&tokens, span_of(text), 0, SIZE_MAX / 2);
    struct run run = { 0, 0 };
    while (run_next(&tokens, run.to, &run)) {
        const struct name_token *first = &tokens.items[run.from];
        const struct name_token *last = &tokens.items[run.to - 1];
        str_addf(out, "%.*s|",
                 SPAN_ARGS(span_slice(span_of(text), first->offset,
                                      last->offset + last->size)));
    }
    name_tokens_release(&tokens);
}

TEST(recogniser_looks_at_runs_of_capitals)
{
    static const struct {
        const char *text, *runs;
    } rows[] = {
        { "talks with John Kirby of the US Navy went on",
          "John Kirby of the US Navy|" },
        { "it was a quiet day", "" },
        { "they met. The end", "The|" },
        { "they met in Oslo. The end", "Oslo|The|" },
        /* Annotated news sets marks apart. */
        { "in the U . S . on", "U . S .|" },
        { "near St . Vincent today", "St . Vincent|" },
        { "they met in Oslo . The end", "Oslo|The|" },
        { "said Kim Ki - hyun on", "Kim Ki - hyun|" },
        { "said Kim Ki-hyun on", "Kim Ki-hyun|" },
        { "of al - Qaeda on", "al - Qaeda|" },
    };
    struct str out = STR_INIT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        str_clear(&out);
        list_runs(&out, rows[i].text);
        CHECK_STR(out.size ? out.data : "", rows[i].runs);
    }
    str_release(&out);
}
