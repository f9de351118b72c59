/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/names/model_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "newsname"

enum { BYTE_ORDER_MARK = 0x01020304, ALIGNMENT = 64 };

struct file_header {
    char magic[8];
    uint32_t version;
    uint32_t byte_order;
    uint64_t size;
    uint64_t checksum;
    struct {
        uint64_t offset, size;
    } sections[MODEL_SECTIONS];
};

enum { CHECKED_FROM = offsetof(struct file_header, sections) };

/* ---- Reading ---------------------------------------------------------- */

static enum status check_header(struct span file, struct error *err)
{
    struct file_header header;
    if (file.size < sizeof(header) || !span_starts(file, MAGIC))
        return error_set(err, STATUS_BAD_FORMAT, "not a model of names");
    memcpy(&header, file.data, sizeof(header));
    if (header.byte_order != BYTE_ORDER_MARK ||
        header.version != MODEL_FILE_VERSION)
        return error_set(err, STATUS_MISMATCH,
                         "model version %" PRIu32 " where this program reads "
                         "version %d; make it again with newsidx-train-names",
                         header.version, MODEL_FILE_VERSION);
    if (header.size != file.size)
        return error_set(err, STATUS_CORRUPT,
                         "%zu bytes where %" PRIu64 " were written", file.size,
                         header.size);
    if (header.checksum !=
        span_hash(span_slice(file, CHECKED_FROM, file.size), 0))
        return error_set(err, STATUS_CORRUPT, "checksum does not match");
    return STATUS_OK;
}

static bool take_sections(struct model *model, struct span file)
{
    struct file_header header;
    memcpy(&header, file.data, sizeof(header));
    for (int i = 0; i < MODEL_SECTIONS; i++) {
        uint64_t offset = header.sections[i].offset;
        uint64_t size = header.sections[i].size;
        if (offset % ALIGNMENT || offset > file.size ||
            size > file.size - offset)
            return false;
        model->sections[i] = (struct span){ file.data + offset, (size_t)size };
    }
    return true;
}

/* Cells of a hash table: searching one needs an empty cell to end. */
static bool take_cells(const uint32_t **out, uint32_t *capacity,
                       struct span section)
{
    *out = (const void *)section.data;
    *capacity = (uint32_t)(section.size / sizeof(uint32_t));
    for (uint32_t i = 0; i < *capacity; i++)
        if (!(*out)[i])
            return section.size % sizeof(uint32_t) == 0;
    return section.size == 0;
}

static bool take_table(struct lexicon_table *out, struct span section)
{
    return take_cells(&out->cells, &out->capacity, section);
}

static bool take_parts(struct model *model)
{
    const struct span *sections = model->sections;
    if (sections[MODEL_SCALE].size != sizeof(uint32_t) ||
        sections[MODEL_TRANSITIONS].size != sizeof(struct crf_transitions) ||
        sections[MODEL_PATHS].size != LEXICON_CLASSES * sizeof(uint32_t))
        return false;
    model->card = sections[MODEL_CARD];
    model->rules = sections[MODEL_RULES];
    memcpy(&model->scale, sections[MODEL_SCALE].data, sizeof(uint32_t));
    model->transitions = (const void *)sections[MODEL_TRANSITIONS].data;
    model->rows = (const void *)sections[MODEL_ROWS].data;
    model->lexicon.paths = (const void *)sections[MODEL_PATHS].data;
    return model->scale && model->scale <= 1024 &&
           take_cells(&model->fingerprints, &model->row_capacity,
                      sections[MODEL_FINGERPRINTS]) &&
           model->row_capacity &&
           sections[MODEL_ROWS].size ==
               model->row_capacity * sizeof(struct model_row) &&
           take_table(&model->lexicon.classes, sections[MODEL_CLASSES]) &&
           take_table(&model->lexicon.words, sections[MODEL_WORDS]) &&
           take_table(&model->lexicon.phrases, sections[MODEL_PHRASES]);
}

