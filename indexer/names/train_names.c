/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx-train-names: make a model of names from annotated news. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "base/options.h"
#include "indexer/names/score.h"
#include "indexer/names/training.h"

struct settings {
    const char *output, *classes, *lists, *rules, *card, *decay, *rate;
    const char *weight_min;
    struct option_list tests;
    uint64_t rounds, capitals, headlines, scale;
    bool help;
};

static const struct option_spec specs[] = {
    { OPTION_TEXT, 'o', "output", "FILE", "write the model here",
      offsetof(struct settings, output) },
    { OPTION_TEXT, '\0', "classes", "FILE", "word classes: path, word, count",
      offsetof(struct settings, classes) },
    { OPTION_TEXT, '\0', "lists", "FILE", "lists of names: number, name",
      offsetof(struct settings, lists) },
    { OPTION_TEXT, '\0', "rules", "FILE", "rules to put into the model",
      offsetof(struct settings, rules) },
    { OPTION_TEXT, '\0', "card", "FILE", "what is said of the model",
      offsetof(struct settings, card) },
    { OPTION_LIST, '\0', "test", "FILE", "measure the model on this file",
      offsetof(struct settings, tests) },
    { OPTION_COUNT, '\0', "rounds", "N", "times that the data are gone through",
      offsetof(struct settings, rounds) },
    { OPTION_COUNT, '\0', "capitals", "PERCENT",
      "articles read in capitals too", offsetof(struct settings, capitals) },
    { OPTION_COUNT, '\0', "headlines", "PERCENT",
      "articles read as headlines too", offsetof(struct settings, headlines) },
    { OPTION_COUNT, '\0', "scale", "N", "units of one nat",
      offsetof(struct settings, scale) },
    { OPTION_TEXT, '\0', "decay", "X", "weight decay (L2)",
      offsetof(struct settings, decay) },
    { OPTION_TEXT, '\0', "rate", "X", "first step",
      offsetof(struct settings, rate) },
    { OPTION_TEXT, '\0', "weight-min", "X", "drop rows below",
      offsetof(struct settings, weight_min) },
    { OPTION_SWITCH, 'h', "help", NULL, "print this help",
      offsetof(struct settings, help) },
    OPTION_TABLE_END,
};

/* FILE, FILE:loose, FILE:no-misc. */
static enum status add_file(struct training *training, const char *operand,
                            struct error *err)
{
    struct training_style style = { false, false };
    struct span path = span_of(operand);
    if (span_ends(path, ":loose")) {
        style = (struct training_style){ true, true };
        path.size -= strlen(":loose");
    } else if (span_ends(path, ":no-misc")) {
        style.without_other = true;
        path.size -= strlen(":no-misc");
    }
    struct str name = STR_INIT;
    str_add(&name, path);
    enum status rc = training_add(training, name.data, style, err);
    str_release(&name);
    return rc;
}

static enum status run_tests(struct span file, const struct settings *settings,
                             struct error *err)
{
    struct model model;
    enum status rc = model_read(&model, file, err);
    struct str text = STR_INIT;
    for (size_t i = 0; !rc && i < settings->tests.count * 3; i++) {
        struct tagged tagged = TAGGED_INIT;
        struct scores scores = { .tokens = 0 };
        const char *path = settings->tests.items[i / 3];
        rc = tagged_read(&tagged, path, err);
        for (size_t j = 0; !rc && i % 3 == 1 && j < tagged.count; j++)
            tagged_set_capitals(&tagged.articles[j]);
        for (size_t j = 0; !rc && i % 3 == 2 && j < tagged.count; j++)
            tagged_set_headline(&tagged.articles[j]);
        struct name_reader *reader = name_reader_new(&model);
        if (!rc)
            scores_add(&scores, reader, &tagged);
        str_addf(&text, "%s %zu\n", path, i % 3);
        scores_print(&text, &scores);
        name_reader_free(reader);
        tagged_release(&tagged);
    }
    fputs(text.data, stdout);
    str_release(&text);
    return rc;
}

enum { TEXT_MAX = 1024 * 1024 };

static enum status read_text(const char *path, struct str *out,
                             struct error *err)
{
    return path ? file_read(path, TEXT_MAX, out, err) : STATUS_OK;
}

static enum status run(const struct settings *settings, char **files,
                       struct error *err)
{
    struct training_options options = TRAINING_OPTIONS_INIT;
    options.rounds = (unsigned)settings->rounds;
    options.capitals = (unsigned)settings->capitals;
    options.headlines = (unsigned)settings->headlines;
    options.scale = (unsigned)settings->scale;
    if (settings->decay)
        number_parse_real(span_of(settings->decay), &options.decay);
    if (settings->rate)
        number_parse_real(span_of(settings->rate), &options.rate);
    if (settings->weight_min)
        number_parse_real(span_of(settings->weight_min), &options.weight_min);
    struct training *training = training_new(&options);
    struct str file = STR_INIT, card = STR_INIT, rules = STR_INIT;
    enum status rc = read_text(settings->card, &card, err);
    if (!rc)
        rc = read_text(settings->rules, &rules, err);
    if (!rc && settings->classes)
        rc = training_add_classes(training, settings->classes, err);
    if (!rc && settings->lists)
        rc = training_add_lists(training, settings->lists, err);
    for (; !rc && *files; files++)
        rc = add_file(training, *files, err);
    if (!rc) {
        training_run(training);
        training_write(training, str_span(&card), str_span(&rules), &file);
        fprintf(stderr, "%zu bytes\n", file.size);
        rc = file_replace(settings->output, str_span(&file), err);
    }
    if (!rc)
        rc = run_tests(str_span(&file), settings, err);
    str_release(&file);
    str_release(&card);
    str_release(&rules);
    training_free(training);
    return rc;
}

int main(int argc, char **argv)
{
    struct settings settings = { .output = NULL,
                                 .rounds = 10,
                                 .capitals = 30,
                                 .headlines = 15,
                                 .scale = 24 };
    struct error err = ERROR_INIT;
    int rest = argc;
    enum status rc = options_parse(specs, &settings, argc, argv, &rest, &err);
    if (!rc)
        rc = run(&settings, argv + rest, &err);
    option_list_release(&settings.tests);
    if (rc)
        fprintf(stderr, "newsidx-train-names: %s\n", err.message);
    return status_exit_code(rc);
}
