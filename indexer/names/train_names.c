/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * newsidx-train-names - make a model of names from annotated news.
 *
 *     newsidx-train-names -o MODEL --classes FILE [OPTION]...
 *         FILE[:STYLE][:PERCENT]...
 *
 * FILE is annotated as tagged.h says; STYLE is "no-misc" where other names than
 * those of people, organisations and places are not annotated, and "loose"
 * where titles, articles and common nouns are in the names.  PERCENT is what
 * its names count for beside those of the other files.  The same options and
 * files give the same model bit by bit on every machine.
 *
 * The card is a text that goes into the model and, with --card-output, into a
 * file beside it: @DATE@ in it becomes the date, the line @SCORES@ a row of a
 * table for each --test file.
 */
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
    const char *output, *classes, *lists, *rules, *decay, *rate, *weight_min;
    const char *card, *card_output, *date;
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
    { OPTION_TEXT, '\0', "card-output", "FILE", "write the card here too",
      offsetof(struct settings, card_output) },
    { OPTION_TEXT, '\0', "date", "DATE", "of the card",
      offsetof(struct settings, date) },
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

/* Cut `suffix` off the end of `path`. */
static bool take_suffix(struct span *path, const char *suffix)
{
    if (!span_ends(*path, suffix))
        return false;
    path->size -= strlen(suffix);
    return true;
}

/* FILE[:loose|:no-misc][:PERCENT] */
static enum status add_file(struct training *training, const char *operand,
                            struct error *err)
{
    struct gold_style style = GOLD_STYLE_INIT;
    struct span path = span_of(operand);
    size_t colon = path.size;
    uint64_t percent;
    while (colon && path.data[colon - 1] != ':')
        colon--;
    if (colon &&
        number_parse(span_slice(path, colon, path.size), 100, &percent)) {
        style.percent = (unsigned)percent;
        path.size = colon - 1;
    }
    style.loose = take_suffix(&path, ":loose");
    style.without_other = take_suffix(&path, ":no-misc") || style.loose;
    struct str name = STR_INIT;
    str_add(&name, path);
    enum status rc = training_add(training, name.data, style, err);
    str_release(&name);
    return rc;
}

/* ---- Scores ----------------------------------------------------------- */

/* How the text of a test is set. */
enum setting { AS_IT_IS, IN_CAPITALS, AS_HEADLINES, SETTINGS };

static const char *const setting_names[SETTINGS] = { "", ", in capitals",
                                                     ", as headlines" };

static void set_articles(struct tagged *tagged, enum setting setting)
{
    for (size_t i = 0; i < tagged->count; i++)
        if (setting == IN_CAPITALS)
            tagged_set_capitals(&tagged->articles[i]);
        else if (setting == AS_HEADLINES)
            tagged_set_headline(&tagged->articles[i]);
}

static struct span base_name(struct span path)
{
    size_t slash;
    while ((slash = span_find_char(path, 0, '/')) != SIZE_MAX)
        path = span_slice(path, slash + 1, path.size);
    return path;
}

static void add_row(struct str *out, struct span name, enum setting setting,
                    const struct scores *scores)
{
    str_addf(out, "| %.*s%s |", SPAN_ARGS(name), setting_names[setting]);
    for (int kind = 0; kind <= NAME_KIND_COUNT; kind++) {
        struct score score =
            kind < NAME_KIND_COUNT ? scores->kinds[kind] : scores_total(scores);
        str_addf(out, " %.2f / %.2f / %.2f |", score_precision(score),
                 score_recall(score), score_f1(score));
    }
    str_add_char(out, '\n');
}

static enum status test(struct str *out, const struct model *model,
                        const char *path, enum setting setting,
                        struct error *err)
{
    struct tagged tagged = TAGGED_INIT;
    struct scores scores = { .tokens = 0 };
    enum status rc = tagged_read(&tagged, path, err);
    if (!rc) {
        struct name_reader *reader = name_reader_new(model);
        set_articles(&tagged, setting);
        scores_add(&scores, reader, &tagged);
        add_row(out, base_name(span_of(path)), setting, &scores);
        name_reader_free(reader);
    }
    tagged_release(&tagged);
    return rc;
}

/* A row for each test and setting. */
static enum status run_tests(struct str *out, struct span file,
                             const struct option_list *tests, struct error *err)
{
    struct model model;
    enum status rc = model_read(&model, file, err);
    for (size_t i = 0; !rc && i < tests->count * SETTINGS; i++)
        rc = test(out, &model, tests->items[i / SETTINGS],
                  (enum setting)(i % SETTINGS), err);
    return rc;
}

