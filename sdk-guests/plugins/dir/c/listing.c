#include "listing.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "path.h"

enum kind { KIND_NOTHING, KIND_FILE, KIND_FOLDER };

static enum kind kind_of(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0) return KIND_NOTHING;
    return S_ISDIR(status.st_mode) ? KIND_FOLDER : KIND_FILE;
}

/* The kind of what a path names. A path with a zero byte names nothing; C would take it for a shorter one. */
static enum kind kind_of_text(const struct componium_text *path) {
    if (memchr(path->ptr, '\0', path->len) != NULL) return KIND_NOTHING;
    struct componium_text string = {0};
    componium_text_append(&string, path->ptr, path->len);
    componium_text_append(&string, "", 1);
    enum kind kind = kind_of((const char *)string.ptr);
    free(string.ptr);
    return kind;
}

static bool fail(struct componium_text *problem, const char *message, const struct componium_text *folder) {
    componium_text_print(problem, "%s: '", message);
    componium_text_append(problem, folder->ptr, folder->len);
    componium_text_append(problem, "'", 1);
    return false;
}

static bool check(const struct componium_text *folder, struct componium_text *problem) {
    if (kind_of("/") == KIND_NOTHING) {
        componium_text_print(problem, "no folder is granted: ask the application for one");
        return false;
    }
    switch (kind_of_text(folder)) {
    case KIND_FOLDER:
        return true;
    case KIND_FILE:
        return fail(problem, "not a folder", folder);
    default:
        return fail(problem, "no such folder", folder);
    }
}

static void add_entry(struct listing *listing, const struct componium_text *folder, const char *name) {
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return;
    struct entry *entry = COMPONIUM_APPEND(listing);
    struct componium_text copy = {0}, path = path_join(folder, name);
    componium_text_append(&copy, name, strlen(name) + 1);
    entry->name = (char *)copy.ptr;
    entry->is_folder = kind_of_text(&path) == KIND_FOLDER;
    free(path.ptr);
}

/* Reads a folder's entries in the order in which they come; at an error, those before it. */
static bool read_entries(const struct componium_text *folder, struct listing *listing) {
    struct componium_text path = {0};
    componium_text_append(&path, folder->ptr, folder->len);
    componium_text_append(&path, "", 1);
    DIR *directory = opendir((const char *)path.ptr);
    free(path.ptr);
    if (directory == NULL) return false;
    for (;;) {
        errno = 0;
        const struct dirent *found = readdir(directory);
        if (found == NULL) break;
        add_entry(listing, folder, found->d_name);
    }
    bool complete = errno == 0;
    closedir(directory);
    return complete;
}

static int compare(const void *a, const void *b) {
    const struct entry *first = a, *second = b;
    return strcmp(first->name, second->name);
}

bool listing_read(const struct componium_text *folder, struct listing *listing, struct componium_text *problem) {
    *listing = (struct listing){0};
    if (!check(folder, problem)) return false;
    if (!read_entries(folder, listing)) return fail(problem, "cannot list folder", folder);
    if (listing->len > 1) qsort(listing->ptr, listing->len, sizeof *listing->ptr, compare);
    return true;
}

void listing_free(struct listing *listing) {
    for (size_t i = 0; i < listing->len; i++) free(listing->ptr[i].name);
    free(listing->ptr);
    *listing = (struct listing){0};
}
