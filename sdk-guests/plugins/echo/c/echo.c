/* The smallest useful plugin: it answers every query with its own text, calling the application twice on the way. */
#include "componium_guest.h"
#include "plugin.h"

typedef exports_componium_launcher_runner_action_item_t item_t;
typedef exports_componium_launcher_runner_list_action_item_t items_t;

static const char TRIGGER = '>';

/* Tells the application's log how long a query's text is. */
static void log_length(size_t length) {
    struct componium_text line = {0};
    componium_text_print(&line, "echo: %zu bytes", length);
    plugin_string_t message = COMPONIUM_STRING(plugin_string_t, line);
    componium_launcher_host_log(COMPONIUM_LAUNCHER_HOST_LEVEL_DEBUG, &message);
    plugin_string_free(&message);
}

/* Appends what the user wants in front of every name. */
static void append_prefix(struct componium_text *name) {
    plugin_string_t key, prefix;
    plugin_string_set(&key, "prefix");
    if (!componium_launcher_host_get_user_config(&key, &prefix)) return;
    componium_text_append(name, prefix.ptr, prefix.len);
    plugin_string_free(&prefix);
}

static void echo(const uint8_t *text, size_t length, item_t *item) {
    log_length(length);
    struct componium_text name = {0}, exec = {0};
    append_prefix(&name);
    componium_text_append(&name, text, length);
    componium_text_append(&exec, text, length);
    item->name = COMPONIUM_STRING(plugin_string_t, name);
    item->exec = COMPONIUM_STRING(plugin_string_t, exec);
    plugin_string_dup(&item->keywords, "echo");
}

void exports_componium_launcher_runner_get_trigger(plugin_string_t *result) {
    plugin_string_dup_n(result, &TRIGGER, 1);
}

void exports_componium_launcher_runner_handle(plugin_string_t *input, items_t *result) {
    *result = (items_t){0};
    if (input->len > 0 && input->ptr[0] == (uint8_t)TRIGGER) {
        echo(input->ptr + 1, input->len - 1, COMPONIUM_APPEND(result));
    }
    plugin_string_free(input);
}