/* ---- The card --------------------------------------------------------- */

/* Append `text` with each `mark` in it replaced. */
static void replace(struct str *out, struct span text, const char *mark,
                    struct span by)
{
    for (size_t i = 0; i < text.size;) {
        if (span_starts(span_slice(text, i, text.size), mark)) {
            str_add(out, by);
            i += strlen(mark);
        } else {
            str_add_char(out, text.data[i++]);
        }
    }
}

static void fill_card(struct str *out, struct span card, const char *date,
                      struct span scores)
{
    struct str dated = STR_INIT;
    replace(&dated, card, "@DATE@", span_of(date ? date : ""));
    replace(out, str_span(&dated), "@SCORES@\n", scores);
    str_release(&dated);
}

/* ---- Run -------------------------------------------------------------- */

enum { TEXT_MAX = 1024 * 1024 };

static enum status read_text(const char *path, struct str *out,
                             struct error *err)
{
    return path ? file_read(path, TEXT_MAX, out, err) : STATUS_OK;
}

static void set_real(double *out, const char *text)
{
    if (text)
        number_parse_real(span_of(text), out);
}

static enum status train(struct training *training,
                         const struct settings *settings, char **files,
                         struct error *err)
{
    enum status rc = STATUS_OK;
    if (settings->classes)
        rc = training_add_classes(training, settings->classes, err);
    if (!rc && settings->lists)
        rc = training_add_lists(training, settings->lists, err);
    for (; !rc && *files; files++)
        rc = add_file(training, *files, err);
    if (!rc)
        training_run(training);
    return rc;
}

/* The model is measured without its card, which the scores go into. */
static enum status write_model(struct training *training,
                               const struct settings *settings,
                               struct error *err)
{
    struct str file = STR_INIT, text = STR_INIT, rules = STR_INIT;
    struct str card = STR_INIT, scores = STR_INIT;
    enum status rc = read_text(settings->card, &text, err);
    if (!rc)
        rc = read_text(settings->rules, &rules, err);
    if (!rc) {
        training_write(training, span_of(""), str_span(&rules), &file);
        rc = run_tests(&scores, str_span(&file), &settings->tests, err);
    }
    if (!rc) {
        str_clear(&file);
        fill_card(&card, str_span(&text), settings->date, str_span(&scores));
        training_write(training, str_span(&card), str_span(&rules), &file);
        rc = file_replace(settings->output, str_span(&file), err);
    }
    if (!rc && settings->card_output)
        rc = file_replace(settings->card_output, str_span(&card), err);
    if (!rc)
        printf("%s%s: %zu bytes\n", scores.size ? scores.data : "",
               settings->output, file.size);
    str_release(&file);
    str_release(&text);
    str_release(&rules);
    str_release(&card);
    str_release(&scores);
    return rc;
}

static enum status run(const struct settings *settings, char **files,
                       struct error *err)
{
    if (!settings->output || !settings->classes || !*files)
        return error_set(err, STATUS_USAGE,
                         "what to write (--output), word classes (--classes) "
                         "and annotated files are needed; see --help");
    struct training_options options = TRAINING_OPTIONS_INIT;
    options.rounds = (unsigned)settings->rounds;
    options.capitals = (unsigned)settings->capitals;
    options.headlines = (unsigned)settings->headlines;
    options.scale = (unsigned)settings->scale;
    set_real(&options.decay, settings->decay);
    set_real(&options.rate, settings->rate);
    set_real(&options.weight_min, settings->weight_min);
    struct training *training = training_new(&options);
    enum status rc = train(training, settings, files, err);
    if (!rc)
        rc = write_model(training, settings, err);
    training_free(training);
    return rc;
}

static void print_help(void)
{
    struct str help = STR_INIT;
    str_add_text(
        &help, "usage: newsidx-train-names -o MODEL --classes FILE [OPTION]... "
               "FILE[:STYLE][:PERCENT]...\n\n");
    options_help(specs, &help);
    fputs(help.data, stdout);
    str_release(&help);
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
    if (!rc && settings.help)
        print_help();
    else if (!rc)
        rc = run(&settings, argv + rest, &err);
    option_list_release(&settings.tests);
    if (rc)
        fprintf(stderr, "newsidx-train-names: %s\n", err.message);
    return status_exit_code(rc);
}
