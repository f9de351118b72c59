/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every file of tests/fixtures/FORMAT/ is read and compared with
 * expected/FORMAT.txt, a line for each record: the article as JSON, or why it
 * is none. UPDATE=1 in the environment rewrites the expectations. The same
 * files are then cut off at every byte and damaged at random.
 */
#include <stdlib.h>
#include <zlib.h>

#include "base/file.h"
#include "corpus/input.h"
#include "indexer/record_json.h"
#include "indexer/recording.h"
#include "tests/unit/test.h"

static const struct input_options no_options;

/* A line for each record. */
static size_t read_bytes(struct str *out, const char *path, struct span bytes)
{
    struct input *input;
    struct error err = ERROR_INIT;
    size_t articles = 0;
    if (input_open_bytes(&input, path, bytes, &no_options, &err)) {
        str_addf(out, "cannot be read: %s\n", err.message);
        return 0;
    }
    struct arena *memory = arena_new();
    struct raw_record raw;
    struct article article;
    enum status rc;
    while ((rc = input_next(input, &raw, &err)) != STATUS_END) {
        if (rc && rc != STATUS_BAD_RECORD && rc != STATUS_TOO_BIG)
            break;
        arena_reset(memory);
        if (!rc)
            rc = input_parse(input, &raw, memory, &article, &err);
        if (rc) {
            str_addf(out, "%s\n", err.message);
            continue;
        }
        struct record record;
        record_article(&record, &article, span_of("fixtures"), span_of(path),
                       raw.offset);
        record_json(out, &record);
        str_add_char(out, '\n');
        articles++;
    }
    if (source_damage(input_source(input)))
        str_addf(out, "damage: %s\n", source_damage(input_source(input)));
    arena_free(memory);
    input_release(input);
    return articles;
}

/* Calls `visit` with each fixture's name and bytes. */
static void each_fixture(const char *format,
                         void (*visit)(const char *name, struct span bytes,
                                       void *payload),
                         void *payload)
{
    struct str directory = STR_INIT;
    str_addf(&directory, "fixtures/%s", format);
    const char *path = test_path(directory.data);
    struct walk *walk = walk_open(&path, 1);
    struct walk_entry entry;
    while (walk_next(walk, &entry, NULL) == STATUS_OK) {
        struct str bytes = STR_INIT;
        if (!file_read(entry.path, 1 << 20, &bytes, NULL))
            visit(entry.relative, str_span(&bytes), payload);
        str_release(&bytes);
    }
    walk_close(walk);
    str_release(&directory);
}

static void add_expected(const char *name, struct span bytes, void *payload)
{
    struct str *out = payload;
    str_addf(out, "== %s\n", name);
    read_bytes(out, name, bytes);
}

static const char *const tested[] = {
    "json",         "csv",      "nitf",      "newsml-g2", "newsml1",
    "rcv1",         "feed",     "mediawiki", "factiva",   "factiva-xml",
    "factiva-text", "nexis",    "nexis-uni", "proquest",  "alto",
    "warc",         "arc",      "html",      "reuters",   "trec",
    "didl",         "gale",     "romip",     "anpa",      "iptc7901",
    "mail",         "markdown", "text"
};

TEST(formats_read_their_fixtures)
{
    for (size_t i = 0; i < sizeof(tested) / sizeof(*tested); i++) {
        struct str actual = STR_INIT, expected = STR_INIT, path = STR_INIT;
        each_fixture(tested[i], add_expected, &actual);
        str_addf(&path, "fixtures/expected/%s.txt", tested[i]);
        const char *file = test_path(path.data);
        if (getenv("UPDATE"))
            file_replace(file, str_span(&actual), NULL);
        file_read(file, 1 << 20, &expected, NULL);
        CHECK_STR(actual.data, expected.data);
        str_release(&actual);
        str_release(&expected);
        str_release(&path);
    }
}

/* Exact copies, so that the sanitizer sees a read past the end. */
static void read_copy(const char *name, struct span bytes)
{
    struct str out = STR_INIT;
    char *copy = malloc(bytes.size ? bytes.size : 1);
    if (bytes.size)
        memcpy(copy, bytes.data, bytes.size);
    read_bytes(&out, name, (struct span){ copy, bytes.size });
    free(copy);
    str_release(&out);
}

static void cut_everywhere(const char *name, struct span bytes, void *payload)
{
    (void)payload;
    for (size_t size = 0; size < bytes.size; size++)
        read_copy(name, span_slice(bytes, 0, size));
}

TEST(formats_survive_being_cut_at_every_byte)
{
    for (size_t i = 0; i < sizeof(tested) / sizeof(*tested); i++)
        each_fixture(tested[i], cut_everywhere, NULL);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void flip_some(const char *name, struct span bytes, void *payload)
{
    uint32_t *state = payload;
    for (int round = 0; round < 200 && bytes.size; round++) {
        struct str copy = STR_INIT;
        str_add(&copy, bytes);
        for (int i = 0; i < 8; i++)
            copy.data[next_random(state) % bytes.size] =
                (char)next_random(state);
        read_copy(name, str_span(&copy));
        str_release(&copy);
    }
}

TEST(formats_survive_random_damage)
{
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof(tested) / sizeof(*tested); i++)
        each_fixture(tested[i], flip_some, &state);
}

/* ---- Compressed ------------------------------------------------------- */

