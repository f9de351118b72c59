/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * banned.h - functions that do not compile here.
 *
 * Included by the build before every C file.  Each has a safe counterpart in
 * this folder: str.h for building text, number.h for reading numbers, date.h
 * for the calendar (days and offsets, never the machine's time zone).
 */
#ifndef NEWS_BASE_BANNED_H
#define NEWS_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets
#pragma GCC poison strtok atoi atol atoll atof
#pragma GCC poison gmtime localtime ctime asctime mktime strptime

#endif
