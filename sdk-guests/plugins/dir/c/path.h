/* Guest paths: absolute, "/" between names, on every host. */
#ifndef PATH_H
#define PATH_H

#include <stddef.h>
#include <stdint.h>

#include "componium_guest.h"

/* The absolute path that a query's text stands for, the caller's to free. ".." takes a name away and stays at the root
 * when none is left. */
struct componium_text path_normalize(const uint8_t *text, size_t length);

/* The path of the entry `name`, a C string, in a folder; the caller's to free. */
struct componium_text path_join(const struct componium_text *folder, const char *name);

#endif