static void add_member(struct str *out, struct span bytes)
{
    z_stream stream = { .next_in = NULL };
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    str_reserve(out, bytes.size + 1000);
    stream.next_in = (unsigned char *)bytes.data;
    stream.avail_in = (unsigned)bytes.size;
    stream.next_out = (unsigned char *)out->data + out->size;
    stream.avail_out = (unsigned)(out->capacity - out->size - 1);
    deflate(&stream, Z_FINISH);
    out->size += stream.total_out;
    out->data[out->size] = '\0';
    deflateEnd(&stream);
}

static void make_lines(struct str *out, int from, int to)
{
    for (int i = from; i < to; i++)
        str_addf(out, "{\"id\": \"%d\", \"title\": \"Number %d\"}\n", i, i);
}

TEST(source_reads_all_members_and_names_what_is_behind_them)
{
    struct str lines = STR_INIT, packed = STR_INIT, out = STR_INIT;
    make_lines(&lines, 0, 10);
    add_member(&packed, str_span(&lines));
    add_member(&packed, str_span(&lines));
    CHECK_NUMBER(read_bytes(&out, "x.jsonl.gz", str_span(&packed)), 20);
    CHECK(span_find(str_span(&out), 0, span_of("damage")) == SIZE_MAX);
    size_t size = packed.size;
    for (int i = 0; i < 512; i++)
        str_add_char(&packed, '\0');
    str_clear(&out);
    CHECK_NUMBER(read_bytes(&out, "x.jsonl.gz", str_span(&packed)), 20);
    CHECK(span_find(str_span(&out), 0, span_of("damage")) == SIZE_MAX);
    str_cut(&packed, size);
    str_add_text(&packed, "garbage");
    str_clear(&out);
    CHECK_NUMBER(read_bytes(&out, "x.jsonl.gz", str_span(&packed)), 20);
    CHECK(span_find(str_span(&out), 0, span_of("followed by something")) !=
          SIZE_MAX);
    str_release(&lines);
    str_release(&packed);
    str_release(&out);
}

TEST(source_goes_on_behind_a_damaged_member)
{
    struct str lines = STR_INIT, packed = STR_INIT, out = STR_INIT;
    make_lines(&lines, 0, 2000);
    add_member(&packed, str_span(&lines));
    size_t first = packed.size;
    str_clear(&lines);
    make_lines(&lines, 5000, 5010);
    add_member(&packed, str_span(&lines));
    memset(packed.data + first / 2, 0xFF, 64);
    size_t articles = read_bytes(&out, "x.jsonl.gz", str_span(&packed));
    CHECK(articles >= 10 && articles < 2010);
    CHECK(span_find(str_span(&out), 0, span_of("Number 5009")) != SIZE_MAX);
    CHECK(span_find(str_span(&out), 0, span_of("damage: ")) != SIZE_MAX);
    str_release(&lines);
    str_release(&packed);
    str_release(&out);
}

TEST(source_tells_of_a_checksum_that_is_wrong)
{
    struct str lines = STR_INIT, packed = STR_INIT, out = STR_INIT;
    make_lines(&lines, 0, 2000);
    add_member(&packed, str_span(&lines));
    size_t first = packed.size;
    add_member(&packed, str_span(&lines));
    for (size_t back = 1; back <= 8; back++) { /* the CRC and the size */
        packed.data[first - back] ^= 1;
        str_clear(&out);
        CHECK_NUMBER(read_bytes(&out, "x.jsonl.gz", str_span(&packed)), 4000);
        CHECK(span_find(str_span(&out), 0, span_of("data is damaged at")) !=
              SIZE_MAX);
        packed.data[first - back] ^= 1;
    }
    str_release(&lines);
    str_release(&packed);
    str_release(&out);
}

TEST(source_delivers_what_a_cut_file_has)
{
    struct str lines = STR_INIT, packed = STR_INIT, out = STR_INIT;
    make_lines(&lines, 0, 300);
    add_member(&packed, str_span(&lines));
    size_t most = 0;
    for (size_t size = 0; size < packed.size; size++) {
        str_clear(&out);
        size_t articles = read_bytes(&out, "x.jsonl.gz",
                                     span_slice(str_span(&packed), 0, size));
        CHECK(articles + 1 >= most);
        most = articles;
        if (size > 20)
            CHECK(span_find(str_span(&out), 0, span_of("cut off")) != SIZE_MAX);
    }
    CHECK(most > 290);
    str_release(&lines);
    str_release(&packed);
    str_release(&out);
}

TEST(source_passes_over_a_line_without_end)
{
    struct str text = STR_INIT;
    for (int i = 0; i < 3000; i++)
        str_add_text(&text, "0123456789");
    str_add_text(&text, "\nsecond\n");
    struct source *source = source_of_bytes(str_span(&text));
    struct error err = ERROR_INIT;
    struct span line;
    CHECK_STATUS(source_line(source, 1000, &line, &err), STATUS_TOO_BIG, err);
    CHECK_STATUS(source_line(source, 1000, &line, &err), STATUS_OK, err);
    CHECK_SPAN(line, "second");
    CHECK_STATUS(source_line(source, 1000, &line, &err), STATUS_END, err);
    CHECK(source_checksum(source) == span_hash(str_span(&text), 0));
    source_close(source);
    str_release(&text);
}

TEST(formats_that_are_unknown_say_what_they_begin_with)
{
    struct str out = STR_INIT;
    read_bytes(&out, "x.bin",
               (struct span){ "\x7f"
                              "ELF\0\1\2",
                              7 });
    CHECK(span_find(str_span(&out), 0,
                    span_of("no known format ('newsidx formats' lists them); "
                            "it begins '?ELF")) != SIZE_MAX);
    str_clear(&out);
    CHECK_NUMBER(read_bytes(&out, "empty", span_of("")), 0);
    CHECK_STR(out.data, "");
    str_release(&out);
}
