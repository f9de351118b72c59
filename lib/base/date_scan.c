/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/date_scan.h"

#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/utf8.h"

/* ---- Words ------------------------------------------------------------ */

/* English, German, French, Spanish, Italian, Portuguese and Dutch, without
 * accents.  Zone names that mean several zones (IST), or one with and without
 * summer time (ET), say nothing. */
static const struct {
    enum date_word kind;
    int value;
    const char *words; /* lower case, a blank around each */
} words[] = {
    { WORD_MONTH, 1,
      " january jan januar janvier janv enero ene gennaio gen janeiro januari "
      "jaenner janner " },
    { WORD_MONTH, 2,
      " february feb febr februar fevrier fevr fev febrero febbraio fevereiro "
      "februari feber " },
    { WORD_MONTH, 3, " march mar marz maerz mrz mars marzo marco maart mrt " },
    { WORD_MONTH, 4, " april apr avril avr abril abr aprile " },
    { WORD_MONTH, 5, " may mai mayo maggio mag maio mei " },
    { WORD_MONTH, 6, " june jun juni juin junio giugno giu junho " },
    { WORD_MONTH, 7, " july jul juli juillet juil julio luglio lug julho " },
    { WORD_MONTH, 8, " august aug aout agosto ago augustus " },
    { WORD_MONTH, 9,
      " september sept sep septembre septiembre setiembre settembre set "
      "setembro " },
    { WORD_MONTH, 10,
      " october oct oktober okt octobre octubre ottobre ott "
      "outubro out " },
    { WORD_MONTH, 11, " november nov novembre noviembre novembro " },
    { WORD_MONTH, 12,
      " december dec dezember dez decembre diciembre dic "
      "dicembre dezembro " },
    { WORD_WEEKDAY, 0,
      " monday tuesday wednesday thursday friday saturday sunday mon tue tues "
      "wed weds thu thur thurs fri sat sun montag dienstag mittwoch "
      "donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
      "lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu "
      "ven sam dim lunes martes miercoles jueves viernes sabado domingo mie "
      "jue vie sab dom lunedi martedi mercoledi giovedi venerdi sabato "
      "domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
      "segunda terca quarta quinta sexta feira " },
    { WORD_ORDINAL, 0, " st nd rd th er o a re e ste " },
    { WORD_LINK, 0, " of de del d di do " },
    { WORD_LEAD, 0, " the on updated dated am den der le el il o op " },
    { WORD_AT, 0, " at um a alle kl t ore om las " },
    { WORD_HOUR, 0, " uhr hrs hours hr h u " },
    { WORD_EDITION, 0,
      " edition editions ed home final late early morning evening afternoon "
      "night national city metro metropolitan international regional bulldog "
      "weekend online print web correction corrected corrections appended "
      "updated update first second third fourth fifth reprint f "
      "rm eastern central mountain pacific atlantic standard daylight summer "
      "time local " },
    { WORD_ZONE, 0, " z utc gmt ut wet " },
    { WORD_ZONE, 60, " bst west wat cet mez " },
    { WORD_ZONE, 120, " cest mesz eet cat sast " },
    { WORD_ZONE, 180, " msk eest eat " },
    { WORD_ZONE, 240, " gst " },
    { WORD_ZONE, 300, " pkt " },
    { WORD_ZONE, 480, " sgt hkt awst " },
    { WORD_ZONE, 540, " jst kst " },
    { WORD_ZONE, 600, " aest " },
    { WORD_ZONE, 660, " aedt " },
    { WORD_ZONE, 720, " nzst " },
    { WORD_ZONE, 780, " nzdt " },
    { WORD_ZONE, -150, " ndt " },
    { WORD_ZONE, -180, " adt " },
    { WORD_ZONE, -210, " nst " },
    { WORD_ZONE, -240, " edt ast " },
    { WORD_ZONE, -300, " est cdt " },
    { WORD_ZONE, -360, " cst mdt " },
    { WORD_ZONE, -420, " mst pdt " },
    { WORD_ZONE, -480, " pst akdt " },
    { WORD_ZONE, -540, " akst " },
    { WORD_ZONE, -600, " hst " },
    { WORD_ZONE, DATE_ZONE_NONE, " ist et ct mt pt " },
};

bool date_word_is(struct span word, enum date_word kind, int *value)
{
    enum { WORD_MAX = 15 }; /* letters of the longest, or more */
    char wanted[WORD_MAX + 3] = " ";
    if (word.size > WORD_MAX)
        return false;
    for (size_t i = 0; i < word.size; i++)
        wanted[i + 1] = (char)(word.data[i] | 0x20);
    wanted[word.size + 1] = ' ';
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (words[i].kind == kind && strstr(words[i].words, wanted)) {
            if (value)
                *value = words[i].value;
            return true;
        }
    return false;
}

