/* SPDX-License-Identifier: GPL-2.0-or-later */
/* newsidx names: the names of an archive, and the user's say in them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "indexer/command.h"
#include "indexer/names/name_lists.h"
#include "indexer/names_choice.h"
#include "indexer/names_kept.h"
#include "indexer/names_print.h"
#include "indexer/names_tally.h"
#include "text/folding.h"

enum {
    LISTED = 50,             /* names of the text output where no limit is */
    OUTPUT_KEPT = 64 * 1024, /* bytes gathered before they are written */
};

static const struct option_spec names_options[] = {
    OPTION_ROW_ARCHIVE,
    { OPTION_SWITCH, '\0', "people", NULL, "people",
      offsetof(struct newsidx_options, people) },
    { OPTION_SWITCH, '\0', "orgs", NULL, "organisations",
      offsetof(struct newsidx_options, orgs) },
    { OPTION_SWITCH, '\0', "places", NULL, "places",
      offsetof(struct newsidx_options, places) },
    { OPTION_TEXT, '\0', "sort", "count|name", "in which order (count)",
      offsetof(struct newsidx_options, sort) },
    { OPTION_TEXT, '\0', "format", "text|tsv|json",
      "how they are printed (text)", offsetof(struct newsidx_options, format) },
    { OPTION_COUNT, 'n', "limit", "N", "at most so many (text: 50; else all)",
      offsetof(struct newsidx_options, limit) },
    { OPTION_SWITCH, '\0', "all", NULL, "all of them, also as text",
      offsetof(struct newsidx_options, all) },
    { OPTION_TEXT, '\0', "merge", "NAME",
      "the names given are NAME, from now on too",
      offsetof(struct newsidx_options, merge) },
    { OPTION_SWITCH, '\0', "stop", NULL,
      "the names given are none, from now on too",
      offsetof(struct newsidx_options, stop_given) },
    { OPTION_TEXT, '\0', "aliases", "FILE",
      "keep these spellings of names with the archive and apply them",
      offsetof(struct newsidx_options, aliases) },
    { OPTION_TEXT, '\0', "stop-names", "FILE",
      "keep these as no names with the archive and apply them",
      offsetof(struct newsidx_options, stop_names) },
    { OPTION_SWITCH, '\0', "apply", NULL,
      "apply the lists that the archive keeps, as after editing them",
      offsetof(struct newsidx_options, apply) },
    OPTION_ROW_WAIT,
    OPTION_ROW_HELP,
    OPTION_TABLE_END,
};

/* The kinds asked for; 0: the user named none. */
static unsigned kinds_of(const struct newsidx_options *options)
{
    return (unsigned)options->people << NAME_PERSON |
           (unsigned)options->orgs << NAME_ORG |
           (unsigned)options->places << NAME_PLACE;
}

/* ---- Listing ---------------------------------------------------------- */

struct listing {
    const struct command_call *call;
    const struct names_format *format;
    enum tally_order order;
    const struct xap_db *db;
    struct tally *tally;
    struct arena *memory;
    struct str data;
    struct str *patterns; /* folded operands */
    enum status rc;
    struct error *err;
};

static bool tally_document(void *payload, uint32_t document)
{
    struct listing *listing = payload;
    unsigned kinds = kinds_of(listing->call->options);
    struct record record;
    arena_reset(listing->memory);
    str_clear(&listing->data);
    listing->rc =
        xap_db_data(listing->db, document, &listing->data, listing->err);
    if (!listing->rc)
        listing->rc = record_decode(&record, str_span(&listing->data),
                                    listing->memory, listing->err);
    if (!listing->rc)
        tally_add(listing->tally, &record, kinds ? kinds : UINT32_MAX);
    if (!listing->rc && *listing->call->stop)
        listing->rc =
            error_set(listing->err, STATUS_INTERRUPTED, "interrupted");
    return !listing->rc;
}