enum status model_read(struct model *out, struct span file, struct error *err)
{
    *out = (struct model){ .mapping = NULL };
    enum status rc = check_header(file, err);
    if (rc)
        return rc;
    if (!take_sections(out, file) || !take_parts(out))
        return error_set(err, STATUS_CORRUPT, "its parts do not fit together");
    return STATUS_OK;
}

static enum status map_file(void **out, size_t *size, int fd, const char *path,
                            struct error *err)
{
    struct stat stat;
    if (fstat(fd, &stat))
        return error_set_errno(err, "cannot read '%s'", path);
    if (!S_ISREG(stat.st_mode) || stat.st_size <= 0)
        return error_set(err, STATUS_BAD_FORMAT, "'%s': not a model of names",
                         path);
    if (stat.st_size > MODEL_FILE_SIZE_MAX)
        return error_set(err, STATUS_TOO_BIG, "'%s' is over %d bytes", path,
                         MODEL_FILE_SIZE_MAX);
    *size = (size_t)stat.st_size;
    *out = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (*out == MAP_FAILED)
        return error_set_errno(err, "cannot map '%s'", path);
    return STATUS_OK;
}

enum status model_open(struct model *out, const char *path, struct error *err)
{
    *out = (struct model){ .mapping = NULL };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set_errno(err, "cannot open '%s'", path);
    void *mapping = NULL;
    size_t size = 0;
    enum status rc = map_file(&mapping, &size, fd, path, err);
    close(fd);
    if (rc)
        return rc;
    rc = model_read(out, (struct span){ mapping, size }, err);
    if (rc) {
        munmap(mapping, size);
        *out = (struct model){ .mapping = NULL };
        error_context(err, "'%s'", path);
        return rc;
    }
    out->mapping = mapping;
    out->mapping_size = size;
    return STATUS_OK;
}

void model_close(struct model *model)
{
    if (model->mapping)
        munmap(model->mapping, model->mapping_size);
    *model = (struct model){ .mapping = NULL };
}

/* ---- Rows ------------------------------------------------------------- */

uint32_t model_fingerprint(uint64_t feature)
{
    uint32_t fingerprint = (uint32_t)(feature >> 32);
    return fingerprint ? fingerprint : 1;
}

uint32_t model_row_place(const uint32_t *fingerprints, uint32_t capacity,
                         uint64_t feature)
{
    uint32_t fingerprint = model_fingerprint(feature);
    uint32_t i = model_row_start(capacity, feature);
    while (fingerprints[i] && fingerprints[i] != fingerprint)
        i = i + 1 == capacity ? 0 : i + 1;
    return i;
}

const struct model_row *model_row(const struct model *model, uint64_t feature)
{
    uint32_t i =
        model_row_place(model->fingerprints, model->row_capacity, feature);
    return model->fingerprints[i] ? &model->rows[i] : NULL;
}

/* ---- Writing ---------------------------------------------------------- */

void model_write(struct str *out, const struct span sections[MODEL_SECTIONS])
{
    struct file_header header = { .magic = MAGIC,
                                  .version = MODEL_FILE_VERSION,
                                  .byte_order = BYTE_ORDER_MARK };
    struct str body = STR_INIT;
    for (int i = 0; i < MODEL_SECTIONS; i++) {
        while ((sizeof(header) + body.size) % ALIGNMENT)
            str_add_char(&body, '\0');
        header.sections[i].offset = sizeof(header) + body.size;
        header.sections[i].size = sections[i].size;
        str_add(&body, sections[i]);
    }
    header.size = sizeof(header) + body.size;
    struct str file = STR_INIT;
    str_add(&file, (struct span){ (const char *)&header, sizeof(header) });
    str_add(&file, str_span(&body));
    header.checksum =
        span_hash(span_slice(str_span(&file), CHECKED_FROM, file.size), 0);
    memcpy(file.data, &header, sizeof(header));
    str_add(out, str_span(&file));
    str_release(&file);
    str_release(&body);
}
