#include "path.h"

#include <stdbool.h>

static bool is_name(const uint8_t *text, size_t length, const char *name) {
    return length == strlen(name) && memcmp(text, name, length) == 0;
}

/* Takes the last name and the "/" before it off a path. */
static void remove_name(struct componium_text *path) {
    while (path->len > 0 && path->ptr[--path->len] != '/') continue;
}

static void add_name(struct componium_text *path, const uint8_t *name, size_t length) {
    if (length == 0 || is_name(name, length, ".")) return;
    if (is_name(name, length, "..")) {
        remove_name(path);
        return;
    }
    componium_text_append(path, "/", 1);
    componium_text_append(path, name, length);
}

struct componium_text path_normalize(const uint8_t *text, size_t length) {
    struct componium_text path = {0};
    size_t start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && text[i] != '/') continue;
        add_name(&path, text + start, i - start);
        start = i + 1;
    }
    if (path.len == 0) componium_text_append(&path, "/", 1);
    return path;
}

struct componium_text path_join(const struct componium_text *folder, const char *name) {
    struct componium_text path = {0};
    if (folder->len > 1) componium_text_append(&path, folder->ptr, folder->len);
    componium_text_print(&path, "/%s", name);
    return path;
}
