/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx probe: what each file would be read as, and its first article. */
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "corpus/members.h"
#include "indexer/command.h"
#include "indexer/input_choice.h"

enum {
    MEMBERS_SHOWN = 10,    /* of an archive */
    RECORDS_TRIED = 1000,  /* until one is an article */
    VALUES_SHOWN = 5,      /* of a field that repeats */
    VALUE_SHOWN_MAX = 300, /* bytes of a value */
};

static const struct option_spec probe_options[] = {
    { OPTION_TEXT, 'f', "format", "NAME", "read every file as this format",
      offsetof(struct newsidx_options, format) },
    OPTION_ROW_MAP,
    OPTION_ROW_DATE_ORDER,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

/* One line of a value; paragraphs as blanks. */
static void add_value(struct str *out, const char *name, struct span value)
{
    size_t shown = utf8_floor(value, VALUE_SHOWN_MAX);
    size_t start = out->size;
    str_addf(out, "  %-10s %.*s", name, SPAN_ARGS(span_slice(value, 0, shown)));
    for (size_t i = start; i < out->size; i++)
        if (out->data[i] == '\n')
            out->data[i] = ' ';
    if (shown < value.size)
        str_addf(out, "... (%zu bytes)", value.size);
    str_add_char(out, '\n');
}

static void add_article(struct str *out, const struct article *article)
{
    for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
        const struct article_values *values = &article->values[i];
        const char *name = article_field_name((enum article_field)i);
        if (i == ARTICLE_DATE) {
            struct str date = STR_INIT;
            date_add(&date, article->date);
            if (article_is_ahead(article, (int64_t)time(NULL)))
                str_add_text(&date, " (in the future: not believed)");
            if (date.size)
                add_value(out, name, str_span(&date));
            else if (values->count)
                str_addf(out, "  %-10s not understood: %.*s\n", name,
                         SPAN_ARGS(values->items[0]));
            str_release(&date);
            continue;
        }
        for (size_t j = 0; j < values->count && j < VALUES_SHOWN; j++)
            add_value(out, j ? "" : name, values->items[j]);
        if (values->count > VALUES_SHOWN)
            str_addf(out, "  %-10s and %zu more\n", "",
                     values->count - VALUES_SHOWN);
    }
    if (article->repaired)
        str_addf(out, "  (%zu characters were repaired)\n", article->repaired);
    if (article->id_made_up)
        str_add_text(out, "  (the corpus gives no id: it is a hash)\n");
}

/* The first record that is an article, and why those before it are none. */
static void show_first(struct str *out, struct input *input)
{
    struct arena *memory = arena_new();
    struct article article;
    struct raw_record raw;
    size_t passed = 0;
    for (int i = 0; i < RECORDS_TRIED; i++) {
        struct error err = ERROR_INIT;
        enum status rc = input_next(input, &raw, &err);
        if (rc == STATUS_END) {
            str_add_text(out, i ? "  no article\n" : "  no records\n");
            break;
        }
        arena_reset(memory);
        if (!rc)
            rc = input_parse(input, &raw, memory, &article, &err);
        if (!rc) {
            if (passed)
                str_addf(out, "  %zu records before it are no articles\n",
                         passed);
            add_article(out, &article);
            break;
        }
        if (!passed++)
            str_addf(out, "  %s: %s\n",
                     rc == STATUS_SKIPPED ? "passed over" : "rejected",
                     err.message);
        if (rc != STATUS_SKIPPED && rc != STATUS_BAD_RECORD &&
            rc != STATUS_TOO_BIG)
            break;
    }
    arena_free(memory);
}

static void probe_member(struct str *out, const struct walk_entry *entry,
                         struct source *source,
                         const struct input_options *options)
{
    struct input *input;
    struct error err = ERROR_INIT;
    if (input_open_source(&input, entry, source, options, &err)) {
        str_addf(out, "%s\n", err.message);
        return;
    }
    const struct format *format = input_format(input);
    str_addf(out, "%s: %s\n", entry->path,
             format ? format->name : "an empty file");
    if (format) {
        str_addf(out, "  %-10s %s\n", "format", format->summary);
        show_first(out, input);
    }
    if (source_damage(input_source(input)))
        str_addf(out, "  damage: %s\n", source_damage(input_source(input)));
    input_release(input);
}

static enum status probe_file(struct str *out, const struct walk_entry *file,
                              const struct input_options *options,
                              struct error *err)
{
    struct members *members;
    enum status rc = members_open(&members, file, err);
    if (rc)
        return rc;
    for (int i = 0;; i++) {
        struct walk_entry entry;
        struct source *source;
        rc = members_next(members, &entry, &source, err);
        if (rc)
            break;
        if (i == MEMBERS_SHOWN) {
            str_addf(out, "%s: and more members\n", file->path);
            source_close(source);
            break;
        }
        probe_member(out, &entry, source, options);
    }
    members_close(members);
    return rc == STATUS_END ? STATUS_OK : rc;
}

static enum status run_probe(const struct command_call *call, struct error *err)
{
    struct field_map_entry entries[INPUT_MAP_MAX];
    struct input_options options = { .format = NULL };
    enum status rc = input_choice(call->options, &options, entries, err);
    if (rc)
        return rc;
    struct walk *walk =
        walk_open((const char *const *)call->operands, call->operand_count);
    enum status result = STATUS_OK;
    struct walk_entry entry;
    while ((rc = walk_next(walk, &entry, err)) != STATUS_END) {
        if (!rc)
            rc = probe_file(call->out, &entry, &options, err);
        if (rc && !result)
            result = rc;
        if (command_flush(call, NULL))
            break;
    }
    walk_close(walk);
    return result;
}

const struct command command_probe = {
    .name = "probe",
    .usage = "[OPTION]... FILE|DIRECTORY|-...",
    .summary = "tell what files are read as, with their first article",
    .options = probe_options,
    .operands_min = 1,
    .operands_max = SIZE_MAX,
    .run = run_probe,
};
