/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/training.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/memory.h"
#include "indexer/names/context.h"
#include "indexer/names/dictionary.h"
#include "indexer/names/features.h"
#include "indexer/names/learner.h"
#include "indexer/names/lexicon_files.h"
#include "indexer/names/model_file.h"
#include "text/unicode.h"

/* Set in a feature that still has its number in the dictionary. */
#define FRESH (UINT32_C(1) << 31)

/* One article as it is read: its runs follow each other in the samples. */
struct reading {
    struct name_tokens tokens;
    uint8_t *labels; /* of the first reading */
    size_t first_run, run_count;
    struct run *runs;
};

/* A run's tokens and two on each side, viewed. */
struct viewed_run {
    struct word_view storage[RUN_MAX + 8];
    const struct word_view *views[RUN_MAX + 8];
    struct span words[RUN_MAX + 8];
    struct phrase_marks phrases[RUN_MAX + 4];
};

struct training {
    struct training_options options;
    struct arena *memory;
    struct lexicon lexicon;
    struct dictionary dictionary;
    uint64_t *features; /* by number, once the rare ones are dropped */
    size_t feature_count;
    struct samples samples;
    struct viewed_run viewed;
    struct reading *readings;
    size_t reading_count, reading_capacity;
    size_t article_count;
    struct learned learned;
};

struct training *training_new(const struct training_options *options)
{
    struct training *training = memory_new(1, sizeof(*training));
    training->options = *options;
    training->memory = arena_new();
    return training;
}

void training_free(struct training *training)
{
    if (!training)
        return;
    for (size_t i = 0; i < training->reading_count; i++) {
        name_tokens_release(&training->readings[i].tokens);
        free(training->readings[i].labels);
        free(training->readings[i].runs);
    }
    free(training->readings);
    dictionary_release(&training->dictionary);
    free(training->features);
    samples_release(&training->samples);
    learned_release(&training->learned);
    arena_free(training->memory);
    free(training);
}

enum status training_add_classes(struct training *training, const char *path,
                                 struct error *err)
{
    return lexicon_read_classes(&training->lexicon, path, training->memory,
                                err);
}

enum status training_add_lists(struct training *training, const char *path,
                               struct error *err)
{
    return lexicon_read_lists(&training->lexicon, path, training->memory, err);
}

/* ---- Samples ---------------------------------------------------------- */

static void add_features(struct training *training, const uint64_t *features,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        samples_add_feature(
            &training->samples,
            FRESH | dictionary_add(&training->dictionary, features[i]));
}

static void view_token(struct training *training, struct viewed_run *viewed,
                       size_t place, const struct name_tokens *tokens,
                       struct span text, size_t at, int offset)
{
    size_t i = run_neighbour(tokens, at, offset);
    viewed->views[place] = &word_view_none;
    viewed->words[place] = (struct span){ NULL, 0 };
    if (i == SIZE_MAX || tokens->items[i].flags & NAME_TOKEN_APART)
        return;
    viewed->words[place] = name_token_span(&tokens->items[i], text);
    word_view(&viewed->storage[place], &training->lexicon,
              viewed->words[place]);
    viewed->views[place] = &viewed->storage[place];
}

static void view_run(struct training *training, struct viewed_run *viewed,
                     const struct name_tokens *tokens, struct span text,
                     struct run run)
{
    size_t count = run.to - run.from;
    view_token(training, viewed, 0, tokens, text, run.from, -2);
    view_token(training, viewed, 1, tokens, text, run.from, -1);
    for (size_t i = 0; i < count; i++)
        view_token(training, viewed, i + 2, tokens, text, run.from + i, 0);
    view_token(training, viewed, count + 2, tokens, text, run.to - 1, 1);
    view_token(training, viewed, count + 3, tokens, text, run.to - 1, 2);
    run_phrases(viewed->phrases, &training->lexicon, viewed->views + 2, count);
}

static void sample_run(struct training *training,
                       const struct name_tokens *tokens, struct span text,
                       struct run run, const uint32_t *allowed)
{
    struct viewed_run *viewed = &training->viewed;
    view_run(training, viewed, tokens, text, run);
    struct run_view view = { tokens, run, viewed->views, viewed->phrases };
    for (size_t i = 0; i < run.to - run.from; i++) {
        uint64_t features[FEATURES_TOKEN_MAX > FEATURES_WORD_MAX
                              ? FEATURES_TOKEN_MAX
                              : FEATURES_WORD_MAX];
        samples_add_token(&training->samples, allowed[run.from + i]);
        for (int offset = 0; offset < FEATURES_OFFSETS; offset++)
            add_features(training, features,
                         features_of_word(features, &training->lexicon,
                                          viewed->views[i + (size_t)offset],
                                          viewed->words[i + (size_t)offset],
                                          offset - FEATURES_OFFSETS / 2));
        add_features(training, features, features_of_token(features, &view, i));
    }
}

/* ---- Articles --------------------------------------------------------- */

