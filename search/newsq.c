/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "search/explain.h"
#include "search/export.h"
#include "search/like.h"
#include "search/match_dates.h"
#include "search/newsq_options.h"
#include "search/suggest.h"
#include "search/terminal.h"
#include "search/terms.h"

struct run {
    struct newsq_options options;
    struct span query;                /* the operands with blanks between */
    struct query_node *tree, *filter; /* of the query, of the options */
    struct terminal terminal;
    struct arena *memory;
    struct str *out;
    struct error *err;
};

static enum status choose_today(const char *text, int32_t *out,
                                struct error *err)
{
    struct date date;
    date_of_epoch(&date, (int64_t)time(NULL));
    if (text && !date_parse(&date, span_of(text), DATE_ORDER_ONE))
        return error_set(err, STATUS_USAGE, "--today: '%s' is no date", text);
    *out = date.day;
    return STATUS_OK;
}

/* Show where a query is wrong. */
static void point(const struct run *run, enum status rc, uint32_t column)
{
    struct str out = STR_INIT;
    if (rc == STATUS_BAD_QUERY && column) {
        query_point(&out, run->query, column);
        fputs(out.data, stderr);
    }
    str_release(&out);
}

/* ---- Asking ----------------------------------------------------------- */

static enum status read_question(struct run *run, struct question *out)
{
    const struct newsq_options *options = &run->options;
    struct query_settings settings = {
        .repair =
            !options->strict && isatty(STDERR_FILENO) && run->terminal.is_one,
    };
    struct query_report report = QUERY_REPORT_INIT;
    struct query_node *tree = NULL, *filter = NULL;
    enum status rc = choose_today(options->today, &settings.today, run->err);
    if (!rc)
        rc = query_parse(&tree, run->query, &settings, run->memory, &report,
                         run->err);
    point(run, rc, report.column);
    fputs(report.notes.data, stderr);
    str_release(&report.notes);
    if (!rc && !tree && span_trim(run->query).size)
        rc = error_set(run->err, STATUS_BAD_QUERY, "there is no word in '%.*s'",
                       SPAN_ARGS(run->query));
    if (!rc)
        rc = newsq_filter(&filter, options, &settings, run->memory, run->err);
    run->tree = tree;
    run->filter = filter;
    *out = (struct question){
        .text = run->query,
        .tree = tree,
        .filter = filter,
        .offset = (uint32_t)options->offset,
        .limit = (uint32_t)options->limit,
        .insist = options->all,
        .fold = options->fold,
        .count_only = options->count,
    };
    if (!rc)
        rc = newsq_facets(&out->facets, options, run->err);
    /* The names instead of the articles. */
    if (options->who || options->orgs || options->places)
        out->limit = 0;
    if (!rc && options->limit > RESULTS_LIMIT_MAX)
        rc = error_set(run->err, STATUS_USAGE,
                       "--limit is at most %d; --export prints all",
                       RESULTS_LIMIT_MAX);
    if (!rc && options->fold && options->limit > RESULTS_FOLD_LIMIT_MAX)
        rc = error_set(run->err, STATUS_USAGE,
                       "--limit with --fold is at most %d",
                       RESULTS_FOLD_LIMIT_MAX);
    if (!rc)
        rc = newsq_snippet(&out->snippet, options, run->err);
    if (!rc)
        rc =
            newsq_freshness(&out->freshness, options, settings.today, run->err);
    return rc ? rc : newsq_order(&out->order, options->sort, run->err);
}

enum { TIMEOUT_MAX = 3600 }; /* seconds */

static enum status open_archive(struct archive **out,
                                const struct newsq_options *options,
                                struct error *err)
{
    *out = NULL;
    if (options->timeout > TIMEOUT_MAX)
        return error_set(err, STATUS_USAGE, "--timeout is at most %d seconds",
                         TIMEOUT_MAX);
    const struct archive_settings settings = {
        .partial = options->partial,
        .timeout_ms = (unsigned)options->timeout * 1000,
    };
    if (options->archive.count)
        return archive_open_all(out, options->archive.items,
                                options->archive.count, &settings, err);
    char *path = archive_default_path();
    const char *place = path;
    enum status rc = archive_open_all(out, &place, 1, &settings, err);
    free(path);
    return rc;
}

/* A file of text as an article without an id. */
static enum status read_file(struct run *run, struct record *out)
{
    struct str text = STR_INIT, whole = STR_INIT;
    enum status rc =
        file_read(run->options.like_file, LIKE_FILE_SIZE_MAX, &text, run->err);
    utf8_repair(&whole, str_span(&text));
    *out = (struct record){ .text = arena_copy(run->memory, str_span(&whole)) };
    str_release(&text);
    str_release(&whole);
    return rc;
}

