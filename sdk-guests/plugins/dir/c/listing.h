/* Reading a folder through WASI. */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "componium_guest.h"

/* One name in a folder. A link counts as what it leads to; one that leads nowhere, or out of the grant, as a file. */
struct entry {
    char *name;
    bool is_folder;
};

/* The entries of a folder, sorted by the bytes of their names. */
struct listing {
    struct entry *ptr;
    size_t len;
};

/* Lists a folder, or says in `problem`, {0} at first and the caller's to free, why it cannot. The listing is to be freed
 * in both cases. */
bool listing_read(const struct componium_text *folder, struct listing *listing, struct componium_text *problem);

void listing_free(struct listing *listing);

#endif