static void add_run(struct training *training, struct reading *reading,
                    struct run run, unsigned percent, uint32_t group)
{
    samples_add_run(&training->samples,
                    (struct sample_run){ .count = (uint32_t)(run.to - run.from),
                                         .weight = (float)percent / 100,
                                         .group = group });
    reading->runs =
        memory_resize(reading->runs, reading->run_count + 1, sizeof(run));
    reading->runs[reading->run_count++] = run;
}

static void add_reading(struct training *training,
                        const struct tagged_article *article,
                        struct gold_style style, uint32_t group)
{
    MEMORY_GROW(training->readings, training->reading_count,
                training->reading_capacity);
    struct reading *reading = &training->readings[training->reading_count++];
    *reading = (struct reading){ .tokens = NAME_TOKENS_INIT,
                                 .first_run = training->samples.run_count };
    struct span text = str_span(&article->text);
    name_tokens_read(&reading->tokens, text, 0, SIZE_MAX / 2);
    reading->labels = memory_new(reading->tokens.count + 1, 1);
    struct gold gold;
    gold_read(&gold, article, &reading->tokens, style, &training->lexicon);
    struct run run = { 0, 0 };
    while (run_next(&reading->tokens, run.to, &run)) {
        gold_allow(&gold, run);
        add_run(training, reading, run, style.percent, group);
        sample_run(training, &reading->tokens, text, run, gold.allowed);
    }
    gold_release(&gold);
}

/* Whether the article with this number is among `percent` in a hundred. */
static bool is_chosen(size_t number, unsigned percent, unsigned salt)
{
    return (number * 2654435761u + salt * 40503u) / 65536 % 100 < percent;
}

enum status training_add(struct training *training, const char *path,
                         struct gold_style style, struct error *err)
{
    struct tagged tagged = TAGGED_INIT;
    enum status rc = tagged_read(&tagged, path, err);
    for (size_t i = 0; !rc && i < tagged.count; i++) {
        struct tagged_article *article = &tagged.articles[i];
        size_t number = training->article_count++;
        uint32_t group = (uint32_t)(number % training->options.folds);
        add_reading(training, article, style, group);
        if (is_chosen(number, training->options.capitals, 1)) {
            tagged_set_capitals(article);
            add_reading(training, article, style, group);
        } else if (is_chosen(number, training->options.headlines, 2)) {
            tagged_set_headline(article);
            add_reading(training, article, style, group);
        }
    }
    tagged_release(&tagged);
    return rc;
}

/* ---- Learning --------------------------------------------------------- */

/* Drop the features from `from` on that are seen too seldom, in the samples
 * from the token `first` on too, and number the others anew. */
static void drop_rare(struct training *training, size_t first_token)
{
    struct dictionary *dictionary = &training->dictionary;
    struct samples *samples = &training->samples;
    uint32_t *numbers = memory_new(dictionary->count + 1, sizeof(*numbers));
    training->features = memory_resize(
        training->features, training->feature_count + dictionary->count + 1,
        sizeof(*training->features));
    for (size_t i = 0; i < dictionary->count; i++) {
        numbers[i] = UINT32_MAX;
        if (dictionary->seen[i] < training->options.seen_min)
            continue;
        numbers[i] = (uint32_t)training->feature_count;
        training->features[training->feature_count++] = dictionary->features[i];
    }
    size_t kept = samples->tokens[first_token].first;
    for (size_t i = first_token; i < samples->token_count; i++) {
        struct sample_token *token = &samples->tokens[i];
        size_t from = token->first, count = token->count;
        token->first = (uint32_t)kept;
        for (size_t j = from; j < from + count; j++) {
            uint32_t feature = samples->features[j];
            if (feature & FRESH)
                feature = numbers[feature & ~FRESH];
            if (feature != UINT32_MAX)
                samples->features[kept++] = feature;
        }
        token->count = (uint32_t)kept - token->first;
    }
    samples->feature_count = kept;
    free(numbers);
    dictionary_release(dictionary);
}

static void label_run(struct training *training, const struct learned *learned,
                      const struct sample_run *run,
                      const struct crf_transitions *transitions,
                      uint8_t *labels)
{
    struct crf_scores scores[RUN_MAX + 4];
    struct crf_step steps[RUN_MAX + 4];
    for (size_t i = 0; i < run->count; i++)
        learned_score(&scores[i], learned, &training->samples,
                      &training->samples.tokens[run->first + i],
                      training->options.scale);
    crf_decode(labels, NULL, steps, scores, run->count, transitions);
}

/* The first reading of the articles of a group, by weights that were learned
 * from the others. */
static void label_group(struct training *training, uint32_t group)
{
    struct learned learned;
    struct crf_transitions transitions;
    struct learner_options options = { training->options.first_rounds,
                                       training->options.decay,
                                       training->options.rate, group };
    learn(&learned, &training->samples, training->feature_count, &options);
    learned_transitions(&transitions, &learned, training->options.scale);
    for (size_t i = 0; i < training->reading_count; i++) {
        struct reading *reading = &training->readings[i];
        const struct sample_run *runs =
            training->samples.runs + reading->first_run;
        if (!reading->run_count || runs[0].group != group)
            continue;
        for (size_t j = 0; j < reading->run_count; j++)
            label_run(training, &learned, &runs[j], &transitions,
                      reading->labels + reading->runs[j].from);
    }
    learned_release(&learned);
}

