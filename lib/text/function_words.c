/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/function_words.h"

#include <string.h>

/* By language, folded as terms are, with a blank before and behind each. */
static const struct {
    const char *algorithm;
    const char *words;
} languages[] = {
    { "english",
      " a about above across after against all along also although am amid "
      "among amongst an and any are as at because been before behind "
      "below between beyond both but by can cannot could did does don't "
      "during each either enough ever every few for from had has he hence "
      "her here him himself his how however i if in into is it its itself "
      "just many may me might more most much must my myself near neither "
      "never no non nor not now of off often on once only onto or our out "
      "over own per quite rather same shall she should since so some such "
      "than that the their them themselves then there therefore these "
      "they this those though through throughout thus till to today "
      "together tomorrow too toward towards under unless unlike until up "
      "upon us very via was we well were what whatever when where whereas "
      "whether which while who whom whose why will with within without "
      "would yes yesterday yet you your " },
    { "german",
      " aber als also am an auch auf aus bei bis da dann das dass dem den "
      "der des die doch du durch er es fur gegen hat hatte ich ihm ihn "
      "ihr im in ins ist ja man mit nach nicht noch nun nur ob oder ohne "
      "schon sehr sei seit sich sie sind so uber um und uns unter vom von "
      "vor war was weil wenn wer wie wir wird wo zu zum zur " },
    { "french",
      " a alors apres au aussi aux avec car ce cette chez comme d dans de "
      "depuis des donc dont du elle en entre est et eux il ils j je l la "
      "le les leur lui mais meme moins n ne nous on ou par pas pendant "
      "plus pour qu quand que qui s sa sans se selon ses si son sont sous "
      "sur tres un une vers vous y " },
    { "spanish",
      " a al ante antes asi aun aunque como con contra cuando de del desde "
      "donde durante e el ella en entre era es eso esta fue ha han hasta "
      "hay la las le les lo los mas me mientras mi muy ni no nos o para "
      "pero por porque pues que quien se segun ser si sin sobre son su "
      "sus tambien tras tu un una y ya yo " },
    { "italian",
      " a ad agli ai al alla alle anche c che chi ci come con cosi d da "
      "dai dal dalla dalle degli dei del della delle di dopo dove e ed "
      "era essere fino fra gli ha hanno i il in io l la le lei lo loro "
      "lui ma mentre ne nei nel nella nelle no noi non o per perche piu "
      "prima quando se senza si sono su sui sul sulla tra un una uno " },
    { "portuguese",
      " a ao aos as ate com como da das de depois do dos e ela ele em "
      "entre era essa esse esta foi ha ja mais mas me mesmo na nao nas "
      "nem no nos o onde os ou para pela pelo por porque quando que quem "
      "se segundo sem ser seu sob sobre sua tambem um uma " },
    { "dutch",
      " aan al als bij dan dat de der deze die dit door een en er had "
      "heeft het hij hoe ik in is je kan maar me men met mijn na naar "
      "niet nog nu of om onder ook op over te tegen toen tot uit van voor "
      "waar was wat we wel werd wie wij ze zich zij zijn zo zou " },
};

enum { WORD_MAX = 12 }; /* bytes of the longest */

static bool has_word(const char *words, struct span term)
{
    if (!term.size || term.size > WORD_MAX)
        return false;
    char wanted[WORD_MAX + 3] = " ";
    memcpy(wanted + 1, term.data, term.size);
    wanted[term.size + 1] = ' ';
    wanted[term.size + 2] = '\0';
    return strstr(words, wanted) != NULL;
}

bool is_function_word(const char *algorithm, struct span term)
{
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        if (!strcmp(languages[i].algorithm, algorithm))
            return has_word(languages[i].words, term);
    return false;
}

/* Capitals, or letters with a full stop behind the first. */
static bool is_acronym(struct span surface)
{
    char second = surface.size > 1 ? surface.data[1] : 0;
    bool capital = surface.data[0] >= 'A' && surface.data[0] <= 'Z';
    return second == '.' || (capital && second >= 'A' && second <= 'Z');
}

bool is_acronym_of_function_word(const char *algorithm, struct span surface,
                                 struct span term)
{
    return !strcmp(algorithm, "english") && is_acronym(surface) &&
           has_word(" us who it ", term);
}