/* What is asked for becomes a condition; what is alike is ranked. */
static enum status ask_like(struct run *run, struct archive *archive,
                            struct question *question)
{
    const struct newsq_options *options = &run->options;
    if (!options->like && !options->like_file)
        return STATUS_OK;
    struct record record;
    enum status rc =
        options->like ? results_show(&record, archive, span_of(options->like),
                                     run->memory, run->err)
                      : read_file(run, &record);
    struct query_node *conditions[] = { run->tree, run->filter }, *alike = NULL;
    question->filter = query_all_of(conditions, 2, run->memory);
    if (!rc)
        rc = like_question(&alike, &record, archive_db(archive), run->memory,
                           run->err);
    question->tree = alike;
    if (!rc && !alike)
        rc = error_set(run->err, STATUS_SKIPPED,
                       "no word of '%s' tells it from other articles",
                       options->like ? options->like : options->like_file);
    return rc;
}

/* Another question, where this one finds little: also on stderr. */
static void look_for_another(struct run *run, struct archive *archive,
                             const struct question *question,
                             struct results *results)
{
    struct str other = STR_INIT;
    if (run->options.like || run->options.like_file ||
        (results->total >= SUGGEST_BELOW && !results->some))
        return;
    if (!suggest(&other, archive_db(archive), run->query, question->tree,
                 run->memory, NULL) &&
        other.size) {
        results->suggestion = arena_copy(run->memory, str_span(&other));
        fprintf(stderr, "newsq: did you mean %s\n", other.data);
    }
    str_release(&other);
}

static enum status print_results(struct run *run, struct archive *archive,
                                 const struct question *question,
                                 const struct renderer *renderer,
                                 const struct render_options *options)
{
    struct results results;
    uint32_t column = 0;
    enum status rc = results_run(&results, archive, question, run->memory,
                                 &column, run->err);
    point(run, rc, column);
    if (rc)
        return rc;
    fprintf(stderr, "%.*s", SPAN_ARGS(results.notes));
    look_for_another(run, archive, question, &results);
    if (question->count_only) {
        str_addf(run->out, "%lu\n", (unsigned long)results.total);
        return results.total ? STATUS_OK : STATUS_END;
    }
    renderer->head(run->out, &results, options);
    for (size_t i = 0; i < results.count; i++)
        renderer->hit(run->out, &results.hits[i], i + 1 == results.count,
                      options);
    renderer->tail(run->out, &results, options);
    return results.total || results.count ? STATUS_OK : STATUS_END;
}

static enum status print_article(struct run *run, struct archive *archive,
                                 const struct question *question,
                                 const struct renderer *renderer,
                                 const struct render_options *options)
{
    struct record record;
    enum status rc = results_show(&record, archive, span_of(run->options.show),
                                  run->memory, run->err);
    if (rc)
        return rc;
    struct matcher *matcher =
        matcher_new(question->tree, question->filter, record.language);
    struct found_list found;
    matcher_run(matcher, record.text, record.title_size, run->memory, &found);
    match_dates(&found, question->tree, question->filter, &record, run->memory);
    renderer->article(run->out, &record, &found, options);
    matcher_free(matcher);
    return STATUS_OK;
}

static enum status print_explanation(struct run *run, struct archive *archive,
                                     struct question *question)
{
    uint32_t column = 0;
    enum status rc = explain_question(run->out, archive, question, run->memory,
                                      &column, run->err);
    point(run, rc, column);
    return rc;
}

static enum status print_terms(struct run *run, struct archive *archive,
                               struct question *question)
{
    (void)question;
    struct term_list list;
    enum status rc =
        terms_find(&list, archive_db(archive), span_of(run->options.terms),
                   (size_t)run->options.limit, run->memory, run->err);
    if (!rc)
        rc = terms_print(run->out, &list, run->options.format, run->err);
    return rc || list.count ? rc : STATUS_END;
}

static enum status write_out(void *payload, struct span bytes,
                             struct error *err)
{
    if (fwrite(bytes.data, 1, bytes.size, payload) < bytes.size)
        return error_set_errno(err, "cannot write to standard output");
    return STATUS_OK;
}

static enum status write_rest(struct error *err)
{
    return fflush(stdout)
               ? error_set_errno(err, "cannot write to standard output")
               : STATUS_OK;
}

static enum status print_export(struct run *run, struct archive *archive,
                                const struct question *question)
{
    const struct export_format *format;
    uint64_t count = 0;
    uint32_t column = 0;
    enum status rc = export_format_find(&format, run->options.export, run->err);
    if (!rc)
        rc = export_run(&count, archive, question, format, write_out, stdout,
                        &column, run->err);
    point(run, rc, column);
    if (!rc)
        rc = write_rest(run->err);
    return rc || count ? rc : STATUS_END;
}

/* A way to answer. */
typedef enum status answering(struct run *run, struct archive *archive,
                              struct question *question);

struct answer {
    answering *how;
    struct run *run;
    struct archive *archive;
    struct question *question;
    size_t before; /* of the output: what comes behind is taken back */
};