static void copy_token(struct samples *samples, struct sample_token token)
{
    samples_add_token(samples, token.allowed);
    for (uint32_t i = 0; i < token.count; i++)
        samples_add_feature(samples, samples->features[token.first + i]);
}

/* The runs of a reading once more, with what its context says of them. */
static void add_second(struct training *training, struct reading *reading,
                       struct context *context)
{
    struct samples *samples = &training->samples;
    context_begin(context, reading->runs, reading->run_count);
    for (size_t i = 0; i < reading->run_count; i++)
        context_add(context, &reading->tokens, reading->runs[i],
                    reading->labels);
    context_add_lower(context, &reading->tokens);
    for (size_t i = 0; i < reading->run_count; i++) {
        struct run run = reading->runs[i];
        struct sample_run first = samples->runs[reading->first_run + i];
        samples_add_run(samples, first);
        for (size_t j = 0; j < first.count; j++) {
            uint64_t features[CONTEXT_FEATURES_MAX];
            copy_token(samples, samples->tokens[first.first + j]);
            add_features(training, features,
                         context_features(features, context, &reading->tokens,
                                          run, reading->labels, j));
        }
    }
}

void training_run(struct training *training)
{
    drop_rare(training, 0);
    for (uint32_t group = 0; group < training->options.folds; group++)
        label_group(training, group);
    size_t first_token = training->samples.token_count;
    struct context context = CONTEXT_INIT;
    for (size_t i = 0; i < training->reading_count; i++)
        add_second(training, &training->readings[i], &context);
    context_release(&context);
    drop_rare(training, first_token);
    struct learner_options options = { training->options.rounds,
                                       training->options.decay,
                                       training->options.rate, LEARN_ALL };
    learn(&training->learned, &training->samples, training->feature_count,
          &options);
}

/* ---- The model -------------------------------------------------------- */

static int8_t to_cell(float weight, unsigned scale)
{
    double units = (double)weight * scale;
    units = units < 0 ? units - 0.5 : units + 0.5;
    return (int8_t)(units > 127 ? 127 : units < -127 ? -127 : units);
}

static bool is_kept(const struct training *training, size_t feature)
{
    const float *row = training->learned.weights + feature * CRF_LANES;
    for (int lane = 0; lane < CRF_LANES; lane++)
        if ((double)fabsf(row[lane]) > training->options.weight_min)
            return true;
    return false;
}

static void write_rows(struct training *training, struct str *fingerprints,
                       struct str *rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < training->feature_count; i++)
        kept += is_kept(training, i);
    uint32_t capacity = (uint32_t)(kept + kept / 4 + 16);
    uint32_t *marks = memory_new(capacity, sizeof(*marks));
    struct model_row *cells = memory_new(capacity, sizeof(*cells));
    for (size_t i = 0; i < training->feature_count; i++) {
        if (!is_kept(training, i))
            continue;
        uint64_t feature = training->features[i];
        uint32_t place = model_row_place(marks, capacity, feature);
        marks[place] = model_fingerprint(feature);
        for (int lane = 0; lane < CRF_LANES; lane++)
            cells[place].lanes[lane] =
                to_cell(training->learned.weights[i * CRF_LANES + (size_t)lane],
                        training->options.scale);
    }
    str_add(fingerprints,
            (struct span){ (char *)marks, capacity * sizeof(*marks) });
    str_add(rows, (struct span){ (char *)cells, capacity * sizeof(*cells) });
    free(marks);
    free(cells);
}

static struct span table_span(const struct lexicon_table *table)
{
    return (struct span){ (const char *)table->cells,
                          table->capacity * sizeof(*table->cells) };
}

void training_write(struct training *training, struct span card,
                    struct span rules, struct str *out)
{
    struct str fingerprints = STR_INIT, rows = STR_INIT;
    struct crf_transitions transitions;
    uint32_t scale = training->options.scale;
    learned_transitions(&transitions, &training->learned, scale);
    write_rows(training, &fingerprints, &rows);
    struct span sections[MODEL_SECTIONS] = {
        [MODEL_CARD] = card,
        [MODEL_RULES] = rules,
        [MODEL_SCALE] = { (const char *)&scale, sizeof(scale) },
        [MODEL_TRANSITIONS] = { (const char *)&transitions,
                                sizeof(transitions) },
        [MODEL_FINGERPRINTS] = str_span(&fingerprints),
        [MODEL_ROWS] = str_span(&rows),
        [MODEL_CLASSES] = table_span(&training->lexicon.classes),
        [MODEL_WORDS] = table_span(&training->lexicon.words),
        [MODEL_PHRASES] = table_span(&training->lexicon.phrases),
        [MODEL_PATHS] = { (const char *)training->lexicon.paths,
                          LEXICON_CLASSES * sizeof(uint32_t) },
    };
    model_write(out, sections);
    str_release(&fingerprints);
    str_release(&rows);
}