/* Whether each operand begins a word of the name's key. */
static bool is_asked_for(const struct listing *listing,
                         const struct tallied *name)
{
    for (size_t i = 0; i < listing->call->operand_count; i++) {
        struct span pattern = str_span(&listing->patterns[i]);
        size_t at = span_find(name->key, 0, pattern);
        while (at != SIZE_MAX && at && name->key.data[at - 1] != ' ')
            at = span_find(name->key, at + 1, pattern);
        if (at == SIZE_MAX)
            return false;
    }
    return true;
}

static enum status print_names(const struct listing *listing, struct error *err)
{
    const struct command_call *call = listing->call;
    const struct names_format *format = listing->format;
    bool short_list = !call->options->limit && !call->options->all &&
                      format == names_format_find(NULL);
    uint64_t limit = call->options->limit ? call->options->limit
                     : short_list         ? LISTED
                                          : UINT64_MAX;
    size_t count;
    const struct tallied *names =
        tally_sorted(listing->tally, listing->order, &count);
    uint64_t found = 0;
    enum status rc = STATUS_OK;
    str_add_text(call->out, format->head);
    for (size_t i = 0; !rc && i < count; i++) {
        if (!is_asked_for(listing, &names[i]) || ++found > limit)
            continue;
        str_add_text(call->out, found > 1 ? format->separator : "");
        format->print(call->out, &names[i]);
        if (call->out->size > OUTPUT_KEPT)
            rc = command_flush(call, err);
    }
    str_add_text(call->out, format->tail);
    if (short_list && found > limit)
        str_addf(call->out, "... and %" PRIu64 " more; --all shows them\n",
                 found - limit);
    if (!rc && !found)
        rc = error_set(err, STATUS_SKIPPED, "no name matches");
    return rc;
}

static enum status list_names(struct listing *listing, const char *path,
                              struct error *err)
{
    const struct command_call *call = listing->call;
    struct archive *archive;
    enum status rc = archive_open(&archive, path, err);
    if (rc)
        return rc;
    listing->db = archive_db(archive);
    listing->tally = tally_new();
    listing->memory = arena_new();
    struct str patterns[OPTION_LIST_MAX];
    for (size_t i = 0; i < call->operand_count; i++) {
        patterns[i] = (struct str)STR_INIT;
        text_fold(&patterns[i], span_of(call->operands[i]));
    }
    listing->patterns = patterns;
    rc = xap_db_each_document(listing->db, span_of(""), tally_document, listing,
                              err);
    if (!rc)
        rc = listing->rc;
    if (!rc)
        rc = print_names(listing, err);
    for (size_t i = 0; i < call->operand_count; i++)
        str_release(&patterns[i]);
    str_release(&listing->data);
    arena_free(listing->memory);
    tally_free(listing->tally);
    archive_close(archive);
    return rc;
}

/* ---- Changing --------------------------------------------------------- */

/* Lines for the archive's lists. */
struct lines {
    struct str aliases, stops;
};

static void add_line(struct str *out, const char *spelling, const char *name,
                     const char *kind)
{
    str_add_text(out, spelling);
    str_addf(out, "%s%s%s%s\n", name ? "\t" : "", name ? name : "",
             kind ? "\t" : "", kind ? kind : "");
}

static void add_lines(struct str *out, const struct command_call *call,
                      const char *name)
{
    unsigned kinds = kinds_of(call->options);
    for (size_t i = 0; i < call->operand_count; i++) {
        if (!kinds)
            add_line(out, call->operands[i], name, NULL);
        for (int kind = 0; kind < NAME_KIND_COUNT; kind++)
            if (kinds & 1U << kind)
                add_line(out, call->operands[i], name,
                         name_kind_name((enum name_kind)kind));
    }
}

/* What is wrong with a file is told before anything is written. */
static enum status add_file(struct str *out, const char *path,
                            enum status (*check)(struct name_lists *,
                                                 const char *, struct error *),
                            struct error *err)
{
    if (!path)
        return STATUS_OK;
    struct name_lists *lists = name_lists_new();
    enum status rc = check(lists, path, err);
    if (!rc)
        rc = file_read(path, NAME_LISTS_SIZE_MAX, out, err);
    str_add_char(out, '\n');
    name_lists_free(lists);
    return rc;
}

