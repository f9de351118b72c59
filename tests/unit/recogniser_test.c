/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small model is trained on invented sentences, then read back and used. */
#include "indexer/names/recogniser.h"

#include <stdlib.h>

#include "base/memory.h"
#include "indexer/names/training.h"
#include "tests/unit/test.h"

/* The model file, in memory aligned to 8 bytes; the caller frees it. */
static char *train(size_t *size)
{
    const struct training_options options = TRAINING_OPTIONS_INIT;
    const struct training_style style = { false, false };
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
