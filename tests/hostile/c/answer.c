#include "answer.h"

static const char SEPARATOR[] = "; ";

/* Whether the answer ends with, or has before a separator, exactly this sentence. */
static bool has(const struct componium_text *answer, const char *sentence) {
    size_t length = strlen(sentence), step = sizeof SEPARATOR - 1;
    for (size_t start = 0; start + length <= answer->len; start++) {
        const uint8_t *first = answer->ptr + start, *end = first + length;
        bool begins = start == 0 || (start >= step && memcmp(first - step, SEPARATOR, step) == 0);
        size_t left = answer->len - start - length;
        bool ends = left == 0 || (left >= step && memcmp(end, SEPARATOR, step) == 0);
        if (begins && ends && memcmp(first, sentence, length) == 0) return true;
    }
    return false;
}

void answer_add(struct componium_text *answer, const char *sentence) {
    if (has(answer, sentence)) return;
    if (answer->len > 0) componium_text_append(answer, SEPARATOR, sizeof SEPARATOR - 1);
    componium_text_append(answer, sentence, strlen(sentence));
}

void answer_attempt(struct componium_text *answer, __wasi_errno_t error, const char *success) {
    /* The numbers of WASI are those of errno. */
    answer_add(answer, error == __WASI_ERRNO_SUCCESS ? success : strerror(error));
}

void answer_give(struct componium_text *answer, hostile_string_t *result) {
    *result = COMPONIUM_STRING(hostile_string_t, *answer);
}
