/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV (RFC 4180), JSON lines, BibTeX and RIS. */
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "search/export.h"
#include "search/render.h"

/* ---- CSV -------------------------------------------------------------- */

/* Always quoted, so that no reader takes a value for something else. */
static void add_quoted(struct str *out, struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            str_add_char(out, '"');
        if (text.data[i])
            str_add_char(out, text.data[i]);
    }
}

static void csv_text(struct str *out, struct span text)
{
    if (!text.size)
        return;
    str_add_char(out, '"');
    add_quoted(out, text);
    str_add_char(out, '"');
}

static void csv_list(struct str *out, struct record_list list)
{
    if (!list.count)
        return;
    str_add_char(out, '"');
    for (size_t i = 0; i < list.count; i++) {
        str_add_text(out, i ? "; " : "");
        add_quoted(out, list.items[i]);
    }
    str_add_char(out, '"');
}

static void csv_names(struct str *out, const struct names *names,
                      enum name_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (names->items[i].kind != kind)
            continue;
        str_add_text(out, count++ ? "; " : "\"");
        add_quoted(out, names->items[i].form);
    }
    if (count)
        str_add_char(out, '"');
}

static void csv_article(struct str *out, const struct record *record)
{
    csv_text(out, record->collection);
    str_add_char(out, ',');
    csv_text(out, record->id);
    str_add_char(out, ',');
    date_add(out, record->date);
    const struct span texts[] = { record_title(record), record->source,
                                  record->section,      record->language,
                                  record->url,          record->summary };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        str_add_char(out, ',');
        csv_text(out, texts[i]);
    }
    str_add_char(out, ',');
    csv_list(out, record->authors);
    str_add_char(out, ',');
    csv_list(out, record->topics);
    for (int kind = 0; kind < NAME_KIND_COUNT; kind++) {
        str_add_char(out, ',');
        csv_names(out, &record->names, (enum name_kind)kind);
    }
    str_add_char(out, ',');
    csv_text(out, record_body(record));
    str_add_text(out, "\r\n");
}

static const struct export_format csv = {
    .name = "csv",
    .head = "collection,id,date,title,source,section,language,url,summary,"
            "authors,topics,people,organisations,places,text\r\n",
    .article = csv_article,
};

/* ---- JSON lines ------------------------------------------------------- */

static void jsonl_article(struct str *out, const struct record *record)
{
    const struct found_list found = { NULL, 0 };
    const struct render_options options = { .width = 80 };
    renderer_jsonl.article(out, record, &found, &options);
}

static const struct export_format jsonl = {
    .name = "jsonl",
    .head = "",
    .article = jsonl_article,
};

/* ---- Values of one line ----------------------------------------------- */

/* C0, C1, and the separators of lines and paragraphs. */
static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
           code == 0x2029;
}

/* Controls become blanks; what `escape` has a text for is replaced by it. */
static void add_line(struct str *out, struct span text,
                     const char *(*escape)(char c))
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = utf8_decode(text, at, &code);
        const char *instead = size == 1 ? escape(text.data[at]) : NULL;
        if (!size)
            utf8_add(out, UTF8_REPLACEMENT);
        else if (is_control(code))
            str_add_char(out, ' ');
        else if (instead)
            str_add_text(out, instead);
        else
            str_add(out, span_slice(text, at, at + size));
        at += size ? size : 1;
    }
}

static bool has_date(const struct record *record, int *year, int *month,
                     int *day)
{
    enum date_precision precision = record->date.precision;
    if (precision == DATE_NONE)
        return false;
    date_civil(record->date.day, year, month, day);
    if (precision < DATE_MONTH)
        *month = 0;
    if (precision < DATE_DAY)
        *day = 0;
    return true;
}

/* ---- BibTeX ----------------------------------------------------------- */

static const char *escape_tex(char c)
{
    switch (c) {
    case '\\': return "\\textbackslash{}";
    case '{': return "\\{";
    case '}': return "\\}";
    case '#': return "\\#";
    case '$': return "\\$";
    case '%': return "\\%";
    case '&': return "\\&";
    case '_': return "\\_";
    case '~': return "\\textasciitilde{}";
    case '^': return "\\textasciicircum{}";
    case '"': return "{\"}";
    default: return NULL;
    }
}

/* A url stands as it is, but for what would end the field. */
static const char *escape_url(char c)
{
    switch (c) {
    case '\\': return "%5C";
    case '{': return "%7B";
    case '}': return "%7D";
    case '"': return "%22";
    case ' ': return "%20";
    default: return NULL;
    }
}

static bool is_key(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/' ||
           c == ':' || c == '+';
}

enum { KEY_SIZE_MAX = 100 };

