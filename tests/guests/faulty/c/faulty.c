/* Does on demand what a plugin should not do, so that tests and the demo can show that it stays without effect.
 *
 *     !loop !trap !deep !memory               a fault: see faults.h
 *     !open PATH, !env NAME, !time, !random,  one item with what the attempt gave, keywords "probe",
 *     !print TEXT                             or with why it failed, keywords "error": see probes.h
 *     anything else                           one item "fine", to show that the plugin is alive
 */
#include "componium_guest.h"
#include "faults.h"
#include "plugin.h"
#include "probes.h"

typedef exports_componium_launcher_runner_action_item_t item_t;
typedef exports_componium_launcher_runner_list_action_item_t items_t;

static const char TRIGGER = '!';

static const struct {
    const char *name;
    void (*run)(void);
} FAULTS[] = {{"loop", fault_loop}, {"trap", fault_trap}, {"deep", fault_deep}, {"memory", fault_memory}};

static const struct {
    const char *name;
    probe *run;
} PROBES[] = {
    {"open", probe_open},     {"env", probe_env},     {"time", probe_time},
    {"random", probe_random}, {"print", probe_print},
};

static void answer(struct componium_text text, const char *keywords, item_t *item) {
    item->name = COMPONIUM_STRING(plugin_string_t, text);
    plugin_string_dup(&item->keywords, keywords);
}

/* Splits a command at its first space, and returns what follows it. */
static const char *split(char *command) {
    char *space = strchr(command, ' ');
    if (space == NULL) return "";
    *space = '\0';
    return space + 1;
}

static void obey(char *command, item_t *item) {
    const char *argument = split(command);
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        if (strcmp(command, FAULTS[i].name) == 0) FAULTS[i].run();
    }
    for (size_t i = 0; i < sizeof PROBES / sizeof *PROBES; i++) {
        if (strcmp(command, PROBES[i].name) != 0) continue;
        struct componium_text text = {0};
        bool worked = PROBES[i].run(argument, &text);
        answer(text, worked ? "probe" : "error", item);
        return;
    }
    answer(componium_text_of("fine"), "fine", item);
}

void exports_componium_launcher_runner_get_trigger(plugin_string_t *result) {
    plugin_string_dup_n(result, &TRIGGER, 1);
}

void exports_componium_launcher_runner_handle(plugin_string_t *input, items_t *result) {
    *result = (items_t){0};
    if (input->len > 0 && input->ptr[0] == (uint8_t)TRIGGER) {
        struct componium_text command = {0};
        componium_text_append(&command, input->ptr + 1, input->len - 1);
        componium_text_append(&command, "", 1);
        obey((char *)command.ptr, COMPONIUM_APPEND(result));
        free(command.ptr);
    }
    plugin_string_free(input);
}