static bool is_one_line(const char *text)
{
    return text[0] && text[0] != '#' && !strpbrk(text, "\t\r\n");
}

static enum status gather_lines(struct lines *lines,
                                const struct command_call *call,
                                struct error *err)
{
    const struct newsidx_options *options = call->options;
    bool named = options->merge || options->stop_given;
    if (options->merge && options->stop_given)
        return error_set(err, STATUS_USAGE,
                         "--merge and --stop cannot be together");
    if (named != (call->operand_count > 0))
        return error_set(err, STATUS_USAGE,
                         named ? "no name is given"
                               : "names are given, but neither --merge nor "
                                 "--stop");
    for (size_t i = 0; i <= call->operand_count; i++) {
        const char *name =
            i < call->operand_count ? call->operands[i] : options->merge;
        if (name && !is_one_line(name))
            return error_set(err, STATUS_USAGE, "'%s' is no name", name);
    }
    enum status rc = add_file(&lines->aliases, options->aliases,
                              name_lists_add_aliases, err);
    if (!rc)
        rc = add_file(&lines->stops, options->stop_names, name_lists_add_stops,
                      err);
    if (!rc && options->merge)
        add_lines(&lines->aliases, call, options->merge);
    if (!rc && options->stop_given)
        add_lines(&lines->stops, call, NULL);
    return rc;
}

/* The lists are kept before they are applied: what is then interrupted is done
 * by the next --apply. */
static enum status change_under_lock(const struct command_call *call,
                                     const char *path,
                                     const struct lines *lines,
                                     struct error *err)
{
    struct archive_writer *writer;
    uint64_t count = 0;
    enum status rc =
        archive_writer_open(&writer, path, (unsigned)call->options->wait, err);
    if (!rc)
        rc = names_keep(path, NAMES_ALIASES_FILE, str_span(&lines->aliases),
                        err);
    if (!rc)
        rc = names_keep(path, NAMES_STOPS_FILE, str_span(&lines->stops), err);
    if (!rc)
        rc = names_kept_apply(writer, path, call->program, call->stop, &count, err);
    if (!rc)
        str_addf(call->out, "%" PRIu64 " article%s changed\n", count,
                 count == 1 ? "" : "s");
    archive_writer_close(writer);
    return rc;
}

static enum status change_names(const struct command_call *call,
                                const char *path, struct error *err)
{
    struct lines lines = { STR_INIT, STR_INIT };
    struct archive *archive = NULL;
    enum status rc = gather_lines(&lines, call, err);
    /* Opened for reading first: this is no reason to create one. */
    if (!rc)
        rc = archive_open(&archive, path, err);
    archive_close(archive);
    if (!rc)
        rc = change_under_lock(call, path, &lines, err);
    str_release(&lines.aliases);
    str_release(&lines.stops);
    return rc;
}

/* ---- The command ------------------------------------------------------ */

static enum status run_names(const struct command_call *call, struct error *err)
{
    const struct newsidx_options *options = call->options;
    struct listing listing = {
        .call = call,
        .format = names_format_find(options->format),
        .data = STR_INIT,
        .err = err,
    };
    if (!listing.format)
        return error_set(err, STATUS_USAGE,
                         "--format is text, tsv or json, not '%s'",
                         options->format);
    if (options->sort && !strcmp(options->sort, "name"))
        listing.order = TALLY_BY_NAME;
    else if (options->sort && strcmp(options->sort, "count"))
        return error_set(err, STATUS_USAGE, "--sort is count or name, not '%s'",
                         options->sort);
    char *path = command_archive(call);
    bool changes = options->merge || options->stop_given || options->aliases ||
                   options->stop_names || options->apply;
    enum status rc = changes ? change_names(call, path, err)
                             : list_names(&listing, path, err);
    free(path);
    return rc;
}

const struct command command_names = {
    .name = "names",
    .usage = "[OPTION]... [NAME]...",
    .summary = "list the names of an archive, merge them, take wrong ones out",
    .options = names_options,
    .operands_max = OPTION_LIST_MAX,
    .run = run_names,
};
