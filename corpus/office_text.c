/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/office_text.h"

#include <string.h>

#include "corpus/unpack.h"
#include "corpus/xml_tree.h"

static bool is_rtf(struct span head)
{
    return span_starts(head, "{\\rtf");
}

bool office_is_document(struct span head)
{
    return is_rtf(head) || unpack_is_office(head);
}

/* ---- The member that holds the text ----------------------------------- */

static enum status give_all(void *payload, struct span *out, struct error *err)
{
    (void)err;
    struct span *left = payload;
    *out = *left;
    *left = (struct span){ left->data, 0 };
    return STATUS_OK;
}

static enum status read_member(struct str *out, struct unpack *unpack,
                               struct error *err)
{
    char part[16 * 1024];
    size_t got;
    enum status rc;
    while (!(rc = unpack_read(unpack, part, sizeof(part), &got, err)) && got) {
        if (out->size > OFFICE_MAX)
            return error_set(err, STATUS_TOO_BIG, "its text is over %d bytes",
                             OFFICE_MAX);
        str_add(out, (struct span){ part, got });
    }
    /* What there is of a damaged member is read. */
    return rc == STATUS_CORRUPT ? STATUS_OK : rc;
}

static enum status find_text(struct str *out, struct span bytes,
                             struct error *err)
{
    struct unpack *unpack;
    struct unpack_member member;
    enum status rc = unpack_open_container(&unpack, give_all, &bytes, err);
    if (rc)
        return rc;
    while (!(rc = unpack_next(unpack, &member, err)))
        if (span_is(member.name, "word/document.xml"))
            break;
    if (!rc)
        rc = read_member(out, unpack, err);
    else if (rc == STATUS_END)
        rc = error_set(err, STATUS_BAD_FORMAT,
                       "an office file that is no Word document");
    unpack_close(unpack);
    return rc;
}

/* ---- WordprocessingML ------------------------------------------------- */

/* Elements with text that is not the document's: what was deleted, the second
 * rendering of a drawing. */
static bool is_left_out(const char *name)
{
    return !strcmp(name, "del") || !strcmp(name, "moveFrom") ||
           !strcmp(name, "Fallback") || !strcmp(name, "pPr") ||
           !strcmp(name, "rPr");
}

static void end_paragraph(struct str *out)
{
    if (out->size && !span_ends(str_span(out), "\n\n"))
        str_add_text(out, span_ends(str_span(out), "\n") ? "\n" : "\n\n");
}

static void add_word(struct str *out, const struct xml_node *root)
{
    const struct xml_node *node = root;
    while (node) {
        const char *name = xml_name(node);
        bool skipped = is_left_out(name);
        if (!strcmp(name, "p"))
            end_paragraph(out);
        else if (!strcmp(name, "t"))
            xml_raw(out, node);
        else if (!strcmp(name, "tab") || !strcmp(name, "tc"))
            str_add_char(out, '\t');
        else if (!strcmp(name, "br") || !strcmp(name, "cr"))
            str_add_char(out, '\n');
        node = skipped ? xml_walk_past(root, node) : xml_walk(root, node);
    }
    end_paragraph(out);
}

static enum status docx_text(struct str *out, struct span bytes,
                             struct error *err)
{
    struct str xml = STR_INIT;
    struct xml_tree *tree;
    enum status rc = find_text(&xml, bytes, err);
    if (!rc)
        rc = xml_read(&tree, str_span(&xml), err);
    str_release(&xml);
    if (rc)
        return rc;
    add_word(out, xml_root(tree));
    xml_close(tree);
    return STATUS_OK;
}

enum status office_text(struct str *out, struct span bytes, struct error *err)
{
    if (!is_rtf(bytes))
        return docx_text(out, bytes, err);
    rtf_text(out, bytes);
    return STATUS_OK;
}