static enum status answer_anew(void *payload)
{
    const struct answer *answer = payload;
    str_cut(answer->run->out, answer->before);
    return answer->how(answer->run, answer->archive, answer->question);
}

static enum status steadily(answering *how, struct run *run,
                            struct archive *archive, struct question *question)
{
    struct answer answer = { how, run, archive, question, run->out->size };
    return archive_ask(archive, answer_anew, &answer, run->err);
}

/* What an answer of any kind is without. */
static void tell_missing(const struct archive *archive)
{
    for (size_t i = 0; i < archive_missing_count(archive); i++)
        fprintf(stderr, "newsq: %s does not answer; what it holds is missing\n",
                archive_missing(archive, i));
}

static enum status ask(struct run *run)
{
    const struct newsq_options *options = &run->options;
    const struct renderer *renderer =
        options->format ? renderer_by_name(options->format) : renderers[0];
    if (!renderer)
        return error_set(run->err, STATUS_USAGE,
                         "--format is text, json, jsonl, tsv or ids, not "
                         "'%s'",
                         options->format);
    enum status rc = terminal_look(&run->terminal, options->colour,
                                   options->links, run->err);
    struct render_options render = { .colour = run->terminal.colour,
                                     .links = run->terminal.links,
                                     .width = run->terminal.width,
                                     .query = run->query,
                                     .offset = (uint32_t)options->offset,
                                     .numbered = options->passages != NULL };
    struct question question;
    if (!rc)
        rc = read_question(run, &question);
    if (rc)
        return rc;
    /* Tables of counts take the place of the table of hits. */
    if (renderer == &renderer_tsv &&
        (question.facets.count || question.facets.timeline))
        question.limit = 0;
    struct archive *archive;
    rc = open_archive(&archive, options, run->err);
    if (rc == STATUS_IO) /* an archive that cannot be read is none */
        rc = STATUS_NOT_FOUND;
    if (!rc)
        rc = steadily(ask_like, run, archive, &question);
    if (!rc && options->explain)
        rc = steadily(print_explanation, run, archive, &question);
    else if (!rc && options->terms)
        rc = steadily(print_terms, run, archive, &question);
    else if (!rc && options->export)
        rc = print_export(run, archive, &question);
    else if (!rc && options->show)
        rc = print_article(run, archive, &question, renderer, &render);
    else if (!rc)
        rc = print_results(run, archive, &question, renderer, &render);
    if (rc == STATUS_UNREACHABLE && archive)
        archive_blame(archive, run->err);
    if (rc == STATUS_CORRUPT && archive)
        error_context(run->err, "the archive is damaged; 'newsidx check' says "
                                "where");
    if (!rc || rc == STATUS_END)
        tell_missing(archive);
    archive_close(archive);
    return rc;
}

/* ---- Main ------------------------------------------------------------- */

static void print_fields(struct str *out)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        str_addf(out, "%-11s %-36s %s\n", schema_fields[i].name,
                 schema_fields[i].summary, schema_fields[i].example);
}

static enum status obey(struct run *run, int argc, char **argv)
{
    int rest;
    enum status rc =
        options_parse(newsq_specs, &run->options, argc, argv, &rest, run->err);
    if (rc)
        return rc;
    struct str query = STR_INIT;
    for (int i = rest; i < argc; i++)
        str_addf(&query, "%s%s", i > rest ? " " : "", argv[i]);
    run->query = arena_copy(run->memory, str_span(&query));
    str_release(&query);
    if (run->options.help)
        newsq_help(run->out);
    else if (run->options.version)
        str_addf(run->out, "newsq %s (libxapian %s)\n", NEWS_VERSION,
                 xap_version());
    else if (run->options.fields)
        print_fields(run->out);
    else if (argc == 1)
        return error_set(run->err, STATUS_USAGE,
                         "what to look for is missing; see 'newsq --help'");
    else
        return ask(run);
    return STATUS_OK;
}

int main(int argc, char **argv)
{
    struct str out = STR_INIT;
    struct error err = ERROR_INIT;
    struct run run = { .options = NEWSQ_OPTIONS_INIT,
                       .memory = arena_new(),
                       .out = &out,
                       .err = &err };
    enum status rc = obey(&run, argc, argv);
    int code = rc == STATUS_END ? 1 : status_exit_code(rc);
    if (rc && rc != STATUS_END)
        fprintf(stderr, "newsq: %s\n", err.message);
    /* What is found is written at once, so a reader that has seen enough
     * (`newsq ... | head`) ends us quietly by SIGPIPE. */
    if (terminal_print(&run.terminal, str_span(&out), !run.options.no_pager,
                       &err) &&
        code <= 1) {
        fprintf(stderr, "newsq: %s\n", err.message);
        code = status_exit_code(err.status);
    }
    newsq_options_release(&run.options);
    arena_free(run.memory);
    str_release(&out);
    return code;
}