/* Keys that had to be changed end in a hash of what they stand for. */
static void add_key(struct str *out, const struct record *record)
{
    struct str key = STR_INIT;
    str_addf(&key, "%.*s/", SPAN_ARGS(record->collection));
    str_add(&key, record->id);
    uint64_t hash = span_hash(str_span(&key), 0);
    bool changed = key.size > KEY_SIZE_MAX;
    if (changed)
        str_cut(&key, KEY_SIZE_MAX);
    for (size_t i = 0; i < key.size; i++) {
        bool good = is_key(key.data[i]);
        str_add_char(out, good ? key.data[i] : '-');
        changed = changed || !good;
    }
    if (changed)
        str_addf(out, "+%016" PRIx64, hash);
    str_release(&key);
}

static void bibtex_field(struct str *out, const char *name, struct span value)
{
    if (!value.size)
        return;
    str_addf(out, "  %s = {", name);
    add_line(out, value, strcmp(name, "url") ? escape_tex : escape_url);
    str_add_text(out, "},\n");
}

/* Each name is one word to BibTeX, whatever is in it. */
static void bibtex_list(struct str *out, const char *name, const char *between,
                        const char *open, const char *close,
                        struct record_list list)
{
    for (size_t i = 0; i < list.count; i++) {
        if (!i)
            str_addf(out, "  %s = {", name);
        str_addf(out, "%s%s", i ? between : "", open);
        add_line(out, list.items[i], escape_tex);
        str_add_text(out, close);
    }
    if (list.count)
        str_add_text(out, "},\n");
}

static void bibtex_article(struct str *out, const struct record *record)
{
    int year, month, day;
    str_add_text(out, "@article{");
    add_key(out, record);
    str_add_text(out, ",\n");
    if (record_title(record).size) {
        str_add_text(out, "  title = {{");
        add_line(out, record_title(record), escape_tex);
        str_add_text(out, "}},\n");
    }
    bibtex_list(out, "author", " and ", "{", "}", record->authors);
    bibtex_field(out, "journal", record->source);
    if (has_date(record, &year, &month, &day)) {
        str_addf(out, "  year = {%04d},\n", year);
        if (month)
            str_addf(out, "  month = {%d},\n", month);
        if (day)
            str_addf(out, "  day = {%d},\n", day);
    }
    bibtex_field(out, "url", record->url);
    bibtex_field(out, "language", record->language);
    bibtex_list(out, "keywords", ", ", "", "", record->topics);
    bibtex_field(out, "abstract", record->summary);
    str_add_text(out, "}\n\n");
}

static const struct export_format bibtex = {
    .name = "bibtex",
    .head = "",
    .article = bibtex_article,
};

/* ---- RIS -------------------------------------------------------------- */

static const char *escape_none(char c)
{
    (void)c;
    return NULL;
}

/* RIS forbids the asterisk in names, keywords and periodicals. */
static const char *escape_asterisk(char c)
{
    return c == '*' ? " " : NULL;
}

static void ris_field(struct str *out, const char *tag, struct span value)
{
    bool strict =
        !strcmp(tag, "AU") || !strcmp(tag, "KW") || !strcmp(tag, "JF");
    if (!value.size)
        return;
    str_addf(out, "%s  - ", tag);
    add_line(out, value, strict ? escape_asterisk : escape_none);
    str_add_text(out, "\r\n");
}

static void ris_list(struct str *out, const char *tag, struct record_list list)
{
    for (size_t i = 0; i < list.count; i++)
        ris_field(out, tag, list.items[i]);
}

static void ris_article(struct str *out, const struct record *record)
{
    int year, month, day;
    str_add_text(out, "TY  - NEWS\r\n");
    ris_field(out, "TI", record_title(record));
    ris_list(out, "AU", record->authors);
    ris_field(out, "JF", record->source);
    ris_field(out, "SE", record->section);
    if (has_date(record, &year, &month, &day)) {
        str_addf(out, "PY  - %04d\r\nDA  - %04d/", year, year);
        if (month)
            str_addf(out, "%02d", month);
        str_add_char(out, '/');
        if (day)
            str_addf(out, "%02d", day);
        str_add_text(out, "/\r\n");
    }
    ris_field(out, "UR", record->url);
    ris_field(out, "LA", record->language);
    ris_list(out, "KW", record->topics);
    ris_field(out, "AB", record->summary);
    ris_field(out, "DB", record->collection);
    ris_field(out, "ID", record->id);
    str_add_text(out, "ER  - \r\n\r\n");
}

static const struct export_format ris = {
    .name = "ris",
    .head = "",
    .article = ris_article,
};

/* ---- The table -------------------------------------------------------- */

const struct export_format *const export_formats[] = { &csv, &jsonl, &bibtex,
                                                       &ris, NULL };

enum status export_format_find(const struct export_format **out,
                               const char *name, struct error *err)
{
    for (size_t i = 0; export_formats[i]; i++) {
        *out = export_formats[i];
        if (!strcmp((*out)->name, name))
            return STATUS_OK;
    }
    *out = NULL;
    return error_set(err, STATUS_USAGE,
                     "--export is csv, jsonl, bibtex or ris, not '%s'", name);
}
