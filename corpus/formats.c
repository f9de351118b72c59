/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "corpus/format.h"

extern const struct format format_json, format_csv, format_nitf,
    format_newsml_g2, format_newsml1, format_rcv1, format_feed,
    format_mediawiki, format_proquest, format_gale, format_romip, format_didl,
    format_mets, format_alto, format_factiva_xml, format_factiva,
    format_factiva_text, format_nexis, format_nexis_uni, format_warc,
    format_arc, format_html, format_reuters, format_trec, format_anpa,
    format_iptc7901, format_mail, format_markdown, format_text;

const struct format *const formats[] = {
    &format_json,
    &format_csv,
    &format_nitf,
    &format_newsml_g2,
    &format_newsml1,
    &format_rcv1,
    &format_feed,
    &format_mediawiki,
    &format_proquest,
    &format_gale,
    &format_romip,
    &format_didl,
    &format_mets,
    &format_alto,
    &format_factiva_xml,
    &format_factiva,
    &format_factiva_text,
    &format_nexis,
    &format_nexis_uni,
    &format_warc,
    &format_arc,
    &format_html,
    &format_reuters,
    &format_trec,
    &format_anpa,
    &format_iptc7901,
    &format_mail,
    &format_markdown,
    &format_text,
    NULL,
};

const struct format *format_by_name(const char *name)
{
    for (size_t i = 0; formats[i]; i++)
        if (!strcmp(formats[i]->name, name))
            return formats[i];
    return NULL;
}

/* Whether the path, without ".gz", ends in one of the format's suffixes. */
static bool has_suffix(const struct format *format, const char *path)
{
    struct span name = span_of(path);
    if (span_ends(name, ".gz"))
        name.size -= 3;
    struct span rest = span_of(format->suffixes), suffix;
    while (span_next(&rest, ' ', &suffix))
        if (suffix.size && name.size >= suffix.size &&
            span_equal(span_slice(name, name.size - suffix.size, name.size),
                       suffix))
            return true;
    return false;
}

const struct format *format_detect(struct span head, const char *path)
{
    const struct format *best = NULL;
    int best_bid = 0;
    bool best_suffix = false;
    for (size_t i = 0; formats[i]; i++) {
        int bid = formats[i]->bid(head);
        if (!bid || bid < best_bid)
            continue;
        bool suffix = has_suffix(formats[i], path);
        if (bid > best_bid || (suffix && !best_suffix)) {
            best = formats[i];
            best_bid = bid;
            best_suffix = suffix;
        }
    }
    return best;
}

enum status format_unknown(struct span head, const char *path,
                           struct error *err)
{
    char shown[33];
    size_t size = head.size < sizeof(shown) - 1 ? head.size : sizeof(shown) - 1;
    for (size_t i = 0; i < size; i++)
        shown[i] =
            head.data[i] >= ' ' && head.data[i] < 0x7F ? head.data[i] : '?';
    shown[size] = '\0';
    return error_set(err, STATUS_BAD_FORMAT,
                     "%s: no known format ('newsidx formats' lists them); it "
                     "begins '%s'; --format NAME reads it all the same",
                     path, shown);
}
