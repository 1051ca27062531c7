/* Lists the folder that the application grants. What it was not granted does not exist for it: the sandbox, not this
 * code, keeps it in. */
#include "componium_guest.h"
#include "listing.h"
#include "path.h"
#include "plugin.h"

typedef exports_componium_launcher_runner_action_item_t item_t;
typedef exports_componium_launcher_runner_list_action_item_t items_t;

static const char TRIGGER = '/';

static void answer_entry(const struct componium_text *folder, const struct entry *entry, item_t *item) {
    struct componium_text name = {0}, path = path_join(folder, entry->name);
    componium_text_print(&name, "%s%s", entry->name, entry->is_folder ? "/" : "");
    item->name = COMPONIUM_STRING(plugin_string_t, name);
    item->exec = COMPONIUM_STRING(plugin_string_t, path);
    plugin_string_dup(&item->keywords, entry->is_folder ? "folder" : "file");
}

/* Answers with one item for each entry of a folder, or with one that says why there are none. */
static void answer(const uint8_t *text, size_t length, items_t *items) {
    struct componium_text folder = path_normalize(text, length), problem = {0};
    struct listing listing;
    if (listing_read(&folder, &listing, &problem)) {
        for (size_t i = 0; i < listing.len; i++) answer_entry(&folder, &listing.ptr[i], COMPONIUM_APPEND(items));
    } else {
        item_t *item = COMPONIUM_APPEND(items);
        item->name = COMPONIUM_STRING(plugin_string_t, problem);
        plugin_string_dup(&item->keywords, "error");
    }
    listing_free(&listing);
    free(folder.ptr);
}

void exports_componium_launcher_runner_get_trigger(plugin_string_t *result) {
    plugin_string_dup_n(result, &TRIGGER, 1);
}

void exports_componium_launcher_runner_handle(plugin_string_t *input, items_t *result) {
    *result = (items_t){0};
    if (input->len > 0 && input->ptr[0] == (uint8_t)TRIGGER) answer(input->ptr + 1, input->len - 1, result);
    plugin_string_free(input);
}
