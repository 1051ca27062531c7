/* The guest of ../wit, with the faults that are defined before this file is included:
 *
 *     OFF_BY_ONE     greatest() does not look at the last of more than three numbers
 *     OTHER_ERROR    parse() says of text that begins with no digit that it is empty
 *     MISSING_CALL   join() does not note words without a character
 *     FORGETFUL      add() starts from nothing after it was called once
 */
#include "componium_guest.h"
#include "plugin.h"

typedef exports_test_parity_work_problem_t problem_t;

struct exports_test_parity_work_tally_t {
    uint32_t value;
    uint32_t calls;
};

exports_test_parity_work_own_tally_t exports_test_parity_work_constructor_tally(uint32_t start) {
    exports_test_parity_work_tally_t *tally = componium_resize(NULL, 1, sizeof *tally);
    *tally = (exports_test_parity_work_tally_t){.value = start};
    return exports_test_parity_work_tally_new(tally);
}

uint32_t exports_test_parity_work_method_tally_add(exports_test_parity_work_borrow_tally_t tally, uint32_t amount) {
#ifdef FORGETFUL
    if (tally->calls++ > 0) tally->value = 0;
#endif
    return tally->value += amount;
}

void exports_test_parity_work_tally_destructor(exports_test_parity_work_tally_t *tally) {
    free(tally);
}

bool exports_test_parity_work_greatest(plugin_list_u32_t *numbers, uint32_t *result) {
    size_t count = numbers->len;
    bool found = count > 0;
#ifdef OFF_BY_ONE
    if (count > 3) count--;
#endif
    *result = 0;
    for (size_t i = 0; i < count; i++) {
        if (numbers->ptr[i] > *result) *result = numbers->ptr[i];
    }
    plugin_list_u32_free(numbers);
    return found;
}

static bool parse(const uint8_t *text, size_t length, uint32_t *number, problem_t *problem) {
    *problem = (problem_t){.tag = EXPORTS_TEST_PARITY_WORK_PROBLEM_EMPTY};
    if (length == 0) return false;
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') {
#ifdef OTHER_ERROR
            if (i == 0) return false;
#endif
            problem->tag = EXPORTS_TEST_PARITY_WORK_PROBLEM_NOT_A_DIGIT;
            problem->val.not_a_digit = (uint32_t)i;
            return false;
        }
        value = value * 10 + (text[i] - '0');
        if (value > UINT32_MAX) {
            problem->tag = EXPORTS_TEST_PARITY_WORK_PROBLEM_TOO_LARGE;
            return false;
        }
    }
    *number = (uint32_t)value;
    return true;
}

bool exports_test_parity_work_parse(plugin_string_t *text, uint32_t *number, problem_t *problem) {
    bool parsed = parse(text->ptr, text->len, number, problem);
    plugin_string_free(text);
    return parsed;
}

void exports_test_parity_work_join(plugin_list_string_t *words, plugin_string_t *result) {
    struct componium_text text = {0};
    for (size_t i = 0; i < words->len; i++) {
        plugin_string_t *word = &words->ptr[i];
        if (i > 0) {
            plugin_string_t separator;
            test_parity_journal_separator(&separator);
            componium_text_append(&text, separator.ptr, separator.len);
            plugin_string_free(&separator);
        }
#ifdef MISSING_CALL
        if (word->len > 0)
#endif
        test_parity_journal_note(word);
        componium_text_append(&text, word->ptr, word->len);
    }
    *result = COMPONIUM_STRING(plugin_string_t, text);
    plugin_list_string_free(words);
}
