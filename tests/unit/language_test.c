/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/language.h"

#include "tests/unit/test.h"

static const struct {
    const char *text, *code;
} cases[] = {
    { "The harbour of Skarvik is to be closed for a week.", "en" },
    { "Perusahaan Telepon Pulau Selatan said that its Bandar Utara kantor has "
      "moved.",
      "en" },
    { "Le film The Lamp and the Ghost of Skarvik est dans les salles depuis "
      "mercredi, et le public du port aime ce que font les acteurs.",
      "fr" },
    { "La pel\u00EDcula The Lamp and the Ghost of Skarvik llega ma\u00F1ana a "
      "los cines del puerto, y el p\u00FAblico espera mucho de la directora.",
      "es" },
    { "Der Film The Lamp and the Ghost of Skarvik kommt morgen in die Kinos "
      "der Stadt, und das Publikum erwartet viel von den Schauspielern.",
      "de" },
    { "De film The Lamp and the Ghost of Skarvik draait morgen in de bioscopen "
      "van de stad, en het publiek verwacht veel van een regisseur.",
      "nl" },
    { "Filmen The Lamp and the Ghost of Skarvik har premiere i morgen, og det "
      "er en historie, som publikum ved havnen venter meget af.",
      "da" },
    { "and to of the for", "" },
    { "0.3 0.4 0.9 1.2 1.4 1.9 2.0", "" },
    { "", "" },
};

TEST(language_detect_tells_english_by_its_words)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        CHECK_SPAN(language_detect(span_of(cases[i].text)), cases[i].code);
}
