/* Evaluates arithmetic: "=2+2" answers "2+2 = 4". */
#include "componium_guest.h"
#include "expression.h"
#include "plugin.h"
#include "tokens.h"

typedef exports_componium_launcher_runner_action_item_t item_t;
typedef exports_componium_launcher_runner_list_action_item_t items_t;

static const char TRIGGER = '=';

/* Answers with "<expression> = <result>". */
static void answer_value(const uint8_t *expression, size_t length, double value, item_t *item) {
    while (length > 0 && is_space(expression[0])) expression++, length--;
    while (length > 0 && is_space(expression[length - 1])) length--;
    struct componium_text result = {0}, name = {0};
    componium_text_print(&result, "%.15g", value == 0 ? 0.0 : value); /* zero has no sign */
    componium_text_append(&name, expression, length);
    componium_text_print(&name, " = ");
    componium_text_append(&name, result.ptr, result.len);
    item->name = COMPONIUM_STRING(plugin_string_t, name);
    item->exec = COMPONIUM_STRING(plugin_string_t, result);
    plugin_string_dup(&item->keywords, "calculator");
}

static void answer(const uint8_t *text, size_t length, item_t *item) {
    double value;
    struct componium_text problem = {0};
    if (evaluate(text, length, &value, &problem)) {
        answer_value(text, length, value, item);
        return;
    }
    item->name = COMPONIUM_STRING(plugin_string_t, problem);
    plugin_string_dup(&item->keywords, "error");
}

void exports_componium_launcher_runner_get_trigger(plugin_string_t *result) {
    plugin_string_dup_n(result, &TRIGGER, 1);
}

void exports_componium_launcher_runner_handle(plugin_string_t *input, items_t *result) {
    *result = (items_t){0};
    if (input->len > 0 && input->ptr[0] == (uint8_t)TRIGGER) {
        answer(input->ptr + 1, input->len - 1, COMPONIUM_APPEND(result));
    }
    plugin_string_free(input);
}
