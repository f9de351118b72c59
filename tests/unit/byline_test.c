/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "corpus/byline.h"

#include "tests/unit/test.h"

/* People with '+' between, then '@' and the agency. */
static const struct {
    const char *line, *read;
} cases[] = {
    { "By Jane Doe", "Jane Doe" },
    { "BY JANE DOE", "Jane Doe" },
    { "By: Jane Doe", "Jane Doe" },
    { "Jane Doe", "Jane Doe" },
    { "By Jane Doe and John Roe", "Jane Doe+John Roe" },
    { "By Jane Doe, John Roe and Ann Poe", "Jane Doe+John Roe+Ann Poe" },
    { "JANE DOE, JOHN ROE, & ANN POE", "Jane Doe+John Roe+Ann Poe" },
    { "By Jane Doe with John Roe", "Jane Doe+John Roe" },
    /* Places, and the reports of others. */
    { "By Jane Doe and John Roe in Washington; additional reporting by Ann "
      "Poe in Paris; editing by Max Coe",
      "Jane Doe+John Roe+Ann Poe" },
    { "(Reporting by Jane Doe in Oslo and John Roe; Editing by Ann Poe)",
      "Jane Doe+John Roe" },
    { "By JANE DOE IN WASHINGTON", "Jane Doe" },
    { "By Jane Doe, Washington", "Jane Doe" },
    { "By Jane Doe in Washington, D.C.", "Jane Doe" },
    { "By Jane Doe, New York, and John Roe, Oslo", "Jane Doe+John Roe" },
    { "Jane Doe aboard Air Force One", "Jane Doe" },
    /* Agencies. */
    { "By REUTERS", "@Reuters" },
    { "AP", "@AP" },
    { "By The Associated Press", "@Associated Press" },
    { "By JOHN SMITH, Associated Press Writer", "John Smith@Associated Press" },
    { "By JOHN SMITH Associated Press Writer", "John Smith" },
    { "By BERNA MCKAY, AP Business Writer", "Berna McKay@AP" },
    { "Jane Doe, dpa", "Jane Doe@dpa" },
    { "By Jane Doe | Reuters", "Jane Doe@Reuters" },
    { "By Jane Doe and Agencies", "Jane Doe" },
    { "AFP/Jane Doe", "Jane Doe@AFP" },
    { "By Jane Doe, BBC News", "Jane Doe@BBC News" },
    { "Courier News", "Courier News" },
    { "April Jones, Ann Knapp", "April Jones+Ann Knapp" },
    /* What they are. */
    { "By Jane Doe, Staff Writer", "Jane Doe" },
    { "By Jane Doe Staff Writer", "Jane Doe" },
    { "By JANE DOE, TIMES STAFF WRITER", "Jane Doe" },
    { "By Jane Doe, Chief Political Correspondent", "Jane Doe" },
    { "By a Staff Reporter", "" },
    { "Jane Doe, M.D.", "Jane Doe" },
    { "By John Roe, Jr., and Jane Doe", "John Roe Jr.+Jane Doe" },
    { "By Jane Doe, Special to The Courier", "Jane Doe" },
    { "By Jane Doe Special to The Courier", "Jane Doe" },
    { "By Jane Doe for The Courier", "Jane Doe" },
    { "By Jane Doe of The Courier", "Jane Doe" },
    { "By Jane Doe | May 3, 2019", "Jane Doe" },
    { "By Jane Doe, Updated May 3, 2019 10:00 p.m.", "Jane Doe" },
    /* Other languages. */
    { "Von Anna M\u00FCller und Hans Maier, Berlin",
      "Anna M\u00FCller+Hans Maier" },
    { "VON ANNA M\u00DCLLER", "Anna M\u00FCller" },
    { "Von Anna M\u00FCller (dpa)", "Anna M\u00FCller@dpa" },
    { "Von unserem Korrespondenten Hans Maier, Paris", "Hans Maier" },
    { "Ursula von der Leyen", "Ursula von der Leyen" },
    { "von der Leyen, Ursula", "Ursula von der Leyen" },
    { "Par Jean Dupont et \u00C9lise Roux \u00E0 Lyon (avec AFP)",
      "Jean Dupont+\u00C9lise Roux@AFP" },
    { "Par Jean Dupont, avec AFP et Reuters", "Jean Dupont@AFP" },
    { "De notre correspondant", "" },
    { "De notre correspondant \u00E0 Berlin, Jean Dupont", "Jean Dupont" },
    { "De notre correspondante \u00E0 Berlin", "" },
    { "Por Juan P\u00E9rez y Ana Gil en Madrid", "Juan P\u00E9rez+Ana Gil" },
    { "Santiago Ram\u00F3n y Cajal", "Santiago Ram\u00F3n y Cajal" },
    { "Door Jan de Vries en Piet Bos", "Jan de Vries+Piet Bos" },
    { "Di Anna Rossi e Ugo Conti", "Anna Rossi+Ugo Conti" },
    /* Addresses. */
    { "jane@example.org (Jane Doe)", "Jane Doe" },
    { "Jane Doe <jane@example.org>", "Jane Doe" },
    { "Jane Doe, jane@example.org", "Jane Doe" },
    { "By Jane Doe jane@example.org and John Roe", "Jane Doe+John Roe" },
    { "By Jane Doe (@janedoe)", "Jane Doe" },
    { "jane@example.org", "jane@example.org" },
    /* Names turned around. */
    { "Doe, Jane", "Jane Doe" },
    { "DOE, JANE; ROE, JOHN", "Jane Doe+John Roe" },
    { "By JOHN O'HARA-MCKAY III", "John O'Hara-McKay III" },
    { "Jane Doe; John Roe", "Jane Doe+John Roe" },
    { "Par Jean DUPONT et \u00C9lise ROUX", "Jean Dupont+\u00C9lise Roux" },
    { "Autor/in: Anna Maier (Berlin), maier@example.org", "Anna Maier" },
    { "Redaktion: Hans Maier (Berlin), 030123", "" },
    { "By Jane Doe; photos by Ann Poe, Max Coe", "Jane Doe" },
    { "gr/bp", "" },
    { "BBC", "BBC" },
    { "xy42", "xy42" },
};

TEST(bylines_name_people_and_an_agency)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct str people = STR_INIT, agency = STR_INIT;
        byline_read(&people, &agency, span_of(cases[i].line));
        for (size_t at = 0; at < people.size; at++)
            if (people.data[at] == '\n')
                people.data[at] = '+';
        if (agency.size)
            str_addf(&people, "@%s", agency.data);
        CHECK_STR(people.data, cases[i].read);
        str_release(&people);
        str_release(&agency);
    }
}

TEST(bylines_begin_as_such)
{
    static const char *const good[] = { "By Jane Doe", "BY JANE DOE",
                                        "Von Anna Maier", "Par Jean Dupont",
                                        "De notre correspondant" };
    static const char *const bad[] = {
        "By the time it rained", "Bystanders saw it", "Von der Leyen spoke",
        "von Anna Maier",        "Updated May 3",     ""
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        CHECK(byline_begins(span_of(good[i])));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        CHECK(!byline_begins(span_of(bad[i])));
}