/* ---- The text --------------------------------------------------------- */

/* The letters U+00C0 to U+00FF without their accents. */
static const char latin1[] = "AAAAAAACEEEEIIIIDNOOOOO?OUUUUYTs"
                             "aaaaaaaceeeeiiiidnooooo?ouuuuyty";

static const struct {
    uint16_t first, last;
    char plain; /* 0: dropped */
} plain_forms[] = {
    { 0x00A0, 0x00A0, ' ' }, { 0x00AA, 0x00AA, 'a' },  { 0x00AD, 0x00AD, 0 },
    { 0x00B0, 0x00B0, 'o' }, { 0x00B4, 0x00B4, '\'' }, { 0x00BA, 0x00BA, 'o' },
    { 0x0300, 0x036F, 0 },   { 0x2000, 0x200A, ' ' },  { 0x200B, 0x200F, 0 },
    { 0x2010, 0x2015, '-' }, { 0x2018, 0x2019, '\'' }, { 0x202F, 0x202F, ' ' },
    { 0x2212, 0x2212, '-' }, { 0x3000, 0x3000, ' ' },  { 0x53F7, 0x53F7, ' ' },
    { 0x5E74, 0x5E74, '-' }, { 0x65E5, 0x65E5, ' ' },  { 0x6708, 0x6708, '-' },
    { 0xFEFF, 0xFEFF, 0 },
};

static char plain_form(uint32_t code)
{
    enum { FULL_WIDTH_0 = 0xFF10 };
    if (code < 0x80)
        return code < ' ' ? ' ' : (char)code;
    if (code >= 0xC0 && code <= 0xFF)
        return latin1[code - 0xC0];
    if (code - FULL_WIDTH_0 < 10)
        return (char)('0' + (code - FULL_WIDTH_0));
    for (size_t i = 0; i < sizeof(plain_forms) / sizeof(plain_forms[0]); i++)
        if (code >= plain_forms[i].first && code <= plain_forms[i].last)
            return plain_forms[i].plain;
    return '?';
}

void date_text_fill(struct date_text *out, struct span source)
{
    out->size = 0;
    out->cut = false;
    for (size_t at = 0; at < source.size;) {
        uint32_t code;
        size_t size = utf8_decode(source, at, &code);
        at += size ? size : 1;
        char plain = size ? plain_form(code) : '?';
        if (!plain || (plain == ' ' && !out->size))
            continue;
        if (out->size == DATE_TEXT_MAX || at > UINT16_MAX) {
            out->cut = true;
            return;
        }
        out->data[out->size] = plain;
        out->ends[out->size++] = (uint16_t)at;
    }
}

/* ---- Scanning --------------------------------------------------------- */

char scan_peek(const struct date_scan *s, size_t ahead)
{
    size_t at = s->at + ahead;
    return at < s->text->size ? s->text->data[at] : '\0';
}

bool scan_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool scan_is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool scan_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool scan_is_one_of(char c, const char *chars)
{
    return c && strchr(chars, c);
}

void scan_skip(struct date_scan *s, const char *chars)
{
    while (scan_is_one_of(scan_peek(s, 0), chars))
        s->at++;
}

bool scan_take(struct date_scan *s, char c)
{
    if (scan_peek(s, 0) != c)
        return false;
    s->at++;
    return true;
}

size_t scan_digits(const struct date_scan *s)
{
    size_t count = 0;
    while (scan_is_digit(scan_peek(s, count)))
        count++;
    return count;
}

struct span scan_word(const struct date_scan *s)
{
    size_t size = 0;
    while (scan_is_letter(scan_peek(s, size)))
        size++;
    return (struct span){ s->text->data + s->at, size };
}

bool scan_number(struct date_scan *s, size_t least, size_t most, int *out)
{
    size_t count = scan_digits(s);
    uint64_t value;
    struct span digits = { s->text->data + s->at, count };
    if (count < least || count > most ||
        !number_parse(digits, INT32_MAX, &value))
        return false;
    s->at += count;
    *out = (int)value;
    return true;
}

bool scan_take_word(struct date_scan *s, enum date_word kind, int *value)
{
    struct span word = scan_word(s);
    if (!word.size || !date_word_is(word, kind, value))
        return false;
    s->at += word.size;
    return true;
}

bool scan_may_end(const struct date_scan *s)
{
    char c = scan_peek(s, 0);
    if ((c == 'T' || c == 't') && scan_is_digit(scan_peek(s, 1)))
        return true;
    if (c == 'Z' && !scan_is_letter(scan_peek(s, 1)) &&
        !scan_is_digit(scan_peek(s, 1)))
        return true;
    return !scan_is_letter(c) && !scan_is_digit(c);
}
