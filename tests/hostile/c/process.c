/* What a program can do to the process that it is in: sleep in it, talk without end, use it up, end it. */
#include <errno.h>
#include <time.h>
#include <unistd.h>
#include <wasi/libc-environ.h>

#include "answer.h"

/* Volatile, so that no compiler may conclude that a recursion has no effect. */
static volatile uint32_t steps;

void exports_hostile_sleep_a_minute(hostile_string_t *result) {
    const struct timespec minute = {.tv_sec = 60};
    struct componium_text answer = {0};
    answer_add(&answer, nanosleep(&minute, NULL) == 0 ? "slept" : strerror(errno));
    answer_give(&answer, result);
}

static void flood(int descriptor, hostile_string_t *result) {
    static char page[4096];
    memset(page, 'x', sizeof page);
    while (write(descriptor, page, sizeof page) > 0) steps++;
    struct componium_text answer = {0};
    answer_add(&answer, strerror(errno));
    answer_give(&answer, result);
}

void exports_hostile_flood_stdout(hostile_string_t *result) { flood(STDOUT_FILENO, result); }

void exports_hostile_flood_stderr(hostile_string_t *result) { flood(STDERR_FILENO, result); }

void exports_hostile_exhaust_heap(hostile_string_t *result) {
    static const size_t BLOCK = 1 << 20;
    volatile uint8_t *block;
    while ((block = malloc(BLOCK)) != NULL) {
        for (size_t i = 0; i < BLOCK; i += 4096) block[i] = 1;
    }
    (void)result;
    __builtin_trap();
}

/* Does something after the call, which therefore needs a frame of its own. */
__attribute__((noinline)) static uint32_t recurse(uint32_t depth) {
    steps = depth;
    if (depth == UINT32_MAX) return 0; /* out of any stack's reach */
    uint32_t reached = recurse(depth + 1);
    return reached ^ steps;
}

void exports_hostile_exhaust_stack(hostile_string_t *result) {
    struct componium_text answer = {0};
    componium_text_print(&answer, "%u", (unsigned)recurse(0));
    answer_give(&answer, result);
}

void exports_hostile_exit_process(hostile_string_t *result) {
    (void)result;
    exit(7);
}

void exports_hostile_abort_process(hostile_string_t *result) {
    (void)result;
    abort();
}

void exports_hostile_read_environment(hostile_string_t *result) {
    struct componium_text answer = {0};
    for (char **variable = __wasilibc_get_environ(); *variable != NULL; variable++) answer_add(&answer, *variable);
    answer_give(&answer, result);
}
