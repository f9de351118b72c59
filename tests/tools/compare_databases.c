/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * compare_databases - say whether two Xapian databases are equal in all that
 * can be asked.
 *
 * Exit status: 0 equal, 1 different, 3 one of them cannot be read.
 */
#include <stdio.h>

#include "tests/tools/database_compare.h"

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: compare_databases DATABASE DATABASE\n");
        return 2;
    }
    struct str report = STR_INIT;
    struct error err = ERROR_INIT;
    enum status rc = database_compare(argv[1], argv[2], &report, &err);
    fwrite(report.data, 1, report.size, stdout);
    if (rc)
        fprintf(stderr, "compare_databases: %s\n", err.message);
    str_release(&report);
    return rc == STATUS_MISMATCH ? 1 : status_exit_code(rc);
}
