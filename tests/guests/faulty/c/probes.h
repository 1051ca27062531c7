/* What a plugin may try to learn or do outside of its sandbox. Each takes a C string, answers with a text that is the
 * caller's to free, and returns whether it worked; if not, the text says why. */
#ifndef PROBES_H
#define PROBES_H

#include <stdbool.h>

#include "componium_guest.h"

typedef bool probe(const char *argument, struct componium_text *answer);

/* Reads the start of the file at a path; bytes that are not ASCII become "?". */
probe probe_open;

/* Reads an environment variable. */
probe probe_env;

/* Reads the real-time clock, as seconds since 1970 with nine decimals. */
probe probe_time;

/* Reads 16 random bytes, as hexadecimal digits. */
probe probe_random;

/* Prints the argument as a line to stdout, and answers with it. */
probe probe_print;

#endif
